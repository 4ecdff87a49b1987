"""The tightest names of a list as they look on the certificate, before anything is sent and after.

The list is searched in turns, continuing where it stopped, and the most crowded names are kept,
each on the certificate that its person has, or on the design of their group: a short list at once,
the rest of a long one by the worker. Only these few are fitted (`make bench`: tightest names).
Another design, or a change of groups, starts over.
"""

import heapq
import time
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import ColumnElement, Row, delete, func, insert, null, select
from sqlalchemy.orm import Session, load_only

from shared.certificates.designs import designs
from shared.errors import NameProblem, NoGlyph
from shared.language import N_
from shared.rendering.design import CompiledDesign
from shared.rendering.facts import Facts
from shared.rendering.languages import columns_about_language, language_said
from shared.rendering.placed import PARTED as parted
from shared.rendering.placed import Crowding, check
from shared.storage.database import Database
from shared.storage.models import (
    Certificate,
    CrowdedName,
    Design,
    Event,
    FitProgress,
    Status,
    Volunteer,
)
from shared.storage.models.certificate import STANDING
from shared.storage.models.volunteer import HELD_FOR_NAME, TO_ISSUE
from shared.volunteers.people import grouping

SHOWN = 12
# How long a list is searched while somebody waits: enough for 10 000 names, and with the drawing
# the screen is there within a second. The worker continues with longer ones.
LOOK_SECONDS = 0.3
# How many are fitted: enough to include the tightest, however fitting breaks and shrinks them.
_KEPT = 150
_ROWS_OF_A_TURN = 2_000
# More new names would push those that are known to be crowded out of what is kept.
_LOOKED_AT_SINGLY = 10
# All that a turn needs to know about an event; the screen has looked up the rest.
_LOOKED_AT = load_only(Event.design_id, Event.groups_version)
# For a letter that no face has; and for a name entered since, about which nothing is known yet.
_WITHOUT_GLYPH, _UNKNOWN = 1e9, 1e8
# Twice, as the index takes it and column by column, so that the database seeks the entries of a
# name in the index instead of reading all of them.
_TO_ISSUE_BY_NAME = (
    TO_ISSUE,
    Volunteer.status.in_([Status.NEW, Status.INVITED]),
    TO_ISSUE,
)
# Letters below this share of their largest size are worth a look.
_SMALL = 0.75

NO_GLYPH = N_("The typefaces lack a letter")
TOO_LONG = N_("Does not fit, even at the smallest size")
PARTED = N_("A word is split")
TWO_LINES = N_("On two lines")
THREE_LINES = N_("On three lines")
SMALL = N_("Small: {share} % of the size")


@dataclass(frozen=True)
class Fit:
    """How a name fits: the share of its largest size (0: not at all), and what to say about it."""

    share: float
    reasons: tuple[str, ...]
    # Why a name cannot be drawn.
    problem: NameProblem | None = None


@dataclass(frozen=True)
class TightName:
    name: str
    fit: Fit
    # How many have this name on this design, as far as they are known, and one of them.
    people: int
    volunteer_id: int
    design_id: int
    # The part of their row on the list that tells the name's language.
    columns: Mapping[str, str]
    # The group whose design it is; empty: everybody's.
    group: str = ""
    # How many of them have no certificate yet, so that the list can be corrected.
    to_correct: int = 0


@dataclass(frozen=True)
class FitSheet:
    """The tightest names, worst first; `is_whole`: the whole list was searched."""

    names: list[TightName]
    is_whole: bool
    # How many of its people are known to be unable to get a certificate with their name.
    undrawable: int
    # Those of them for whom that will be noted when certificates are issued.
    to_be_held: int = 0
    # How many people's names are known to be printed small.
    small: int = 0


def look_through(database: Database, event_id: int, seconds: float) -> bool:
    """Continue to search the list for roughly this long; whether it is finished."""
    until = time.monotonic() + seconds
    if not grouping.go_through(database, event_id, seconds):
        return False
    crowding: dict[int, Crowding] = {}
    while not (is_whole := _one_turn(database, event_id, crowding)):
        if time.monotonic() > until:
            break
    return is_whole


def unfinished(session: Session) -> Sequence[int]:
    """The events whose list is still to be searched."""
    return session.scalars(select(FitProgress.event_id).where(~FitProgress.is_whole)).all()


