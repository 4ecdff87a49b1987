"""The further columns of an event's list, by title, and the sums of their numbers and dates.

The titles are stored with the event, so that no long list is searched for them. Changes of a column
reach people already on the list through `acts.catch_up`.

Counts and sums are stored with the column and follow every change of the list: code that adds,
changes or removes people counts them in or out, with the event locked, except people whom
`acts.catch_up` has not reached yet.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext
from typing import Any

from sqlalchemy import ColumnElement, column, delete, func, insert, select
from sqlalchemy.orm import Session
from sqlalchemy.sql.expression import FromClause

from shared.errors import ProductError, SettingRefused
from shared.events.groups import judge_anew
from shared.events.settings import one_line
from shared.language import N_
from shared.log import audit
from shared.storage.many_values import among
from shared.storage.models import Action, ColumnKind, Event, ListColumn, UnreadValue, Volunteer
from shared.storage.rows import count_where
from shared.volunteers.lists.column_values import is_read, read_number, suggested
from shared.volunteers.lists.masks import with_masks
from shared.volunteers.lists.qualifying import OPERATORS, conditions_of
from shared.volunteers.lists.titles import is_secret_title, plain_title

LONGEST_UNIT = 20
_PEOPLE_LOOKED_AT = 50
READ_KINDS = (ColumnKind.NUMBER, ColumnKind.DATE)
# Unreadable values that are listed per column.
MOST_LISTED = 200
# More digits than any sum of readable numbers needs, however long the list.
_DIGITS = 80


def bring_back(session: Session, event: Event, titles: Iterable[str]) -> None:
    """Note columns that people have already; call with the event locked. `acts.catch_up` counts
    their values."""
    newest = session.scalar(select(func.max(Volunteer.id)).where(Volunteer.event_id == event.id))
    note_titles(session, event, titles, backlog=newest or 0)


def note_titles(session: Session, event: Event, titles: Iterable[str], *, backlog: int = 0) -> None:
    """Store the titles of columns that came with a list, in its order.

    The kind that a new title suggests applies from the first person on, or, to those up to
    `backlog`, once `acts.catch_up` reaches them.
    """
    new = [title for title in titles if title not in event.list_columns]
    if not new:
        return
    event.list_columns = [*event.list_columns, *new]
    # In a copied event, the original may have set it.
    said = {column.title for column in event.known_columns}
    for title in new:
        if title not in said and (found := suggested(title)):
            column = new_column(event, title, kind=found.kind, unit=found.unit)
            column.backlog = backlog
            session.add(column)
    session.flush()
    session.expire(event, ["known_columns"])


def new_column(event: Event, title: str, **values: object) -> ListColumn:
    """Return a column with empty counts."""
    counts = {"backlog": 0, "total": "0", "read_count": 0, "unread_count": 0}
    return ListColumn(event_id=event.id, title=title, **counts, **values)


def sample_columns(session: Session, event: Event) -> dict[str, str]:
    """Return somebody's value for every column of the list, by title, with masks for secrets.

    A column that is empty for the people examined has its title.
    """
    samples = column_samples(session, event, most=1)
    return {title: next(iter(some), title) for title, some in samples.items()}


def column_samples(session: Session, event: Event, most: int) -> dict[str, list[str]]:
    """Return different values of the first people for every column of the list, by title."""
    # By address, for which both databases have an index, however long the list is.
    some = (
        select(Volunteer.columns)
        .where(Volunteer.event_id == event.id)
        .order_by(Volunteer.email_key)
        .limit(_PEOPLE_LOOKED_AT)
    )
    people = session.scalars(some).all() if event.list_columns else []
    shown = [veiled(event, columns) for columns in people]
    return {
        title: list(dict.fromkeys(row[title] for row in shown if row.get(title)))[:most]
        for title in event.list_columns
    }


def known_column(event: Event, title: str) -> ListColumn:
    """Return what is known about a column of the list, without storing it; most are text.

    Raises ProductError for a title that the list does not have.
    """
    if title not in event.list_columns:
        raise ProductError(N_("The list of this event has no column “{column}”."), column=title)
    found = (column for column in event.known_columns if column.title == title)
    return next(found, None) or new_column(
        event, title, kind=ColumnKind.TEXT, unit="", is_public=False, is_in_full=False
    )


def columns_of_kind(event: Event, *kinds: ColumnKind) -> list[ListColumn]:
    """Return the event's columns of these kinds."""
    # No query for an event without further columns.
    known = event.known_columns if event.list_columns else []
    return [column for column in known if column.kind in kinds]


