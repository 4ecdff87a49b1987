"""Carrying out acts on people: in turns between which others can write, or for a few at once."""

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy.orm import Session

from shared.acts import Act, ConcludedAct, Context, PreparedAct, Tally, Turn, begin_turn
from shared.certificates.issuing.making import basis_of
from shared.events import alive, event_for_change
from shared.log import audit
from shared.log.actor import Actor
from shared.storage import hooks
from shared.storage.database import Database
from shared.storage.models import Event, Volunteer
from shared.storage.turns import Progress, in_turns, unseen

# A turn is prepared at most so often if the event's design, groups or names change meanwhile.
_MOST_PREPARED = 5


class Keeper:
    """The storing that goes with each turn of an act, in its transaction: none, if somebody waits
    for the run itself. An error that it raises undoes the turn."""

    def turn(self, session: Session, ids: Sequence[int], collected: Tally) -> None:
        """Store that these ids are done; `collected` includes them."""

    def end(self, session: Session, collected: Tally) -> None:
        """Store that all ids are done."""


_NOTHING = Keeper()


def run(
    database: Database,
    act: Act,
    event_id: int,
    context: Context = Context(),
    *,
    by: Actor | None = None,
    is_logged: bool = False,
    progress: Progress = unseen,
) -> Tally:
    """Carry the act out on all rows that it concerns, in turns, each of which is committed; return
    its tally.

    After an interruption, the same act again does the rest and nothing twice. `is_logged` says that
    the log has an entry already. Raises EventUnknown, and what the act raises.
    """
    with database.reading() as session:
        event = alive(session.get(Event, event_id))
        ids = act.ids(Turn(session, event, act, context))
    if ids and act.action is not None and not is_logged:
        # Before the first turn, so that an interruption leaves nothing unlogged.
        with database.writing(by=by) as session:
            audit.record(session, act.action, event_id, count=len(ids), fields=said_of(act))
    collected = act.tally(looked_at=len(ids))
    carry_out(database, act, event_id, context, ids, collected, progress=progress)
    return collected


def carry_out(
    database: Database,
    act: Act,
    event_id: int,
    context: Context,
    ids: Sequence[int],
    collected: Tally,
    *,
    keeper: Keeper = _NOTHING,
    progress: Progress = unseen,
) -> None:
    """Carry the act out on these ids in turns, and add to `collected`. A turn is prepared again if
    the event's design, groups or names have changed by then. Raises what `run` raises."""

    def stored(part: Sequence[int]) -> bool:
        made = basis = None
        if isinstance(act, PreparedAct):
            with database.reading() as session:
                event = session.get_one(Event, event_id)
                made = act.prepare(Turn(session, event, act, context), part)
                basis = basis_of(event)
        with database.writing() as session:
            turn = begin_turn(session, act, event_id, context)
            if basis not in (None, basis_of(turn.event)):
                return False
            # In place, since the caller has the same tally.
            collected.__iadd__(_stored(replace(turn, made=made), part))
            keeper.turn(session, part, collected)
        return True

    def one_turn(part: Sequence[int]) -> None:
        any(stored(part) for _ in range(_MOST_PREPARED))

    # Load the modules of features now, not while other writers wait for a turn.
    hooks.features()
    in_turns(database, ids, one_turn, progress)
    if isinstance(act, ConcludedAct):
        act.settle(database, event_id, collected)
    if isinstance(act, ConcludedAct) or keeper is not _NOTHING:
        with database.writing() as session:
            if isinstance(act, ConcludedAct):
                act.conclude(session, event_for_change(session, event_id), collected)
            keeper.end(session, collected)
    if act.leaves_no_trace and collected.done:
        database.empty_journal()


def apply(
    session: Session,
    act: Act,
    event_id: int,
    ids: Sequence[int] | None = None,
    context: Context = Context(),
) -> Tally:
    """Do one turn within a caller's transaction, for these ids or for all; return its tally. Raises
    what `run` raises."""
    turn = begin_turn(session, act, event_id, context)
    if ids is None:
        ids = act.ids(turn)
    if isinstance(act, PreparedAct):
        turn = replace(turn, made=act.prepare(turn, ids))
    collected = act.tally(looked_at=len(ids))
    collected += _stored(turn, ids)
    return collected


def apply_to(session: Session, act: Act, person: Volunteer) -> Tally:
    """Do one turn for one person, with an entry of the log about them; return its tally. Raises
    what `run` raises."""
    event_id, volunteer_id = person.event_id, person.id
    tally = apply(session, act, event_id, [volunteer_id])
    if act.action is not None:
        audit.record(session, act.action, event_id, volunteer_id=volunteer_id)
    return tally


def said_of(act: Act) -> Sequence[str]:
    """Return what the log keeps of an act."""
    return [*act.fields, *(str(getattr(act, wish)) for wish in act.logged_wishes)]


def _stored(turn: Turn, ids: Sequence[int]) -> Tally:
    stored = turn.act.store(turn, ids)
    return stored if isinstance(stored, Tally) else Tally(done=stored)