def fit_sheet(session: Session, event: Event) -> FitSheet:
    """The sheet of what was searched so far; empty before there is a design."""
    progress = session.get(FitProgress, event.id)
    if event.design is None or progress is None or not _is_of(progress, event):
        return FitSheet([], False, 0)
    rows_kept, has_certificate = _most_crowded(session, event)
    crowded = _each_once(rows_kept)
    # What their rows of the list say about the language of their names.
    rows = select(Volunteer.id, Volunteer.columns).where(Volunteer.id.in_(list(crowded.values())))
    said = {id: columns_about_language(columns) for id, columns in session.execute(rows)}
    # Once per design and not per name: each time is a query.
    ready = {
        id: designs.compiled(session, session.get_one(Design, id))
        for id in {id for _, id in crowded}
    }
    fits = {
        (name, design_id): _fit(ready[design_id], name, said[id])
        for (name, design_id), id in crowded.items()
    }
    worst = sorted((one for one in crowded if fits[one].reasons), key=lambda one: fits[one].share)
    to_issue = _count_people(session, event, worst, _TO_ISSUE_BY_NAME)
    people = to_issue + _count_people(session, event, worst, [HELD_FOR_NAME])
    have = Counter((name, on) for id, name, on in rows_kept if id in has_certificate)
    named = {group.design_id: group.name for group in event.groups}
    names = [
        TightName(
            name, fits[name, on], people[name, on] + have[name, on], id, on, said[id],
            named.get(on, ""), people[name, on],
        )
        for (name, on), id in ((one, crowded[one]) for one in worst)
        if people[name, on] + have[name, on]
    ]  # fmt: skip
    not_drawn = [one for one in names if one.fit.problem]
    return FitSheet(
        names[:SHOWN],
        progress.is_whole,
        sum(one.people for one in not_drawn),
        sum(to_issue[one.name, one.design_id] for one in not_drawn),
        sum(one.people for one in names if SMALL in one.fit.reasons),
    )


def _is_of(progress: FitProgress, event: Event) -> bool:
    """Whether it is about the current designs and groups."""
    looked_at = (progress.design_id, progress.groups_version)
    return looked_at == (event.design_id, event.groups_version)


def look_again(session: Session, volunteer: Volunteer) -> None:
    """Note that somebody has another name on the list, to be fitted with the most crowded ones."""
    session.execute(delete(CrowdedName).where(CrowdedName.volunteer_id == volunteer.id))
    session.add(
        CrowdedName(volunteer_id=volunteer.id, event_id=volunteer.event_id, crowding=_UNKNOWN)
    )


def look_again_at_all(session: Session, event: Event, people: Sequence[Volunteer]) -> None:
    """`look_again` for many: they are searched anew, as is who came after them on the list."""
    if len(people) <= _LOOKED_AT_SINGLY:
        for one in people:
            look_again(session, one)
        return
    ids = [one.id for one in people]
    session.execute(delete(CrowdedName).where(CrowdedName.volunteer_id.in_(ids)))
    progress = session.get(FitProgress, event.id, with_for_update=True)
    if progress is not None:
        progress.volunteer_id = min(progress.volunteer_id, min(ids) - 1)
        progress.is_whole = False


def _one_turn(database: Database, event_id: int, crowding: dict[int, Crowding]) -> bool:
    """Examine the next rows, and store the result in a transaction of its own."""
    with database.reading() as session:
        event = session.get_one(Event, event_id, options=[_LOOKED_AT])
        progress = session.get(FitProgress, event_id)
        if event.design_id is None:
            return True
        is_begun = progress is not None and _is_of(progress, event)
        last = progress.volunteer_id if progress and is_begun else 0
        next_rows = (
            select(Volunteer.id, Volunteer.name, Volunteer.group_id)
            .where(Volunteer.event_id == event_id, Volunteer.id > last)
            .order_by(Volunteer.id)
            .limit(_ROWS_OF_A_TURN)
        )
        rows = _on_designs(event, session.execute(next_rows))
        if not rows and progress and is_begun and progress.is_whole:
            return True
        known = _most_crowded(session, event)[0] if is_begun else []
        # The most crowded of these, by their ids.
        ids = _each_once(rows, known)
        for design_id in {design_id for _, design_id in ids} - crowding.keys():
            design = session.get_one(Design, design_id)
            crowding[design_id] = Crowding(designs.compiled(session, design))
        shares = (
            (min(crowding[design_id].of(name), _WITHOUT_GLYPH), id)
            for (name, design_id), id in ids.items()
        )
        measured = {id: share for share, id in heapq.nlargest(_KEPT, shares)}
    of = (event.design_id, event.groups_version)
    turn = _Turn(event_id, of, last, rows[-1][0] if rows else last)
    is_whole = len(rows) < _ROWS_OF_A_TURN
    with database.writing() as session:
        _store(session, turn, measured, is_whole)
    return is_whole


@dataclass(frozen=True)
class _Turn:
    """What one turn examined: the rows after `after` up to `last`."""

    event_id: int
    # The event's design and the version of its groups.
    of: tuple[int, int]
    after: int
    last: int


# Somebody's id and name, and the id of the design that they would get.
Rows = Sequence[tuple[int, str, int]]
# A name, and the id of its design.
Placed = tuple[str, int]


def _on_designs(event: Event, rows: Iterable[Row[int, str, int | None]]) -> Rows:
    assert event.design_id is not None
    own = {group.id: group.design_id for group in event.groups if group.design_id}
    return [(id, name, own.get(group_id or 0, event.design_id)) for id, name, group_id in rows]