def secret_titles(event: Event) -> set[str]:
    """Return the columns that are shown masked, and by which nothing is searched or grouped."""
    return {column.title for column in columns_of_kind(event, ColumnKind.SECRET)}


def coming_secrets(event: Event, titles: Iterable[str]) -> set[str]:
    """Return those of these titles that are secret in a list that is about to be added."""
    said = {column.title: column.kind is ColumnKind.SECRET for column in event.known_columns}
    new = {title for title in titles if is_secret_title(plain_title(title))}
    new.difference_update(event.list_columns)
    return {title for title in titles if said.get(title, title in new)}


def public_titles(event: Event) -> list[str]:
    """Return the columns shown on the verification page of certificates issued from now on."""
    return [column.title for column in columns_of_kind(event, *ColumnKind) if column.is_public]


def veiled(event: Event, columns: Mapping[str, str]) -> dict[str, str]:
    """Return values by title, with masks for secrets, even those not sealed yet."""
    return with_masks(columns, secret_titles(event) if columns else ())


def values_in(session: Session, title: str) -> tuple[ColumnElement[str], FromClause]:
    """Return the expression of people's values in a column, and the tables that it needs."""
    table = Volunteer.__table__
    if session.get_bind().dialect.name == "sqlite":
        # Not by a path, which could not have a quotation mark.
        cell = func.json_each(Volunteer.columns).table_valued(column("key"), column("value"))
        return cell.c.value, table.join(cell, cell.c.key == title)
    return Volunteer.columns[title].as_string(), table


def is_as_it_came(event: Event, title: str) -> bool:
    """Return whether nobody has set anything about a column since a list brought it."""
    used = {condition.column for condition in conditions_of(event)}
    if title in used.union(group.column_title for group in event.groups):
        return False
    column, found = known_column(event, title), suggested(title)
    came = (found.kind, found.unit) if found else (ColumnKind.TEXT, "")
    return (column.kind, column.unit) == came and not column.is_public and not column.is_in_full


def drop_title(session: Session, event: Event, title: str) -> None:
    """Drop a column in which nobody has a value; call with the event locked."""
    event.list_columns = [other for other in event.list_columns if other != title]
    # Certificates that show it publicly, or in full, still need the row.
    session.execute(
        delete(ListColumn).where(
            ListColumn.event_id == event.id,
            ListColumn.title == title,
            ListColumn.kind != ColumnKind.SECRET,
            ListColumn.is_public.is_(False),
        )
    )
    session.expire(event, ["known_columns"])


@dataclass(frozen=True, kw_only=True)
class ColumnChange:
    """A change of a column; None keeps a value."""

    kind: ColumnKind | None = None
    unit: str | None = None
    is_public: bool | None = None
    is_in_full: bool | None = None


def change_column(session: Session, event: Event, title: str, change: ColumnChange) -> ListColumn:
    """Change a column; call with the event locked. `acts.catch_up` does the rest.

    Raises ProductError, and SettingRefused for a secret that is to be public or another column that
    is to be shown in full, with nothing changed.
    """
    column = known_column(event, title)
    values = _merged(column, change)
    grouped = {group.column_title for group in event.groups}
    if values["kind"] is ColumnKind.SECRET and title in grouped:
        raise SettingRefused(
            field="kind", reason=N_("has groups. Remove them before you make it secret.")
        )
    rules = [condition for condition in conditions_of(event) if condition.column == title]
    if any(rule.operator not in OPERATORS[values["kind"]] for rule in rules):
        reason = N_("decides who gets a certificate. Change that before you change its type.")
        raise SettingRefused(field="kind", reason=reason)
    changed = [field for field, value in values.items() if getattr(column, field) != value]
    if not changed:
        return column
    is_read_anew = not {"kind", "unit"}.isdisjoint(changed)
    for field, value in values.items():
        setattr(column, field, value)
    session.add(column)
    audit.record(session, Action.COLUMNS_CHANGED, event.id, fields=changed)
    session.flush()
    if is_read_anew:
        # Everybody on the list has to be updated for the kind.
        session.execute(delete(UnreadValue).where(UnreadValue.column_id == column.id))
        newest = select(func.max(Volunteer.id)).where(Volunteer.event_id == column.event_id)
        column.backlog = session.scalar(newest) or 0
        column.total, column.read_count, column.unread_count = "0", 0, 0
        if rules:
            judge_anew(event)
        session.flush()
    session.expire(event, ["known_columns"])
    return column


