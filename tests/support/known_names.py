"""An event whose list knows the names: who says them, what was issued."""

from datetime import date, timedelta

from sqlalchemy import select

from shared import events
from shared.events.naming import set_naming
from shared.storage.database import Database
from shared.storage.models import Event, Mail, Volunteer, now
from tests.support.factories import add, design

# "𒀀" is cuneiform, which no face of ours draws.
MIXED = "email,name\nana@example.org,Ana Silva\nbo@example.org,\ncy@example.org,𒀀𒀁\n"


def listed_event(database: Database, event_id: int, naming: str, pasted: str = MIXED) -> None:
    """A certificate and a list, and who says the names; "check" is until in a week."""
    design(database, event_id)
    add(database, event_id, pasted)
    until = date.today() + timedelta(days=7)
    with database.writing() as session:
        event = events.event_for_change(session, event_id)
        set_naming(session, event, naming, until)


def end_check(database: Database, event_id: int) -> None:
    """The last day to check names is over."""
    with database.writing() as session:
        event = session.get_one(Event, event_id)
        event.names_until = date.today() - timedelta(days=3)
        event.issue_at = event.issue_at and now() - timedelta(days=2)


def mails_of(database: Database, event_id: int) -> list[tuple[str, str, str]]:
    """Each mail's person, kind and state, in the order of the list."""
    rows = (
        select(Volunteer.email, Mail.kind, Mail.state)
        .join(Volunteer, Volunteer.id == Mail.volunteer_id)
        .where(Mail.event_id == event_id)
        .order_by(Volunteer.id, Mail.id)
    )
    with database.reading() as session:
        return [
            (email.partition("@")[0], kind, state.value)
            for email, kind, state in session.execute(rows)
        ]


def statuses_of(database: Database, event_id: int) -> list[int]:
    rows = select(Volunteer.status).where(Volunteer.event_id == event_id).order_by(Volunteer.id)
    with database.reading() as session:
        return [int(status) for status in session.scalars(rows)]
