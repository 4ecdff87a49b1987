"""Finds the names of a list that fit worst on the certificate, before sending and after.

The list is searched in turns, which continue where the last one stopped: a short list at once, a
long one by the worker. The most crowded names are stored, and only these are fitted, on their
person's certificate or the design of their group (`make bench`: tightest names). Another design, or
a change of groups, starts over.
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
# The seconds of searching while somebody waits: enough for 10 000 names, and the screen is drawn
# within a second. The worker continues with longer lists.
LOOK_SECONDS = 0.3
# The number of fitted names, enough to include the tightest, whatever lines they get.
_KEPT = 150
_ROWS_OF_A_TURN = 2_000
# More new names would displace those that are known to be crowded.
_LOOKED_AT_SINGLY = 10
# All that a turn needs of an event.
_LOOKED_AT = load_only(Event.design_id, Event.groups_version)
# The crowding of a name with a letter that no face has, and of one that is not measured yet.
_WITHOUT_GLYPH, _UNKNOWN = 1e9, 1e8
# Once as the index has it and once by columns, so that the database seeks a name's entries in the
# index instead of reading all of them.
_TO_ISSUE_BY_NAME = (TO_ISSUE, Volunteer.status.in_([Status.NEW, Status.INVITED]), TO_ISSUE)
# Names below this share of their largest size are shown.
_SMALL = 0.75

NO_GLYPH = N_("The typefaces lack a letter")
TOO_LONG = N_("Does not fit, even at the smallest size")
PARTED = N_("A word is split")
TWO_LINES = N_("On two lines")
THREE_LINES = N_("On three lines")
SMALL = N_("Small: {share}% of the size")


@dataclass(frozen=True)
class Fit:
    """The fit of a name: the share of its largest size (0: none), and remarks about it."""

    share: float
    reasons: tuple[str, ...]
    # The reason why the name cannot be drawn.
    problem: NameProblem | None = None


@dataclass(frozen=True)
class TightName:
    name: str
    fit: Fit
    # The number of known people with this name on this design, and one of them.
    people: int
    volunteer_id: int
    design_id: int
    # The part of their row that tells the name's language.
    columns: Mapping[str, str]
    # The group of the design; "" for everybody's.
    group: str = ""
    # The number of those without a certificate, for whom the list can be corrected.
    to_correct: int = 0


@dataclass(frozen=True)
class FitSheet:
    """The tightest names, worst first; `is_whole`: the whole list was searched."""

    names: list[TightName]
    is_whole: bool
    # The number of people whose names are known to be undrawable.
    undrawable: int
    # The number of those that will be held when certificates are issued.
    to_be_held: int = 0
    # The number of people whose names are known to be printed small.
    small: int = 0


def look_through(database: Database, event_id: int, seconds: float) -> bool:
    """Search the list further for about this long, and return whether it is finished."""
    until = time.monotonic() + seconds
    if not grouping.go_through(database, event_id, seconds):
        return False
    crowding: dict[int, Crowding] = {}
    while not (is_whole := _one_turn(database, event_id, crowding)):
        if time.monotonic() > until:
            break
    return is_whole


def unfinished(session: Session) -> Sequence[int]:
    """Return the events whose list is still to be searched."""
    return session.scalars(select(FitProgress.event_id).where(~FitProgress.is_whole)).all()


def fit_sheet(session: Session, event: Event) -> FitSheet:
    """Return the sheet of the names searched so far; empty without a design."""
    progress = session.get(FitProgress, event.id)
    if event.design is None or progress is None or not _is_of(progress, event):
        return FitSheet([], False, 0)
    rows_kept, has_certificate = _most_crowded(session, event)
    crowded = _each_once(rows_kept)
    # The columns of their rows that tell the language of their names.
    rows = select(Volunteer.id, Volunteer.columns).where(Volunteer.id.in_(list(crowded.values())))
    said = {id: columns_about_language(columns) for id, columns in session.execute(rows)}
    # Once per design, as each takes a query.
    ready = {
        id: designs.compiled(session, session.get_one(Design, id))
        for id in {id for _, id in crowded}
    }
    fits = {
        (name, design_id): _fit(ready[design_id], name, said[id])
        for (name, design_id), id in crowded.items()
    }
    worst = sorted((key for key in crowded if fits[key].reasons), key=lambda key: fits[key].share)
    to_issue = _count_people(session, event, worst, _TO_ISSUE_BY_NAME)
    people = to_issue + _count_people(session, event, worst, [HELD_FOR_NAME])
    have = Counter((name, on) for id, name, on in rows_kept if id in has_certificate)
    named = {group.design_id: group.name for group in event.groups}
    names = [
        TightName(
            name, fits[name, on], people[name, on] + have[name, on], id, on, said[id],
            named.get(on, ""), people[name, on],
        )
        for (name, on), id in ((key, crowded[key]) for key in worst)
        if people[name, on] + have[name, on]
    ]  # fmt: skip
    not_drawn = [tight for tight in names if tight.fit.problem]
    return FitSheet(
        names[:SHOWN],
        progress.is_whole,
        sum(tight.people for tight in not_drawn),
        sum(to_issue[tight.name, tight.design_id] for tight in not_drawn),
        sum(tight.people for tight in names if SMALL in tight.fit.reasons),
    )


def _is_of(progress: FitProgress, event: Event) -> bool:
    """Return whether the search is about the event's current designs and groups."""
    looked_at = (progress.design_id, progress.groups_version)
    return looked_at == (event.design_id, event.groups_version)


