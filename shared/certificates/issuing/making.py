"""Making somebody's next certificate: what their event and its list say, with the texts set; and
what it would look like.

It takes long, so it is done before anything is locked where many are issued. What they were made
from (`basis_of` for their event, `NextCertificate.made_from` for each person) is compared once that
is locked, and those that are still right are stored (see `current`).
"""

import threading
from collections.abc import Hashable

from sqlalchemy.orm import Session

from shared.certificates.designs import designs
from shared.certificates.issuing.columns import written_columns
from shared.certificates.issuing.current import NextCertificate, day_at
from shared.errors import NoDesign
from shared.events import groups
from shared.events.links import PREVIEW_PUBLIC_ID, verification_link
from shared.rendering.design import CompiledDesign
from shared.rendering.facts import Facts
from shared.rendering.languages import language_spoken
from shared.rendering.names import new_name
from shared.settings import Settings
from shared.storage.models import Certificate, Design, Event, Volunteer, now
from shared.storage.sealing.tokens import new_public_id

# All who wait here need the image decoded only once.
_one_at_a_time = threading.Lock()


def basis_of(event: Event) -> Hashable:
    """Return what certificates are made from besides the people: if it has changed when they are
    stored, they have to be made again."""
    columns = [
        (column.title, column.kind, column.unit, column.is_public, column.is_in_full)
        for column in event.known_columns
    ]
    named = event.name, event.organization
    return event.design_id, event.groups_version, *named, tuple(columns)


def make(
    session: Session, settings: Settings, wanted: NextCertificate, *, by_organizer: bool = False
) -> Certificate:
    """Return the certificate with its texts set, not stored yet. Raises NameProblem and
    NoDesign."""
    certificate, design = _draft(wanted)
    certificate.by_organizer, certificate.name_from = by_organizer, wanted.name_from
    facts = facts_on(settings, certificate, wanted.person.event)
    compiled = designs.compiled(session, design, facts)
    certificate.typesetting = compiled.typesetting_of(facts).to_json()
    return certificate


def make_ready(session: Session, person: Volunteer) -> None:
    """Load the person's design before they are locked, so that `make` finds it in memory: decoding
    its image takes as long as many submits."""
    design = groups.design_of(person.event, groups.group_of(person))
    if design is not None:
        with _one_at_a_time:
            designs.compiled(session, design)


def look_of(
    session: Session, settings: Settings, volunteer: Volunteer, name: str
) -> tuple[CompiledDesign, Facts]:
    """Return a volunteer's certificate with `name` on it, to be drawn; nothing is stored.

    Raises NameProblem and NoDesign.
    """
    # By the program's clock: nothing is stored, and the database's takes a round trip.
    wanted = NextCertificate(volunteer, new_name(name), day_at(volunteer.event, now()))
    return preview(session, settings, wanted)


def preview(
    session: Session, settings: Settings, wanted: NextCertificate
) -> tuple[CompiledDesign, Facts]:
    """Return what to draw as a preview of the certificate; nothing is stored. Raises NoDesign."""
    shown, design = _draft(wanted)
    shown.public_id = PREVIEW_PUBLIC_ID
    facts = facts_on(settings, shown, wanted.person.event)
    return designs.compiled(session, design, facts), facts


def _draft(wanted: NextCertificate) -> tuple[Certificate, Design]:
    """Return the certificate without set texts, and its design, which is that of the person's group
    if it has one. Raises NoDesign."""
    volunteer = wanted.person
    event, group = volunteer.event, groups.group_of(volunteer)
    design = groups.design_of(event, group)
    if design is None:
        raise NoDesign()
    certificate = Certificate(
        public_id=new_public_id(),
        event_id=event.id,
        volunteer_id=volunteer.id,
        design_id=design.id,
        group_id=group.id if group else None,
        revision=1,
        name=wanted.name,
        number=volunteer.number,
        date=wanted.day,
        **written_columns(event, volunteer),
        event_name=event.name,
        organization=event.organization,
        language=language_spoken(volunteer.columns, event.language),
    )
    return certificate, design


def facts_on(settings: Settings, certificate: Certificate, event: Event) -> Facts:
    """Return the facts to write on a certificate of the event that is about to be issued."""
    return Facts(
        name=certificate.name,
        number=certificate.number,
        date=certificate.date,
        columns=certificate.columns,
        link=verification_link(settings, certificate.public_id),
        language=certificate.language,
        event=certificate.event_name,
        organization=certificate.organization,
        is_date_common=certificate.date == event.certificate_date,
    )
