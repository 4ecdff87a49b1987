"""Events: looking one up, and keeping it from changing for a while.

Their people belong to `volunteers`, their designs to `certificates`, access to them to `access`.
"""

from sqlalchemy import ColumnElement, ScalarSelect, select
from sqlalchemy.orm import Session

from shared.errors import EventUnknown
from shared.storage.models import ALIVE, Event
from shared.storage.traits import holds


def event_for_change(session: Session, event_id: int) -> Event:
    """Return the event, locked until the session ends, so that changes are made one by one.

    Raises EventUnknown.
    """
    # The previous holder of the lock may have changed what this session has already read.
    return alive(session.get(Event, event_id, with_for_update=True, populate_existing=True))


def alive(event: Event | None) -> Event:
    """Return the event that was looked up. Raises EventUnknown for None or a deleted event."""
    if event is None or not holds(ALIVE, event):
        raise EventUnknown()
    return event


def hold_event(session: Session, event_id: int | ScalarSelect[int]) -> None:
    """Keep others from locking the event for a change until the session ends; many may do so at
    once.

    Call it before locking the event's people and then adding rows: a holder of the event's lock
    that needs the same people would deadlock with that.
    """
    hold_events(session, Event.id == event_id)


def hold_events(session: Session, which: ColumnElement[bool]) -> None:
    """Do for these events what `hold_event` does for one."""
    held = select(Event.id).where(which).order_by(Event.id)
    session.execute(held.with_for_update(read=True, key_share=True))