def _each_once(rows: Rows, known: Rows = ()) -> dict[Placed, int]:
    """The first person with each name on each design, without those that are `known`."""
    first = {(name, design_id): id for id, name, design_id in reversed(rows) if name}
    for _, name, design_id in known:
        first.pop((name, design_id), None)
    return dict(reversed(first.items()))


def _store(session: Session, turn: _Turn, measured: dict[int, float], is_whole: bool) -> None:
    """Store it, unless somebody else examined the same rows, or the design changed."""
    # Not locked against foreign keys, so nobody who submits has to wait.
    found = select(Event).options(_LOOKED_AT).where(Event.id == turn.event_id)
    event = session.scalars(found.with_for_update(key_share=True)).one()
    if (event.design_id, event.groups_version) != turn.of:
        return
    progress = session.get(FitProgress, turn.event_id)
    if progress is None or not _is_of(progress, event):
        session.execute(delete(CrowdedName).where(CrowdedName.event_id == turn.event_id))
        begun = FitProgress(event_id=turn.event_id, design_id=turn.of[0], volunteer_id=0)
        begun.groups_version = turn.of[1]
        progress = session.merge(begun)
    if progress.volunteer_id == turn.after:
        progress.volunteer_id, progress.is_whole = turn.last, is_whole
        # Store those that are among the most crowded: after the first turns, hardly any.
        session.execute(delete(CrowdedName).where(CrowdedName.volunteer_id.in_(measured)))
        of_event = CrowdedName.event_id == turn.event_id
        most = select(CrowdedName.volunteer_id).where(of_event).limit(_KEPT)
        most = most.order_by(CrowdedName.crowding.desc(), CrowdedName.volunteer_id)
        least = most.with_only_columns(CrowdedName.crowding).offset(_KEPT - 1).limit(1)
        last = session.scalar(least)
        rows = [
            {"volunteer_id": id, "event_id": turn.event_id, "crowding": share}
            for id, share in measured.items()
            if last is None or share > last
        ]
        if rows:
            session.execute(insert(CrowdedName), rows)
            others = of_event, CrowdedName.volunteer_id.not_in(most)
            session.execute(delete(CrowdedName).where(*others))


def _most_crowded(session: Session, event: Event) -> tuple[Rows, frozenset[int]]:
    """The most crowded names, and who of these people has a certificate: theirs is on it."""
    rows = select(Volunteer.id, Volunteer.name, Volunteer.group_id).join(
        CrowdedName, CrowdedName.volunteer_id == Volunteer.id
    )
    rows = rows.where(CrowdedName.event_id == event.id, Volunteer.name != "")
    rows = rows.order_by(CrowdedName.crowding.desc(), CrowdedName.volunteer_id)
    found = _on_designs(event, session.execute(rows))
    issued = select(Certificate.volunteer_id, Certificate.name, Certificate.design_id)
    issued = issued.where(Certificate.volunteer_id.in_([id for id, *_ in found]), STANDING)
    on_paper = {id: (id, name, design_id) for id, name, design_id in session.execute(issued)}
    return [on_paper.get(one[0], one) for one in found], frozenset(on_paper)


# Cached per design that is ready to draw, and as long as it is.
_fits: WeakKeyDictionary[CompiledDesign, dict[tuple[str, str | None], Fit]] = WeakKeyDictionary()


def _fit(design: CompiledDesign, name: str, columns: Mapping[str, str]) -> Fit:
    known, key = _fits.setdefault(design, {}), (name, language_said(columns))
    if key in known:
        return known[key]
    try:
        placed = check(design, Facts(name, columns=columns))
    except NameProblem as problem:
        reason = NO_GLYPH if isinstance(problem, NoGlyph) else TOO_LONG
        return known.setdefault(key, Fit(0.0, (reason,), problem))
    named = [one for one in placed if design.layout.field(one.id).kind == "name"]
    share = min((one.size / one.largest for one in named), default=1.0)
    found = {
        PARTED: any(one.warning == parted for one in named),
        TWO_LINES: any(len(one.lines) == 2 for one in named),
        THREE_LINES: any(len(one.lines) == 3 for one in named),
        SMALL: share < _SMALL,
    }
    reasons = tuple(reason for reason, is_so in found.items() if is_so)
    return known.setdefault(key, Fit(share, reasons))


def _count_people(
    session: Session, event: Event, placed: Sequence[Placed], which: Sequence[ColumnElement[bool]]
) -> Counter[Placed]:
    """How many of `which` people without a certificate have each of these names on this design.

    It uses indexes only; where there are groups, also the rows with these names.
    """
    people: Counter[Placed] = Counter()
    names = {name for name, _ in placed}
    by_group: list[Any] = [Volunteer.group_id] if event.groups_version else []
    group_id = by_group[0] if by_group else null()
    found = select(func.count(), Volunteer.listed_name, group_id).where(
        Volunteer.event_id == event.id, *which, Volunteer.listed_name.in_(names)
    )
    counted = session.execute(found.group_by(Volunteer.listed_name, *by_group))
    for count, name, design_id in _on_designs(event, counted):
        people[name, design_id] += count
    return people
