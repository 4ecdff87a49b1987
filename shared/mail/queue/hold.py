"""Mails that wait since the database was restored or moved, until a person says what happened.

What left after the copy was made is not in it. For each event a person decides whether its waiting
mails left then, go out again, or are asked about one by one.
"""

from sqlalchemy import ColumnElement, func, select, update
from sqlalchemy.orm import Session

from shared.language import N_
from shared.log import audit
from shared.mail.queue.due import is_held
from shared.storage.database import Database, database_time
from shared.storage.models import NOT_SENT, Action, Event, Mail, Owner

HELD = N_(
    "This database is older than what was sent, or was moved. Mails wait until somebody has said, "
    "under “Send” of each event, what became of those that had not left when the copy was made."
)


def hold(session: Session) -> None:
    """From now on, no mail of the events that exist leaves until a person has decided."""
    owner = session.get_one(Owner, 1, with_for_update=True)
    owner.held_at = database_time(session)
    audit.record(session, Action.MAILS_HELD, None)


def end_where_nothing_waits(database: Database) -> None:
    """End the hold of events about which there is nothing to decide (any more)."""
    over = [is_held(), ~_has_waiting()]
    with database.reading() as session:
        if session.scalar(select(Owner.held_at)) is None:
            return
        events = session.scalars(select(Event.id).where(*over)).all()
    if events:
        with database.writing() as session:
            ended = update(Event).where(Event.id.in_(events), *over)
            session.execute(ended.values(hold_ended_at=database_time(session)))


def is_any_held(session: Session) -> bool:
    """Whether a person still has to decide about waiting mails of any event."""
    if session.scalar(select(Owner.held_at)) is None:
        return False
    held = select(Event.id).where(is_held(), Event.deleted_at.is_(None), _has_waiting())
    return session.scalar(held.limit(1)) is not None


def count_held(session: Session, event_id: int) -> int:
    """About how many waiting mails of the event a person still has to decide."""
    if session.scalar(select(Event.id).where(Event.id == event_id, is_held())) is None:
        return 0
    waiting = select(func.count()).select_from(Mail).where(*waits(), Mail.event_id == event_id)
    return session.scalars(waiting).one()


def _has_waiting() -> ColumnElement[bool]:
    one = select(Mail.id).where(*waits(), Mail.event_id == Event.id).limit(1)
    return one.correlate(Event).scalar_subquery().is_not(None)


def waits() -> list[ColumnElement[bool]]:
    """Mails to people, from before the restore, that had not left by then."""
    since = select(Owner.held_at).where(Owner.id == 1).scalar_subquery()
    return [Mail.state.in_(NOT_SENT), Mail.volunteer_id.is_not(None), Mail.created_at < since]