def _merged(column: ListColumn, change: ColumnChange) -> dict[str, Any]:
    """Return the column's values after the change. Raises SettingRefused."""
    given = {field: value for field, value in vars(change).items() if value is not None}
    kind = given.get("kind", column.kind)
    is_secret = kind is ColumnKind.SECRET
    if is_secret and given.get("is_public"):
        raise SettingRefused(field="public", reason=N_("cannot be used for a secret"))
    if not is_secret and given.get("is_in_full"):
        raise SettingRefused(field="in_full", reason=N_("is only for secret columns"))
    is_public = given.get("is_public", column.is_public) and not is_secret
    is_in_full = given.get("is_in_full", column.is_in_full) and is_secret
    unit = one_line("unit", given.get("unit", column.unit)) if kind is ColumnKind.NUMBER else ""
    if len(unit) > LONGEST_UNIT:
        raise SettingRefused(field="unit", reason=N_("is longer than 20 characters"))
    return {"kind": kind, "unit": unit, "is_public": is_public, "is_in_full": is_in_full}


# A person's id, and their columns.
Person = tuple[int, Mapping[str, str]]


def total_of(column: ListColumn) -> Decimal:
    """Return the exact sum of the numbers in a column."""
    return Decimal(column.total)


def count_in(session: Session, event: Event, people: Sequence[Person]) -> None:
    """Count people as they are stored now; call with the event locked."""
    for known in columns_of_kind(event, *READ_KINDS):
        count_values(session, known, [person for person in people if person[0] > known.backlog])


def count_out(
    session: Session, event: Event, people: Sequence[Volunteer], title: str | None = None
) -> None:
    """Stop counting people's values, or those under `title`, before they are removed; call with the
    event locked."""
    for known in columns_of_kind(event, *READ_KINDS):
        counted = [person for person in people if person.id > known.backlog]
        if not counted or title not in (None, known.title):
            continue
        values = (person.columns.get(known.title, "").strip() for person in counted)
        _add(known, [value for value in values if value], -1)
        ids = [person.id for person in counted]
        theirs = UnreadValue.column_id == known.id, among(UnreadValue.volunteer_id, ids)
        session.execute(delete(UnreadValue).where(*theirs))


def count_values(session: Session, column: ListColumn, people: Iterable[Person]) -> None:
    """Count these people's values in the column, and list unreadable ones."""
    values = [(id, columns.get(column.title, "").strip()) for id, columns in people]
    given = [(id, value) for id, value in values if value]
    _add(column, [value for _, value in given])
    listed = column.unread_count and [
        {"column_id": column.id, "volunteer_id": id}
        for id, value in given
        if not is_read(column.kind, value, column.unit)
    ]
    if not listed:
        return
    before = count_where(session, UnreadValue.column_id == column.id)
    if (free := MOST_LISTED - before) > 0:
        session.execute(insert(UnreadValue), listed[:free])


def unread_values(session: Session, column: ListColumn) -> list[tuple[Volunteer, str]]:
    """Return the first MOST_LISTED people whose value is not a number or date, with that value."""
    people = session.scalars(
        select(Volunteer)
        .join(UnreadValue, UnreadValue.volunteer_id == Volunteer.id)
        .where(UnreadValue.column_id == column.id)
        .order_by(Volunteer.id)
    )
    return [(person, person.columns.get(column.title, "")) for person in people]


def _add(column: ListColumn, values: Sequence[str], times: int = 1) -> None:
    """Count values, none of them empty, in (1) or out (-1)."""
    read = [value for value in values if is_read(column.kind, value, column.unit)]
    column.read_count += times * len(read)
    column.unread_count += times * (len(values) - len(read))
    if column.kind is ColumnKind.NUMBER:
        numbers = (read_number(value, column.unit) or Decimal(0) for value in read)
        with localcontext(prec=_DIGITS):
            column.total = f"{total_of(column) + times * sum(numbers, Decimal(0)):f}"
