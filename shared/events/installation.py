"""The installation, which every process opens (see `opening`), and the event that its programs use
when they name none."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from shared.events import alive
from shared.log import audit
from shared.settings import Settings
from shared.storage.database import Database
from shared.storage.models import Action, Event, Owner
from shared.storage.sealing.tokens import Seal

# The name of the event that is there at the first start. Programs may refer to it by that.
FIRST_NAME = "Volunteers"


@dataclass(frozen=True)
class Installation:
    settings: Settings
    database: Database
    seal: Seal


def chosen_event(session: Session, event_id: int | None) -> Event:
    """Return the event with this id, or the default one. Raises EventUnknown."""
    return alive(session.get(Event, event_id or session.get_one(Owner, 1).default_event_id))


def choose_default(session: Session, event: Event) -> None:
    """Make this event, which is locked, the one for programs that name none."""
    session.get_one(Owner, 1, with_for_update=True).default_event_id = event.id
    audit.record(session, Action.DEFAULT_EVENT_CHOSEN, event.id)


def first_event_id(session: Session) -> int:
    """Return the id of the default event, used by programs that name none."""
    return session.get_one(Owner, 1).default_event_id
