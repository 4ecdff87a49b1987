"""Carrying out acts on people: in turns between which others can write, or for a few at once."""

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy.orm import Session

from shared.acts import Act, ConcludedAct, Context, PreparedAct, Tally, Turn, begin_turn
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
    context: Context = Context(),
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
        ids = act.ids(Turn(session, event, act, context))
    if act.action is not None:
        audit.begin(database, by, act.action, event_id, len(ids), fields=said_of(act))
    collected = act.tally(looked_at=len(ids))

    def one_turn(part: Sequence[int]) -> None:
        nonlocal collected
        made = basis = None
        if isinstance(act, PreparedAct):
            with database.reading() as session:
                event = session.get_one(Event, event_id)
                made = act.prepare(Turn(session, event, act, context), part)
                basis = basis_of(event)
        with database.writing() as session:
            turn = begin_turn(session, act, event_id, context)
            if basis is None or basis == basis_of(turn.event):
                collected += _stored(replace(turn, made=made), part)

    in_turns(database, ids, one_turn, progress)
    if isinstance(act, ConcludedAct):
        with database.writing() as session:
            act.conclude(session, event_for_change(session, event_id), collected)
    return collected


def apply(
    session: Session,
    act: Act,
    event_id: int,
    ids: Sequence[int] | None = None,
    context: Context = Context(),
) -> Tally:
    """One turn within a caller's transaction, for these or for all. Raises what `run` raises."""
    turn = begin_turn(session, act, event_id, context)
    if ids is None:
        ids = act.ids(turn)
    if isinstance(act, PreparedAct):
        turn = replace(turn, made=act.prepare(turn, ids))
    collected = act.tally(looked_at=len(ids))
    collected += _stored(turn, ids)
    return collected


def apply_to(session: Session, act: Act, person: Volunteer) -> Tally:
    """One turn for one person, noted in the log with who it was. Raises what `run` raises."""
    event_id, volunteer_id = person.event_id, person.id
    tally = apply(session, act, event_id, [volunteer_id])
    if act.action is not None:
        audit.record(session, act.action, event_id, volunteer_id=volunteer_id)
    return tally


def said_of(act: Act) -> Sequence[str]:
    """What the log keeps of its wishes."""
    return [*act.fields, *(str(getattr(act, wish)) for wish in act.logged_wishes)]


def _stored(turn: Turn, ids: Sequence[int]) -> Tally:
    stored = turn.act.store(turn, ids)
    return stored if isinstance(stored, Tally) else Tally(done=stored)