def examine_again(session: Session, volunteer: Volunteer) -> None:
    """Note a person's changed name, which is fitted with the most crowded ones."""
    session.execute(delete(CrowdedName).where(CrowdedName.volunteer_id == volunteer.id))
    session.add(
        CrowdedName(volunteer_id=volunteer.id, event_id=volunteer.event_id, crowding=_UNKNOWN)
    )


def examine_all_again(session: Session, event: Event, people: Sequence[Volunteer]) -> None:
    """Note many changed names: they and the list after the first of them are searched again."""
    if len(people) <= _LOOKED_AT_SINGLY:
        for person in people:
            examine_again(session, person)
        return
    ids = [person.id for person in people]
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
    """The rows that a turn examined: those after `after` up to `last`."""

    event_id: int
    # The event's design and the version of its groups.
    of: tuple[int, int]
    after: int
    last: int


# The id and name of a person, and the id of their design.
Rows = Sequence[tuple[int, str, int]]
# A name, and the id of its design.
Placed = tuple[str, int]


def _on_designs(event: Event, rows: Iterable[Row[int, str, int | None]]) -> Rows:
    assert event.design_id is not None
    own = {group.id: group.design_id for group in event.groups if group.design_id}
    return [(id, name, own.get(group_id or 0, event.design_id)) for id, name, group_id in rows]


def _each_once(rows: Rows, known: Rows = ()) -> dict[Placed, int]:
    """Return the first person with each name on each design, without the `known` ones."""
    first = {(name, design_id): id for id, name, design_id in reversed(rows) if name}
    for _, name, design_id in known:
        first.pop((name, design_id), None)
    return dict(reversed(first.items()))


def _store(session: Session, turn: _Turn, measured: dict[int, float], is_whole: bool) -> None:
    """Store a turn's result, unless another one examined its rows, or the design changed."""
    # Foreign keys can still refer to the locked row, so no submission waits.
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
        # After the first turns, hardly any are among the most crowded.
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
    """Return the most crowded names, as on certificates, and whose are on certificates."""
    rows = select(Volunteer.id, Volunteer.name, Volunteer.group_id).join(
        CrowdedName, CrowdedName.volunteer_id == Volunteer.id
    )
    rows = rows.where(CrowdedName.event_id == event.id, Volunteer.name != "")
    rows = rows.order_by(CrowdedName.crowding.desc(), CrowdedName.volunteer_id)
    found = _on_designs(event, session.execute(rows))
    issued = select(Certificate.volunteer_id, Certificate.name, Certificate.design_id)
    issued = issued.where(Certificate.volunteer_id.in_([id for id, *_ in found]), STANDING)
    on_paper = {id: (id, name, design_id) for id, name, design_id in session.execute(issued)}
    return [on_paper.get(row[0], row) for row in found], frozenset(on_paper)


# Cached with the compiled design.
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
    named = [text for text in placed if design.layout.field(text.id).kind == "name"]
    share = min((text.size / text.largest for text in named), default=1.0)
    found = {
        PARTED: any(text.warning == parted for text in named),
        TWO_LINES: any(len(text.lines) == 2 for text in named),
        THREE_LINES: any(len(text.lines) == 3 for text in named),
        SMALL: share < _SMALL,
    }
    reasons = tuple(reason for reason, is_so in found.items() if is_so)
    return known.setdefault(key, Fit(share, reasons))


def _count_people(
    session: Session, event: Event, placed: Sequence[Placed], which: Sequence[ColumnElement[bool]]
) -> Counter[Placed]:
    """Count the people without a certificate (`which`) who have each of these names on its design.

    It reads only indexes, and with groups also the rows with these names.
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
