"""The table of an event as pandas, CSV and XLSX."""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pandas
from sqlalchemy import Row, Select, select
from sqlalchemy.orm import Session

from shared.events.links import certificate_link
from shared.language import translate
from shared.settings import Settings
from shared.storage.models import (
    Attempt,
    Certificate,
    ColumnKind,
    Event,
    Group,
    Mail,
    Status,
    Volunteer,
)
from shared.volunteers.column_sums import total_of
from shared.volunteers.column_values import read_number
from shared.volunteers.list_columns import columns_of_kind, veiled
from shared.volunteers.progress import PROBLEM_NAMES, STATUS_NAMES

# Spreadsheets run a cell that begins with these as a formula (OWASP, CSV Injection).
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")

TITLES = (
    "number",
    "email",
    "name",
    "status",
    "status_text",
    "problem",
    "problem_text",
    "submitted_at",
    "pic_url",
    "withdrawn_at",
)


# The group of each person, if the event has groups.
GROUP_TITLE = "certificate_group"

LEDGER_TITLES = (
    "number",
    "address",
    "kind",
    "version",
    "state",
    "message_id",
    "try",
    "started_at",
    "ended_at",
    "phase",
    "code",
    "answer",
    "verdict",
    "returned_at",
)


# For xlsxwriter.
TEXT_STAYS_TEXT = {"strings_to_formulas": False, "strings_to_urls": False}

# Titles of the sheet with sums.
SUM_TITLES = ("column", "unit", "sum", "people", "no_numbers")


def own_titles(event: Event) -> list[str]:
    """The titles of the table of statuses that no list brings."""
    return [*TITLES, GROUP_TITLE] if event.groups_version else [*TITLES]


def titles_of(event: Event) -> list[str]:
    """The titles of the table of statuses: ours, then those of the list."""
    own = own_titles(event)
    return [*own, *(title for title in event.list_columns if title not in own)]


def status_page(
    session: Session, settings: Settings, event: Event, *, after: int, most: int
) -> tuple[list[dict[str, Any]], int]:
    """A limited number of rows by title, and after whom the next page begins.

    A row per volunteer, the status as a number and in words, further columns as imported.

    `after` is what the previous page returned, 0 at the start.
    """
    found = session.execute(_statuses_of(event).where(Volunteer.id > after).limit(most)).all()
    written = _Written.of(session, settings, event)
    rows = [written.row(person) for person in found]
    return rows, found[-1].id if found else after


# What the table shows of people; whole objects take half as long again.
_SHOWN = (
    *(Volunteer.id, Volunteer.number, Volunteer.email, Volunteer.name, Volunteer.status),
    *(Volunteer.problem, Volunteer.problem_text, Volunteer.submitted_at, Volunteer.group_id),
    Volunteer.columns.label("further"),
)


def _statuses_of(event: Event) -> Select[*tuple[Any, ...]]:
    current = (Certificate.volunteer_id == Volunteer.id) & Certificate.replaced_at.is_(None)
    return (
        select(*_SHOWN, Certificate.public_id, Certificate.withdrawn_at)
        .outerjoin(Certificate, current)
        .where(Volunteer.event_id == event.id)
        .order_by(Volunteer.id)
    )


def ledger_page(session: Session, event: Event, mail_ids: Sequence[int]) -> list[tuple[Any, ...]]:
    """The attempts to hand over some of the event's mails, with the server's answers.

    A mail without attempts has one row without one.
    """
    found = session.execute(_LEDGER.where(Mail.id.in_(mail_ids)))
    zone = ZoneInfo(event.time_zone)
    return [_ledger_row(zone, *row) for row in found]


# Asked for the event, too, SQLite would go through all of its mails for each page.
_LEDGER = (
    select(Mail, Attempt, Volunteer.number)
    .outerjoin(Attempt, Attempt.mail_id == Mail.id)
    .outerjoin(Volunteer, Volunteer.id == Mail.volunteer_id)
    .order_by(Mail.id, Attempt.id)
)


def to_csv(table: pandas.DataFrame, *, is_first: bool = True) -> bytes:
    """CSV (RFC 4180) that Excel opens as UTF-8, without formulas.

    Not `is_first`: a further part of such a file, which has neither a mark nor titles.
    """
    text: str = (
        table.map(harmless)
        .rename(columns=harmless)
        .to_csv(index=False, header=is_first, lineterminator="\r\n")
    )
    return text.encode("utf-8-sig" if is_first else "utf-8")


