"""The tightest names of a list as they stand on the certificate, before anything is sent.

The list is looked through in turns, from where it was left, and the most crowded names are kept for
each design: a short list at once, the rest of a long one by the worker. Only these few are fitted.
"""

import heapq
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from weakref import WeakKeyDictionary

from sqlalchemy import Select, delete, func, insert, select
from sqlalchemy.orm import Session

from shared.certificates import designs
from shared.errors import NameProblem, NoGlyph
from shared.language import N_
from shared.rendering.crowding import Crowding
from shared.rendering.design import CompiledDesign, check
from shared.rendering.facts import Facts
from shared.rendering.placed import PARTED as parted
from shared.storage.database import Database
from shared.storage.models import CrowdedName, Design, Event, FitProgress, Status, Volunteer
from shared.storage.partial_indexes import HELD_FOR_NAME, TO_ISSUE, asked

SHOWN = 12
# A list of so long is looked through while somebody waits; the worker goes on with a longer one.
LOOK_SECONDS = 0.5
# So many are fitted: among them are the tightest, however the fit parts and shrinks them.
_KEPT = 150
_ROWS_OF_A_TURN = 2_000
# A letter that no face has; and a name that was entered since, of which nothing is known yet.
_WITHOUT_GLYPH, _UNKNOWN = 1e9, 1e8
# Letters below this share of their largest size are worth a look.
_SMALL = 0.75

NO_GLYPH = N_("A letter is missing in the typefaces")
TOO_LONG = N_("Does not fit, even in the smallest size")
PARTED = N_("A word is parted")
TWO_LINES = N_("On two lines")
SMALL = N_("Small: {share} % of the size")


@dataclass(frozen=True)
class Fit:
    """How a name stands: the share of its largest size (0: not at all), and what to say of it."""

    share: float
    reasons: tuple[str, ...]
    # What is wrong with a name that cannot be drawn.
    problem: NameProblem | None = None


@dataclass(frozen=True)
class TightName:
    name: str
    fit: Fit
    # How many without a certificate have this name, and one of them.
    people: int
    volunteer_id: int


@dataclass(frozen=True)
class FitSheet:
    """The tightest names, worst first; `is_whole`: all of the list was looked at."""

    names: list[TightName]
    is_whole: bool
    # How many of its people cannot get a certificate with their name, as far as is known.
    undrawable: int


def look_through(database: Database, event_id: int, seconds: float) -> bool:
    """Go on looking through the list for about so long; whether all of it was looked at."""
    until = time.monotonic() + seconds
    crowding: dict[int, Crowding] = {}
    while not (is_whole := _one_turn(database, event_id, crowding)):
        if time.monotonic() > until:
            break
    return is_whole


def unfinished(session: Session) -> Sequence[int]:
    """The events whose list somebody wants to be looked through further."""
    return session.scalars(select(FitProgress.event_id).where(~FitProgress.is_whole)).all()


def fit_sheet(session: Session, event: Event) -> FitSheet:
    """Of what was looked at until now; nothing before there is a design."""
    progress = session.get(FitProgress, event.id)
    if event.design is None or progress is None or progress.design_id != event.design_id:
        return FitSheet([], False, 0)
    design = designs.compiled(session, event.design)
    crowded: dict[str, int] = {}
    for name, id in session.execute(_most_crowded(event.id)):
        crowded.setdefault(name, id)
    fits = {name: _fit(design, name) for name in crowded}
    worst = sorted((name for name in crowded if fits[name].reasons), key=lambda n: fits[n].share)
    people = _count_people(session, event, worst)
    names = [TightName(one, fits[one], people[one], crowded[one]) for one in worst if people[one]]
    undrawable = sum(one.people for one in names if one.fit.problem)
    return FitSheet(names[:SHOWN], progress.is_whole, undrawable)


def look_again(session: Session, volunteer: Volunteer) -> None:
    """Somebody has another name on the list: it is fitted with the most crowded ones."""
    session.execute(delete(CrowdedName).where(CrowdedName.volunteer_id == volunteer.id))
    session.add(
        CrowdedName(volunteer_id=volunteer.id, event_id=volunteer.event_id, crowding=_UNKNOWN)
    )


def _one_turn(database: Database, event_id: int, crowding: dict[int, Crowding]) -> bool:
    """Look at the next rows, and store what came of it in a transaction of its own."""
    with database.reading() as session:
        its_own = select(Design).join(Event, Event.design_id == Design.id)
        design = session.scalar(its_own.where(Event.id == event_id))
        progress = session.get(FitProgress, event_id)
        if design is None:
            return True
        is_begun = progress is not None and progress.design_id == design.id
        last = progress.volunteer_id if progress and is_begun else 0
        rows = [(id, name) for id, name in session.execute(_next_rows(event_id, last))]
        if not rows and progress and is_begun and progress.is_whole:
            return True
        known = session.scalars(_most_crowded(event_id)).all() if is_begun else []
        measured = _measured(session, design, _each_name_once(rows, known), crowding)
    turn = _Turn(event_id, design.id, last, rows[-1][0] if rows else last)
    is_whole = len(rows) < _ROWS_OF_A_TURN
    with database.writing() as session:
        _store(session, turn, measured, is_whole)
    return is_whole


