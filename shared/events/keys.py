"""Who may open what: the owner's token opens every event, an organizer's the one that it is for."""

import secrets
from collections.abc import Iterable
from dataclasses import replace
from typing import NamedTuple, TypeVar

from sqlalchemy import ColumnElement, select, true
from sqlalchemy.orm import Session, joinedload

from shared.destinations import Reach
from shared.errors import EventUnknown, NotAllowed
from shared.settings import Settings
from shared.storage.models import Event, Owner
from shared.storage.sealing.tokens import LONGEST_TOKEN, token_hash

Opened = TypeVar("Opened")


class EventName(NamedTuple):
    """An event, to be chosen from a list."""

    id: int
    name: str


def events_open_to(session: Session, token: str) -> list[Event]:
    """The events that an organizer's token (one) or the owner's (all, default first) opens.

    Raises NotAllowed for any other token.
    """
    opened = select(Event).where(_opened_by(session, token)).order_by(*_DEFAULT_FIRST)
    return _at_least_one(session.scalars(opened))


def names_open_to(session: Session, token: str) -> list[EventName]:
    """What the events of `events_open_to` are called, in the same order. Raises NotAllowed."""
    opened = select(Event.id, Event.name).where(_opened_by(session, token))
    found = session.execute(opened.order_by(*_DEFAULT_FIRST))
    return _at_least_one(EventName(*name) for name in found)


def event_open_to(session: Session, token: str, event_id: int | None) -> Event:
    """The event with this id, with its account and design, if the token opens it.

    Raises NotAllowed for a token that opens nothing, EventUnknown for any other event.
    """
    opened = select(Event).where(_opened_by(session, token), Event.id == event_id)
    event = session.scalar(opened.options(joinedload(Event.account), joinedload(Event.design)))
    if event is None:
        # Who holds no key at all is not told that it is the wrong one.
        names_open_to(session, token)
        raise EventUnknown()
    return event


def is_owner(session: Session, token: str) -> bool:
    owner = session.get_one(Owner, 1)
    return secrets.compare_digest(owner.admin_token_hash, token_hash(token))


def reach_of(session: Session, settings: Settings, token: str) -> Reach:
    """How far the word of who holds `token` reaches in networks."""
    return replace(settings.organizers_reach, is_unlimited=is_owner(session, token))


def _opened_by(session: Session, token: str) -> ColumnElement[bool]:
    """Which events the token opens, none perhaps. Raises NotAllowed for what cannot be one."""
    if not isinstance(token, str) or not 0 < len(token) <= LONGEST_TOKEN:
        raise NotAllowed()
    if is_owner(session, token):
        return true()
    return Event.organizer_token_hash == token_hash(token)


def _at_least_one(opened: Iterable[Opened]) -> list[Opened]:
    found = list(opened)
    if not found:
        raise NotAllowed()
    return found


_DEFAULT_FIRST = (Event.id != select(Owner.default_event_id).scalar_subquery(), Event.id)
