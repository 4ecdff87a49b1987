"""The table of an event, as CSV and XLSX."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from shared.events.links import certificate_link
from shared.language import translate
from shared.rendering.masks import masked
from shared.settings import Settings
from shared.storage.models import (
    Attempt,
    Certificate,
    ColumnKind,
    Event,
    Group,
    Mail,
    Problem,
    Status,
    Suppression,
    Volunteer,
)
from shared.volunteers.lists.column_sums import total_of
from shared.volunteers.lists.column_values import read_number
from shared.volunteers.lists.list_columns import columns_of_kind, secret_titles
from shared.volunteers.people.progress import PROBLEM_NAMES, STATUS_NAMES
from shared.volunteers.streamed_workbook import StreamedSheet, streamed

if TYPE_CHECKING:
    import pandas

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
    "no_more_mail",
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
    current = (Certificate.volunteer_id == Volunteer.id) & Certificate.replaced_at.is_(None)
    statuses_of = (
        select(*_SHOWN, Certificate.public_id, Certificate.withdrawn_at)
        .outerjoin(Certificate, current)
        .where(Volunteer.event_id == event.id)
        .order_by(Volunteer.id)
    )
    found = session.execute(statuses_of.where(Volunteer.id > after).limit(most)).all()
    written = _Written.of(session, settings, event)
    rows = [written.row(person) for person in found]
    return rows, found[-1].id if found else after


# What the table shows of people; whole objects take half as long again.
_SHOWN = (
    *(Volunteer.id, Volunteer.number, Volunteer.email, Volunteer.name, Volunteer.status),
    *(Volunteer.problem, Volunteer.problem_text, Volunteer.submitted_at, Volunteer.group_id),
    *(Volunteer.suppressed, Volunteer.reminders_ended_at),
    Volunteer.columns.label("further"),
)


def ledger_page(session: Session, event: Event, mail_ids: Sequence[int]) -> list[tuple[Any, ...]]:
    """The attempts to hand over some of the event's mails, with the server's answers.

    A mail without attempts has one row without one.
    """
    zone, rows = ZoneInfo(event.time_zone), list[tuple[Any, ...]]()
    for one in session.execute(_LEDGER.where(Mail.id.in_(mail_ids))):
        is_tried = one.attempt_id is not None
        address = one.tried if is_tried else one.address
        of_mail = one.number, address, one.kind, one.version, one.state.value, one.message_id
        tried = _NOT_TRIED
        if is_tried:
            times = _written(one.at, zone), _written(one.ended_at, zone)
            said = one.phase.value, one.code, one.answer, one.verdict.value
            tried = (one.try_number, *times, *said)
        rows.append((*of_mail, *tried, _written(one.returned_at, zone)))
    return rows


# From its try to its verdict, in place of those of a mail that was not tried.
_NOT_TRIED: tuple[Any, ...] = (None, "", "", "", None, "", "")
# Whole objects take twice as long. Asked for the event, too, SQLite would go through all of its
# mails for each page.
_LEDGER = (
    select(
        *(Volunteer.number, Mail.address, Mail.kind, Mail.version, Mail.state, Mail.message_id),
        *(Mail.returned_at, Attempt.id.label("attempt_id"), Attempt.address.label("tried")),
        *(Attempt.try_number, Attempt.at, Attempt.ended_at, Attempt.phase, Attempt.code),
        *(Attempt.answer, Attempt.verdict),
    )
    .select_from(Mail)
    .outerjoin(Attempt, Attempt.mail_id == Mail.id)
    .outerjoin(Volunteer, Volunteer.id == Mail.volunteer_id)
    .order_by(Mail.id, Attempt.id)
)


def to_csv(table: "pandas.DataFrame") -> bytes:
    """CSV (RFC 4180) that Excel opens as UTF-8, without formulas."""
    harmless_table = table.map(harmless).rename(columns=harmless)
    text: str = harmless_table.to_csv(index=False, lineterminator="\r\n")
    return text.encode("utf-8-sig")


def sums(event: Event) -> list[tuple[Any, ...]]:
    """A row for each column of numbers: the sum, and over how many people."""
    return [
        (one.title, one.unit, float(total_of(one)), one.read_count, one.unread_count)
        for one in columns_of_kind(event, ColumnKind.NUMBER)
    ]


def number_units(event: Event) -> dict[str, str]:
    """The columns of the table of statuses that hold numbers, with their units."""
    columns = columns_of_kind(event, ColumnKind.NUMBER)
    return {one.title: one.unit for one in columns if one.title not in TITLES}


def as_number(cell: str, unit: str) -> float | str:
    """The number in a cell as spreadsheets know it; an unreadable one stays text."""
    number = read_number(cell, unit)
    return cell if number is None else float(number)


def to_xlsx(table: "pandas.DataFrame") -> bytes:
    """XLSX in which every text stays text, whatever it begins with."""
    rows = list(table.itertuples(index=False, name=None))
    sheet = StreamedSheet("volunteers", list(table.columns), [rows], len(rows))
    return b"".join(streamed([sheet]))


@dataclass(frozen=True)
class _Written:
    """How rows of an event's table are written: in its language and time zone, with its groups'
    names and without secrets. Found out once, and not for each row."""

    settings: Settings
    zone: ZoneInfo
    # None: the event has no groups.
    groups: Mapping[int, str] | None
    secret: Set[str]
    statuses: Mapping[Status, str]
    problems: Mapping[Problem | None, str]

    @classmethod
    def of(cls, session: Session, settings: Settings, event: Event) -> "_Written":
        names = select(Group.id, Group.name).where(Group.event_id == event.id)
        problems: dict[Problem | None, str] = {None: ""}
        for one, name in PROBLEM_NAMES.items():
            problems[one] = translate(name, event.language)
        return cls(
            settings,
            ZoneInfo(event.time_zone),
            {id: name for id, name in session.execute(names)} if event.groups_version else None,
            secret_titles(event),
            {one: translate(name, event.language) for one, name in STATUS_NAMES.items()},
            problems,
        )

    def row(self, person: Row[*tuple[Any, ...]]) -> dict[str, Any]:
        made = person.status >= Status.PICTURE_MADE and person.withdrawn_at is None
        opted_out = Suppression.OPTED_OUT if person.reminders_ended_at else None
        values = (
            person.number,
            person.email,
            person.name,
            int(person.status),
            self.statuses[person.status],
            self.problems[person.problem],
            person.problem_text,
            _written(person.submitted_at, self.zone),
            certificate_link(self.settings, person.public_id) if person.public_id and made else "",
            _written(person.withdrawn_at, self.zone),
            " ".join(filter(None, [person.suppressed, opted_out])),
        )
        row = dict(zip(TITLES, values, strict=True))
        if self.groups is not None:
            row[GROUP_TITLE] = self.groups.get(person.group_id or 0, "")
        further: dict[str, str] = person.further
        if self.secret:
            further = {t: masked(one) if t in self.secret else one for t, one in further.items()}
        # Ours come before columns of the list with the same title.
        return row | further | row


def _written(at: datetime | None, zone: ZoneInfo) -> str:
    return f"{at.astimezone(zone):%Y-%m-%d %H:%M:%S}" if at else ""


def harmless(cell: Any) -> Any:
    """The cell, changed so that no spreadsheet runs it as a formula."""
    if isinstance(cell, str) and cell.startswith(FORMULA_STARTS):
        return f"'{cell}"
    return cell
