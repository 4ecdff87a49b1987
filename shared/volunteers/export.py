"""The table of an event as pandas, CSV and XLSX."""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pandas
from sqlalchemy import Select, select
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


# Titles of the sheet with sums.
SUM_TITLES = ("column", "unit", "sum", "people", "no_numbers")


def statuses(session: Session, settings: Settings, event: Event) -> pandas.DataFrame:
    """A row per volunteer, the status as a number and in words, further columns as imported."""
    rows = session.execute(_statuses_of(event))
    written = _Written.of(session, settings, event)
    table = pandas.DataFrame([written.row(*row) for row in rows])
    return table.fillna("") if len(table) else pandas.DataFrame(columns=TITLES)


def titles_of(event: Event) -> list[str]:
    """The titles of the table of statuses: ours, then those of the list."""
    own = [*TITLES, GROUP_TITLE] if event.groups_version else [*TITLES]
    return [*own, *(title for title in event.list_columns if title not in own)]


def status_page(
    session: Session, settings: Settings, event: Event, *, after: int, most: int
) -> tuple[list[dict[str, Any]], int]:
    """A limited number of rows of `statuses`, by title, and after whom the next page begins.

    `after` is what the previous page returned, 0 at the start.
    """
    found = session.execute(_statuses_of(event).where(Volunteer.id > after).limit(most)).all()
    written = _Written.of(session, settings, event)
    rows = [written.row(*row) for row in found]
    return rows, found[-1][0].id if found else after


def _statuses_of(event: Event) -> Select[Volunteer, str, datetime | None]:
    current = (Certificate.volunteer_id == Volunteer.id) & Certificate.replaced_at.is_(None)
    return (
        select(Volunteer, Certificate.public_id, Certificate.withdrawn_at)
        .outerjoin(Certificate, current)
        .where(Volunteer.event_id == event.id)
        .order_by(Volunteer.id)
    )


def ledger(session: Session, event: Event) -> pandas.DataFrame:
    """A row per attempt to hand a mail over, with the server's answer; the counts are sums of
    these.

    A mail without attempts has one row without one.
    """
    rows = session.execute(_ledger_of(event))
    zone = ZoneInfo(event.time_zone)
    table = pandas.DataFrame(
        [_ledger_row(zone, *row) for row in rows], columns=LEDGER_TITLES, dtype=object
    )
    return table.fillna("")


def ledger_page(session: Session, event: Event, mail_ids: Sequence[int]) -> list[tuple[Any, ...]]:
    """The rows of `ledger` for some of the event's mails."""
    found = session.execute(_ledger_of(event).where(Mail.id.in_(mail_ids)))
    zone = ZoneInfo(event.time_zone)
    return [_ledger_row(zone, *row) for row in found]


def _ledger_of(event: Event) -> Select[Mail, Attempt, str]:
    return (
        select(Mail, Attempt, Volunteer.number)
        .outerjoin(Attempt, Attempt.mail_id == Mail.id)
        .outerjoin(Volunteer, Volunteer.id == Mail.volunteer_id)
        .where(Mail.event_id == event.id)
        .order_by(Mail.id, Attempt.id)
    )


def to_csv(table: pandas.DataFrame) -> bytes:
    """CSV (RFC 4180) that Excel opens as UTF-8, without formulas."""
    text: str = (
        table.map(harmless).rename(columns=harmless).to_csv(index=False, lineterminator="\r\n")
    )
    return text.encode("utf-8-sig")


def sums(event: Event) -> pandas.DataFrame:
    """A row for each column of numbers: the sum, and over how many people."""
    rows = [
        (one.title, one.unit, float(total_of(one)), one.read_count, one.unread_count)
        for one in columns_of_kind(event, ColumnKind.NUMBER)
    ]
    return pandas.DataFrame(rows, columns=SUM_TITLES, dtype=object)


def with_numbers(event: Event, table: pandas.DataFrame) -> pandas.DataFrame:
    """The table of statuses with columns of numbers as numbers; unreadable values stay text."""
    return table.assign(
        **{
            one.title: [_number(cell, one.unit) for cell in table[one.title]]
            for one in columns_of_kind(event, ColumnKind.NUMBER)
            if one.title in table and one.title not in TITLES
        }
    )


def _number(cell: str, unit: str) -> float | str:
    # Spreadsheets know no other numbers.
    number = read_number(cell, unit)
    return cell if number is None else float(number)


def to_xlsx(
    table: pandas.DataFrame,
    mails: pandas.DataFrame | None = None,
    sums: pandas.DataFrame | None = None,
) -> bytes:
    """XLSX in which every text stays text, whatever it begins with; `mails` is a second sheet, and
    `sums` one more where there are some."""
    book = io.BytesIO()
    # Not "constant_memory": it drops cells, because pandas writes column by column.
    options = {"strings_to_formulas": False, "strings_to_urls": False}
    with pandas.ExcelWriter(
        book, engine="xlsxwriter", engine_kwargs={"options": options}
    ) as writer:
        table.to_excel(writer, index=False, sheet_name="volunteers")
        if mails is not None:
            mails.to_excel(writer, index=False, sheet_name="mails")
        if sums is not None and len(sums):
            sums.to_excel(writer, index=False, sheet_name="sums")
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

    def row(
        self, volunteer: Volunteer, public_id: str | None, withdrawn_at: datetime | None
    ) -> dict[str, Any]:
        language = self.event.language
        problem = PROBLEM_NAMES[volunteer.problem] if volunteer.problem else None
        made = volunteer.status >= Status.PICTURE_MADE and withdrawn_at is None
        values = (
            volunteer.number,
            volunteer.email,
            volunteer.name,
            int(volunteer.status),
            translate(STATUS_NAMES[volunteer.status], language),
            translate(problem, language) if problem else "",
            volunteer.problem_text,
            _written(volunteer.submitted_at, self.zone),
            certificate_link(self.settings, public_id) if public_id and made else "",
            _written(withdrawn_at, self.zone),
        )
        row = dict(zip(TITLES, values, strict=True))
        if self.event.groups_version:
            row[GROUP_TITLE] = self.groups.get(volunteer.group_id or 0, "")
        further = veiled(self.event, volunteer.columns).items()
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