@dataclass(frozen=True)
class _Turn:
    """What one turn has looked at: the rows behind `after` up to `last`."""

    event_id: int
    design_id: int
    after: int
    last: int


Rows = Sequence[tuple[int, str]]


def _next_rows(event_id: int, last: int) -> Select[int, str]:
    of_event = [Volunteer.event_id == event_id, Volunteer.id > last]
    rows = select(Volunteer.id, Volunteer.listed_name).where(*of_event)
    return rows.order_by(Volunteer.id).limit(_ROWS_OF_A_TURN)


def _each_name_once(rows: Rows, known: Sequence[str]) -> dict[str, int]:
    """The first who has each name that is not known yet."""
    first = {name: id for id, name in reversed(rows) if name}
    for name in known:
        first.pop(name, None)
    return first


def _measured(
    session: Session, design: Design, ids: dict[str, int], crowding: dict[int, Crowding]
) -> dict[int, float]:
    """The most crowded of these, by their ids."""
    if design.id not in crowding:
        crowding[design.id] = Crowding(designs.compiled(session, design))
    of = crowding[design.id].of
    shares = ((min(of(name), _WITHOUT_GLYPH), id) for name, id in ids.items())
    return {id: share for share, id in heapq.nlargest(_KEPT, shares)}


def _store(session: Session, turn: _Turn, measured: dict[int, float], is_whole: bool) -> None:
    """Nothing, if somebody else has looked at the same rows, or the design is another one."""
    # Not against foreign keys: nobody who submits has to wait.
    locked = select(Event.design_id).where(Event.id == turn.event_id)
    if session.scalar(locked.with_for_update(key_share=True)) != turn.design_id:
        return
    progress = session.get(FitProgress, turn.event_id)
    if progress is None or progress.design_id != turn.design_id:
        session.execute(delete(CrowdedName).where(CrowdedName.event_id == turn.event_id))
        progress = session.merge(
            FitProgress(event_id=turn.event_id, design_id=turn.design_id, volunteer_id=0)
        )
    if progress.volunteer_id == turn.after:
        progress.volunteer_id, progress.is_whole = turn.last, is_whole
        _keep(session, turn.event_id, measured)


def _keep(session: Session, event_id: int, measured: dict[int, float]) -> None:
    rows = [
        {"volunteer_id": id, "event_id": event_id, "crowding": share}
        for id, share in measured.items()
    ]
    session.execute(delete(CrowdedName).where(CrowdedName.volunteer_id.in_(measured)))
    if rows:
        session.execute(insert(CrowdedName), rows)
    of_event = CrowdedName.event_id == event_id
    most = select(CrowdedName.volunteer_id).where(of_event)
    most = most.order_by(CrowdedName.crowding.desc(), CrowdedName.volunteer_id).limit(_KEPT)
    session.execute(delete(CrowdedName).where(of_event, CrowdedName.volunteer_id.not_in(most)))


def _most_crowded(event_id: int) -> Select[str, int]:
    of_event = [CrowdedName.event_id == event_id, Volunteer.status < Status.SUBMITTED]
    rows = select(Volunteer.listed_name, Volunteer.id).join(
        CrowdedName, CrowdedName.volunteer_id == Volunteer.id
    )
    rows = rows.where(*of_event, Volunteer.listed_name != "")
    return rows.order_by(CrowdedName.crowding.desc(), CrowdedName.volunteer_id)


# Of designs that are ready to draw, and as long as they are.
_fits: WeakKeyDictionary[CompiledDesign, dict[str, Fit]] = WeakKeyDictionary()


def _fit(design: CompiledDesign, name: str) -> Fit:
    known = _fits.setdefault(design, {})
    if name not in known:
        known[name] = _fitted(design, name)
    return known[name]


def _fitted(design: CompiledDesign, name: str) -> Fit:
    try:
        placed = check(design, Facts(name))
    except NameProblem as problem:
        return Fit(0.0, (NO_GLYPH if isinstance(problem, NoGlyph) else TOO_LONG,), problem)
    named = [one for one in placed if design.layout.field(one.id).kind == "name"]
    share = min((one.size / one.largest for one in named), default=1.0)
    found = {
        PARTED: any(one.warning == parted for one in named),
        TWO_LINES: any(len(one.lines) > 1 for one in named),
        SMALL: share < _SMALL,
    }
    return Fit(share, tuple(reason for reason, is_so in found.items() if is_so))


def _count_people(session: Session, event: Event, names: Sequence[str]) -> Counter[str]:
    """How many have each of these names and no certificate, from indexes alone."""
    people: Counter[str] = Counter()
    for which in (TO_ISSUE, HELD_FOR_NAME):
        found = select(Volunteer.listed_name, func.count()).where(
            Volunteer.event_id == event.id, asked(which), Volunteer.listed_name.in_(names)
        )
        for name, count in session.execute(found.group_by(Volunteer.listed_name)):
            people[name] += count
    return people