def sums(event: Event) -> pandas.DataFrame:
    """A row for each column of numbers: the sum, and over how many people."""
    rows = [
        (one.title, one.unit, float(total_of(one)), one.read_count, one.unread_count)
        for one in columns_of_kind(event, ColumnKind.NUMBER)
    ]
    return pandas.DataFrame(rows, columns=SUM_TITLES, dtype=object)


def number_units(event: Event) -> dict[str, str]:
    """The columns of the table of statuses that hold numbers, with their units."""
    columns = columns_of_kind(event, ColumnKind.NUMBER)
    return {one.title: one.unit for one in columns if one.title not in TITLES}


def with_numbers(table: pandas.DataFrame, units: Mapping[str, str]) -> pandas.DataFrame:
    """The table of statuses with columns of numbers as numbers; unreadable values stay text."""
    return table.assign(
        **{
            title: [_number(cell, unit) for cell in table[title]]
            for title, unit in units.items()
            if title in table
        }
    )


def _number(cell: str, unit: str) -> float | str:
    # Spreadsheets know no other numbers.
    number = read_number(cell, unit)
    return cell if number is None else float(number)


def to_xlsx(table: pandas.DataFrame) -> bytes:
    """XLSX in which every text stays text, whatever it begins with."""
    book = io.BytesIO()
    options = {"options": TEXT_STAYS_TEXT}
    with pandas.ExcelWriter(book, engine="xlsxwriter", engine_kwargs=options) as writer:
        table.to_excel(writer, index=False, sheet_name="volunteers")
    return book.getvalue()


@dataclass(frozen=True)
class _Written:
    """How rows of an event's table are written: in its time zone, with its groups' names."""

    settings: Settings
    event: Event
    zone: ZoneInfo
    groups: Mapping[int, str]

    @classmethod
    def of(cls, session: Session, settings: Settings, event: Event) -> "_Written":
        names = select(Group.id, Group.name).where(Group.event_id == event.id)
        known = session.execute(names) if event.groups_version else ()
        return cls(settings, event, ZoneInfo(event.time_zone), {id: name for id, name in known})

    def row(self, person: Row[*tuple[Any, ...]]) -> dict[str, Any]:
        language = self.event.language
        problem = PROBLEM_NAMES[person.problem] if person.problem else None
        made = person.status >= Status.PICTURE_MADE and person.withdrawn_at is None
        values = (
            person.number,
            person.email,
            person.name,
            int(person.status),
            translate(STATUS_NAMES[person.status], language),
            translate(problem, language) if problem else "",
            person.problem_text,
            _written(person.submitted_at, self.zone),
            certificate_link(self.settings, person.public_id) if person.public_id and made else "",
            _written(person.withdrawn_at, self.zone),
        )
        row = dict(zip(TITLES, values, strict=True))
        if self.event.groups_version:
            row[GROUP_TITLE] = self.groups.get(person.group_id or 0, "")
        further = veiled(self.event, person.further).items()
        return row | {title: value for title, value in further if title not in row}


def _ledger_row(
    zone: ZoneInfo, mail: Mail, attempt: Attempt | None, number: str | None
) -> tuple[Any, ...]:
    address = attempt.address if attempt else mail.address
    whole = (number, address, mail.kind, mail.version, mail.state.value, mail.message_id)
    returned_at = _written(mail.returned_at, zone)
    if attempt is None:
        return (*whole, None, "", "", "", None, "", "", returned_at)
    return (
        *whole,
        attempt.try_number,
        _written(attempt.at, zone),
        _written(attempt.ended_at, zone),
        attempt.phase.value,
        attempt.code,
        attempt.answer,
        attempt.verdict.value,
        returned_at,
    )


def _written(at: datetime | None, zone: ZoneInfo) -> str:
    return f"{at.astimezone(zone):%Y-%m-%d %H:%M:%S}" if at else ""


def harmless(cell: Any) -> Any:
    """The cell, changed so that no spreadsheet runs it as a formula."""
    if isinstance(cell, str) and cell.startswith(FORMULA_STARTS):
        return f"'{cell}"
    return cell
