"""Events with something in every table that knows events, and all rows of a database."""

from typing import Any

from sqlalchemy import select

from shared import events
from shared.access.roles import Role
from shared.certificates.designs import designs
from shared.certificates.designs.designs import store_picture
from shared.events.installation import Installation
from shared.rendering.layout import Box, Field, Layout
from shared.rendering.uploads.accepted import accept_inset
from shared.storage.database import Database
from shared.storage.models import Base, Event, EventFont, FontFile, Mail, MailState
from tests.support import designing, factories
from tests.support.colleagues import invite_colleague, join
from tests.support.mailing import wait_until, working
from tests.support.submitting import submit_name

Rows = dict[str, set[Any]]
# What many have part in, or what outlives events.
_COMMON = {"audit_entry", "owner", "worker"}


def furnish(installation: Installation, event_id: int, picture: bytes, font: str) -> dict[str, str]:
    """A certificate, an own font, people with keys and links, two volunteers of whom one has
    theirs; all mails kept in the rehearsal mailbox. Returns the token of each address."""
    database = installation.database
    factories.design(database, event_id, picture)
    _bring_font(database, event_id, font)
    mei = join(database, event_id, "Mei", Role.ORGANIZER)
    assert mei
    invite_colleague(installation, event_id, "Bo", Role.HELPER)
    factories.add(database, event_id, "ana@example.org\nbo@example.org")
    tokens = factories.invite(installation, event_id)
    with database.writing() as session:
        token = tokens["ana@example.org"]
        submit_name(session, installation.settings, installation.seal, token, "Ana Lund")
    with working(installation):
        wait_until(lambda: _has_sent(database, event_id, 2))
    return tokens


def _bring_font(database: Database, event_id: int, font: str) -> None:
    with database.writing() as session:
        if session.get(FontFile, font) is None:
            session.add(FontFile(sha256=font, content=b"a font", family="Own"))
            session.flush()
        session.add(EventFont(event_id=event_id, sha256=font))


def _has_sent(database: Database, event_id: int, count: int) -> bool:
    with database.reading() as session:
        sent = select(Mail.id).where(Mail.event_id == event_id, Mail.state == MailState.SENT)
        return len(session.scalars(sent).all()) == count


def add_inset(installation: Installation, event_id: int, picture: bytes) -> str:
    """Place a seal on the event's certificate; its SHA-256."""
    inset = accept_inset(picture)
    with installation.database.writing() as session:
        event = events.event_for_change(session, event_id)
        store_picture(session, event, inset)
        assert event.design is not None
        layout = designs.layout_of(event.design)
        box = Box(left=0.1, top=0.6, width=0.2, height=0.2)
        field = Field(id="seal", kind="picture", content=inset.sha256, box=box)
        designing.set_layout(session, event, Layout(fields=(*layout.fields, field)))
    return inset.sha256


def rows_of(database: Database) -> Rows:
    """Every row of every table, apart from what is common to all events."""
    with database.reading() as session:
        return {
            table.name: {repr(row) for row in session.execute(select(table))}
            for table in Base.metadata.sorted_tables
            if table.name not in _COMMON
        }


def name_of(database: Database, event_id: int) -> str:
    with database.reading() as session:
        return session.get_one(Event, event_id).name
