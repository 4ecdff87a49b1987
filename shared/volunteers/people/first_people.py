"""The first person on a list whose name can be drawn, for samples."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import ScalarSelect, Select, SQLColumnExpression, select
from sqlalchemy.orm import Session

from shared.storage.models import Event, Volunteer

# People among whom a name for samples is looked for.
_MOST_ASKED = 20


def first_name(session: Session, event: Event) -> str:
    """Return the first name that can be drawn; empty if none is near the list's beginning."""
    return first_names(session, [event.id])[event.id]


def first_names(session: Session, event_ids: Collection[int]) -> dict[int, str]:
    """Return `first_name` of each of these events, by id, with one statement."""
    first = _of_first(Volunteer.name)
    found = session.execute(select(Event.id, first).where(Event.id.in_(event_ids)))
    return {event_id: name or "" for event_id, name in found}


def first_columns(session: Session, event: Event) -> dict[str, str]:
    """Return the columns of the first person whose name can be drawn."""
    first = select(_of_first(Volunteer.columns)).where(Event.id == event.id)
    return session.scalar(first) or {}


def _of_first(what: SQLColumnExpression[Any]) -> ScalarSelect[Any]:
    """Return the expression of `what` for the first person whose name can be drawn."""
    shown: Select[*tuple[Any, ...]] = select(
        Volunteer.id, Volunteer.name, Volunteer.problem, what.label("what")
    )
    beginning = shown.where(Volunteer.event_id == Event.id).correlate(Event)
    near = beginning.order_by(Volunteer.id).limit(_MOST_ASKED).subquery()
    drawable = select(near.c.what).where(near.c.name != "", near.c.problem.is_(None))
    return drawable.order_by(near.c.id).limit(1).scalar_subquery()
