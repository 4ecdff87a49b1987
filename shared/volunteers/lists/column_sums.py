"""Sums of a list's numbers and dates, stored with the column and updated with every change.

Code that adds, changes or removes people counts them in or out, with the event locked.
`column_backlog` counts people whom it has not reached yet.
"""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal, localcontext

from sqlalchemy import delete, func, insert, select
from sqlalchemy.orm import Session

from shared.storage.many_values import among
from shared.storage.models import ColumnKind, Event, ListColumn, UnreadValue, Volunteer
from shared.volunteers.lists.column_values import is_read, read_number
from shared.volunteers.lists.list_columns import columns_of_kind

READ_KINDS = (ColumnKind.NUMBER, ColumnKind.DATE)
# How many unreadable values are listed per column.
MOST_LISTED = 200
# More digits than any sum of readable numbers needs, however long the list.
_DIGITS = 80

# A person's id, and their columns.
Person = tuple[int, Mapping[str, str]]


def total_of(column: ListColumn) -> Decimal:
    """The sum of the numbers in a column, exact."""
    return Decimal(column.total)


def count_in(session: Session, event: Event, people: Sequence[Person]) -> None:
    """Count people as they are stored now; call with the event locked."""
    for column in columns_of_kind(event, *READ_KINDS):
        count(session, column, [one for one in people if one[0] > column.backlog])


def count_out(
    session: Session, event: Event, people: Sequence[Volunteer], title: str | None = None
) -> None:
    """Stop counting people whose values, or those under `title`, are about to be removed; call with
    the event locked."""
    for column in columns_of_kind(event, *READ_KINDS):
        counted = [one for one in people if one.id > column.backlog]
        if not counted or title not in (None, column.title):
            continue
        values = (one.columns.get(column.title, "").strip() for one in counted)
        _add(column, [value for value in values if value], -1)
        ids = [one.id for one in counted]
        theirs = UnreadValue.column_id == column.id, among(UnreadValue.volunteer_id, ids)
        session.execute(delete(UnreadValue).where(*theirs))


def count(session: Session, column: ListColumn, people: Iterable[Person]) -> None:
    """Add these people's values in the column, and list unreadable ones."""
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
    before = select(func.count()).where(UnreadValue.column_id == column.id)
    if (free := MOST_LISTED - session.scalars(before).one()) > 0:
        session.execute(insert(UnreadValue), listed[:free])


def unread_values(session: Session, column: ListColumn) -> list[tuple[Volunteer, str]]:
    """The first MOST_LISTED people whose value is not a number or date, with that value."""
    people = session.scalars(
        select(Volunteer)
        .join(UnreadValue, UnreadValue.volunteer_id == Volunteer.id)
        .where(UnreadValue.column_id == column.id)
        .order_by(Volunteer.id)
    )
    return [(one, one.columns.get(column.title, "")) for one in people]


def _add(column: ListColumn, values: Sequence[str], times: int = 1) -> None:
    """Count values, none of them empty, in (1) or out (-1)."""
    read = [value for value in values if is_read(column.kind, value, column.unit)]
    column.read_count += times * len(read)
    column.unread_count += times * (len(values) - len(read))
    if column.kind is ColumnKind.NUMBER:
        numbers = (read_number(value, column.unit) or Decimal(0) for value in read)
        with localcontext(prec=_DIGITS):
            column.total = f"{total_of(column) + times * sum(numbers, Decimal(0)):f}"
