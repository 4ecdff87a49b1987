"""A sample event in rehearsal, with a certificate of ours and people who do not exist."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from shared.certificates.designs.changes import prepare, store
from shared.certificates.designs.gallery import sample_change
from shared.events.installation import Installation
from shared.events.naming import set_naming
from shared.events.settings import create_event, update_organization
from shared.language import N_, translate
from shared.log.actor import Actor
from shared.rendering.placeholders import EVENT
from shared.settings import Settings
from shared.storage.models import Event, Naming
from shared.volunteers.lists import list_parser
from shared.volunteers.lists.column_mapping import EMAIL, NAME
from shared.volunteers.lists.list_line import Values
from shared.volunteers.people import roster

# Names by addresses at a domain that nobody can have (RFC 2606).
PEOPLE: Mapping[str, str] = {
    f"volunteer{number}@example.org": name
    for number, name in enumerate(
        (
            "Ana María Núñez", "王小明", "Zoë Brontë-O’Neill", "欧阳娜娜", "Łukasz Żółkiewski",
            "さくら 山本", "محمد عبد الله", "Nguyễn Thị Phượng", "Дмитрий Шостакович", "김민준",
        ),
        start=1,
    )
}  # fmt: skip
_NAME, _ON_SHEET, _ORGANIZATION = (
    N_("Harbour Run (sample)"),
    N_("Harbour Run"),
    N_("Harbour Friends"),
)


@dataclass(frozen=True)
class SampleEvent:
    """An event to make; `on_sheet` is its name on the certificate, `until` the last day to check
    names."""

    name: str
    organization: str
    entries: Sequence[str | Values]
    naming: Naming
    on_sheet: str = EVENT
    until: date | None = None


def sample(language: str) -> SampleEvent:
    """Return an event with ten people with names, who are thanked at once."""
    return SampleEvent(
        name=translate(_NAME, language),
        organization=translate(_ORGANIZATION, language),
        entries=[{EMAIL: address, NAME: name} for address, name in PEOPLE.items()],
        naming=Naming.ISSUE,
        on_sheet=translate(_ON_SHEET, language),
    )


def make(
    installation: Installation,
    wanted: SampleEvent,
    language: str,
    time_zone: str,
    by: Actor | None = None,
) -> int:
    """Store the event, ready to be sent, and return its id."""
    with installation.database.writing(by=by) as session:
        return store_sample(session, installation.settings, wanted, language, time_zone).id


def store_sample(
    session: Session, settings: Settings, wanted: SampleEvent, language: str, time_zone: str
) -> Event:
    """Return the event, which is ready to be sent once it is committed."""
    design = sample_change(settings, language, event=wanted.on_sheet)
    event, _ = create_event(session, name=wanted.name, language=language, time_zone=time_zone)
    update_organization(event, name=wanted.organization, website="https://example.org")
    store(session, event, prepare(session, event, design))
    roster.add_volunteers(session, event, list_parser.parse_entries(wanted.entries))
    set_naming(session, event, wanted.naming, wanted.until)
    return event
