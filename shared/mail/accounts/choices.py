"""The accounts that somebody may let an event send from: those of the events that they manage."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, load_only

from shared.storage.models import Event


@dataclass(frozen=True)
class Choice:
    """An account and the events that send from it; `event_id` is one of them, `events` are their
    names."""

    event_id: int
    sender: str
    server: str
    events: tuple[str, ...]


def other_accounts(session: Session, managed: Sequence[int], event_id: int) -> list[Choice]:
    """The other accounts that the event may use; `managed` are the ids of all events that the
    reader may manage."""
    using = select(Event).where(Event.id.in_(managed), Event.account_id.is_not(None))
    needed = (
        load_only(Event.name, Event.account_id, Event.from_address),
        joinedload(Event.account),
    )
    events = session.scalars(using.order_by(Event.id).options(*needed)).all()
    own = {_way_of_sending(event) for event in events if event.id == event_id}
    ways: dict[tuple[object, ...], list[Event]] = {}
    for event in events:
        ways.setdefault(_way_of_sending(event), []).append(event)
    return [_choice(users) for way, users in ways.items() if way not in own]


def _way_of_sending(event: Event) -> tuple[object, ...]:
    return event.account_id, event.from_address


def _choice(users: Sequence[Event]) -> Choice:
    first = users[0]
    assert first.account is not None
    sender = first.from_address or first.account.username
    return Choice(first.id, sender, first.account.host, tuple(event.name for event in users))
