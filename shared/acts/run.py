"""Carrying out acts on people: in turns between which others can write, or for a few at once."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Select
from sqlalchemy.orm import Session

from shared.acts import Act, ConcludedAct, PreparedAct, Tally, Turn, begin_turn
from shared.certificates.issuing.pipeline import basis_of
from shared.events import alive, event_for_change
from shared.log import audit
from shared.log.actor import Actor
from shared.storage.database import Database
from shared.storage.models import Event, Volunteer
from shared.storage.turns import Progress, in_turns, unseen


def run(
    database: Database,
    act: Act,
    event_id: int,
    *,
    by: Actor | None = None,
    progress: Progress = unseen,
) -> Tally:
    """Do it to all whom it concerns, in turns, each of which is committed as a whole.

    After an interruption, the same act again does the rest and nothing twice. What a turn prepared
    is thrown away if the event's design, groups or names have changed by then: the same act again
    makes it anew. Raises EventUnknown, and what the act raises.
    """
    with database.reading() as session:
        event = alive(session.get(Event, event_id))
        ids = _whom(session, act, event)
    if act.action is not None:
        audit.begin(database, by, act.action, event_id, len(ids), fields=act.fields)
    tally = Tally(looked_at=len(ids))

    def one_turn(part: Sequence[Any]) -> None:
        nonlocal tally
        made = basis = None
        if isinstance(act, PreparedAct):
            with database.reading() as session:
                event = session.get_one(Event, event_id)
                made, basis = act.prepare(session, event, part), basis_of(event)
        with database.writing() as session:
            turn = begin_turn(session, act, event_id)
            if basis is None or basis == basis_of(turn.event):
                tally += _stored(replace(turn, made=made), part)

    in_turns(database, ids, one_turn, progress)
    if isinstance(act, ConcludedAct):
        with database.writing() as session:
            act.conclude(session, event_for_change(session, event_id))
    return tally


def apply(session: Session, act: Act, event_id: int, ids: Sequence[Any] | None = None) -> Tally:
    """One turn within a caller's transaction, for these or for all. Raises what `run` raises."""
    turn = begin_turn(session, act, event_id)
    if ids is None:
        ids = _whom(session, act, turn.event)
    if isinstance(act, PreparedAct):
        turn = replace(turn, made=act.prepare(session, turn.event, ids))
    return Tally(looked_at=len(ids)) + _stored(turn, ids)


def apply_to(session: Session, act: Act, person: Volunteer) -> Tally:
    """One turn for one person, noted in the log with who it was. Raises what `run` raises."""
    event_id, volunteer_id = person.event_id, person.id
    tally = apply(session, act, event_id, [volunteer_id])
    if act.action is not None:
        audit.record(session, act.action, event_id, volunteer_id=volunteer_id)
    return tally


def _whom(session: Session, act: Act, event: Event) -> Sequence[Any]:
    found = act.whom(session, event)
    return session.scalars(found).all() if isinstance(found, Select) else found


def _stored(turn: Turn, ids: Sequence[Any]) -> Tally:
    stored = turn.act.store(turn, ids)
    return stored if isinstance(stored, Tally) else Tally(done=stored)
