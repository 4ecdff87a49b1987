"""An installation that serves what volunteers and their friends see, to be looked at and judged."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select

from api.app import new_server
from api.calls.volunteer import store_name
from shared import features
from shared.certificates.designs.gallery import sample_change
from shared.certificates.issuing import wall
from shared.certificates.issuing.drawing import read_rehearsed
from shared.events.event_page import publish
from shared.events.installation import Installation
from shared.events.opening import open_installation
from shared.events.settings import create_event, update_organization
from shared.language import Language
from shared.settings import Settings
from shared.storage.models import ColumnKind, RehearsalMail
from tests.support import factories
from tests.support.designing import change
from tests.support.list_columns import say
from tests.support.mailing import wait_until, working
from tests.support.serving import running

EVENTS = {"en": "Harbour Clean-up 2026", "zh": "2026 滨江净滩"}
ORGANIZATIONS = {"en": "Harbour Friends", "zh": "滨江志愿者协会"}
THANKS = {
    "en": "You were there at six in the morning, in the rain, with coffee for all. Thank you.",
    "zh": "清晨六点，下着雨，您带着咖啡来到海边。谢谢您！",
}
NAMES = {
    "en": ("Alexandra O’Brien", "Jun Satō", "Olga Petrova"),
    "zh": ("欧阳娜娜", "王小明", "محمد عبد الرحمن"),
}
_PEOPLE = "email,Hours\nana@example.org,12\nbo@example.org,8\ncy@example.org,6.5"


@dataclass(frozen=True)
class Shown:
    """Addresses of pages, and the certificate's mail as HTML."""

    certificate: str
    personal: str
    event: str
    verify: str
    mail: str


@contextmanager
def shown(language: Language = "en") -> Iterator[Shown]:
    """All of it served on loopback, for as long as the block lasts."""
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(_env_file=None, data_dir=Path(folder), database_url="")
        features.load()
        installation = open_installation(settings)
        with running(new_server(installation, 0)) as port:
            yield _furnished(installation, f"http://127.0.0.1:{port}", language)


def _furnished(installation: Installation, url: str, language: Language) -> Shown:
    with installation.database.writing() as session:
        event, _ = create_event(session, name=EVENTS[language], language=language)
        update_organization(event, name=ORGANIZATIONS[language])
        change(session, event, sample_change(installation.settings, language, event.name))
        publish(session, event, thanks=THANKS[language], is_listed=False)
        event_id, page_id = event.id, event.page_id
    factories.add(installation.database, event_id, _PEOPLE)
    unit = {"en": "hours", "zh": "小时"}[language]
    say(installation, event_id, "Hours", kind=ColumnKind.NUMBER, unit=unit, is_public=True)
    tokens = factories.invite(installation, event_id)
    issued = [
        store_name(installation, token, name)
        for token, name in zip(tokens.values(), NAMES[language], strict=True)
    ]
    with working(installation):
        wait_until(lambda: len(_mails(installation, event_id)) == 3, 120)
    with installation.database.writing() as session:
        for token in tokens.values():
            wall.agree(session, installation.seal, token, is_shown=True)
    with installation.database.reading() as session:
        mail = session.scalars(
            select(RehearsalMail).where(RehearsalMail.recipient == "ana@example.org")
        ).all()[-1]
        seen = read_rehearsed(session, installation.settings, installation.seal, mail)
    token = tokens["ana@example.org"]
    asked = f"lang={language}"
    return Shown(
        f"{url}/verify/{issued[0].public_id}?{asked}",
        f"{url}/certificate?token={token}&{asked}",
        f"{url}/event/{page_id}?{asked}",
        f"{url}/verify?{asked}",
        seen.html,
    )


def _mails(installation: Installation, event_id: int) -> list[int]:
    with installation.database.reading() as session:
        kept = select(RehearsalMail.id).where(RehearsalMail.event_id == event_id)
        return list(session.scalars(kept))
