"""The first person on a list whose name can be drawn: samples are made of them."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import ScalarSelect, Select, SQLColumnExpression, select
from sqlalchemy.orm import Session

from shared.storage.models import Event, Volunteer

# A sample needs a name, not everybody's.
_MOST_ASKED = 20


def first_name(session: Session, event: Event) -> str:
    """The first name on the list that can be drawn, for a sample; empty if none is near its
    beginning."""
    return first_names(session, [event.id])[event.id]


def first_names(session: Session, event_ids: Collection[int]) -> dict[int, str]:
    """By the ids of these events, the first name on the list of each that can be drawn, or empty;
    asked by one statement."""
    first = _of_first(Volunteer.name)
    found = session.execute(select(Event.id, first).where(Event.id.in_(event_ids)))
    return {event_id: name or "" for event_id, name in found}


def first_columns(session: Session, event: Event) -> dict[str, str]:
    """What the list says of the first person whose name can be drawn."""
    first = select(_of_first(Volunteer.columns)).where(Event.id == event.id)
    return session.scalar(first) or {}


def _of_first(what: SQLColumnExpression[Any]) -> ScalarSelect[Any]:
    """`what` of the first person on an event's list whose name can be drawn."""
    shown: Select[*tuple[Any, ...]] = select(
        Volunteer.id, Volunteer.name, Volunteer.problem, what.label("what")
    )
    beginning = shown.where(Volunteer.event_id == Event.id).correlate(Event)
    near = beginning.order_by(Volunteer.id).limit(_MOST_ASKED).subquery()
    drawable = select(near.c.what).where(near.c.name != "", near.c.problem.is_(None))
    return drawable.order_by(near.c.id).limit(1).scalar_subquery()
