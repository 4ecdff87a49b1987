"""The tables of an event as files, written page by page, so that memory stays flat."""

from array import array
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from sqlalchemy import Row, Select, and_, select
from sqlalchemy.orm import Session

from shared.errors import ProductError, TooLongForExcel
from shared.events.links import certificate_link, verification_link, volunteer_link
from shared.language import N_, translate
from shared.log import audit_log
from shared.log.audit_log import EntryFilter
from shared.settings import Settings
from shared.storage.database import Database
from shared.storage.many_values import among
from shared.storage.models import (
    Attempt,
    Certificate,
    ColumnKind,
    Event,
    Group,
    ListColumn,
    Mail,
    Problem,
    Status,
    Volunteer,
)
from shared.storage.models.certificate import CURRENT, state_of
from shared.storage.models.volunteer import FACTS, LESS_MAIL
from shared.storage.rows import count_rows, count_where
from shared.storage.sealing.tokens import Seal
from shared.storage.turns import CountProgress, unseen
from shared.volunteers.lists.column_values import read_number
from shared.volunteers.lists.list_columns import columns_of_kind, secret_titles, total_of
from shared.volunteers.lists.masks import with_masks
from shared.volunteers.lists.qualifying import Judge
from shared.volunteers.people.progress import PROBLEM_NAMES, STATUS_NAMES
from shared.volunteers.tables import Page, Table, workbook

# The most lines of a sheet, titles included (Excel's limit; ECMA-376 has none).
MOST_LINES = 1_048_576
_ROWS = 1_000

TITLES = (
    *("number", "email", "name", "status", "status_text", "problem", "problem_text"),
    *("submitted_at", "pic_url", "withdrawn_at", "no_more_mail"),
)
# The group of each person, if the event has groups.
GROUP_TITLE = "certificate_group"
# Later titles of ours come after the list's: programs may know the others by their place.
LATER_TITLES = (
    *("invited_at", "certificate_name", "certificate_id", "certificate_page", "certificate_state"),
    *("certificate_issued_at", "certificate_mailed_at", "certificate_returned_at"),
    *("unqualified_at", "unqualified_because", "qualified_by_hand_at", "thanked_at", "thanks"),
    "findable_at",
)
OUR_TITLES = frozenset({*TITLES, GROUP_TITLE, *LATER_TITLES})
# Titles with which lines for programs begin.
_EVENT_TITLES = ("event_id", "event_name")
LEDGER_TITLES = (
    *("number", "address", "kind", "version", "state", "message_id", "try", "started_at"),
    *("ended_at", "phase", "code", "answer", "verdict", "returned_at"),
)
_SUM_TITLES = ("column", "unit", "sum", "people", "no_numbers")
_LINK_TITLES = ("number", "email", "name", "status_text", "link")

Place = TypeVar("Place")
_MailTimes = tuple[datetime | None, datetime | None]


def people(
    database: Database, settings: Settings, event_id: int, *, for_programs: bool = False
) -> Table:
    """A row per volunteer.

    `for_programs` adds the event's id and name, and writes numbers as numbers, times in ISO 8601,
    and our words in English.
    """
    titles = _titles(database, event_id)
    pages = pages_of_people(database, settings, event_id, titles, for_programs=for_programs)
    table = Table(titles, pages)
    if for_programs:
        with database.reading() as session:
            event = session.get_one(Event, event_id)
            numbers = columns_of_kind(event, ColumnKind.NUMBER)
        table = _with_event(_with_numbers(table, numbers), event)
    return table


def mails(database: Database, event_id: int, *, for_programs: bool = False) -> Table:
    """A row per attempt to hand a mail over; `for_programs` as for `people`."""
    table = Table(LEDGER_TITLES, pages_of_mails(database, event_id, for_programs=for_programs))
    if for_programs:
        with database.reading() as session:
            table = _with_event(table, session.get_one(Event, event_id))
    return table


def log(database: Database, wanted: EntryFilter) -> Table:
    """A row per wanted entry of the log of who did what, newest first."""

    def page(session: Session, before: audit_log.Place | None) -> tuple[Page, Any]:
        entries = audit_log.page(session, wanted, before, _ROWS)
        records = map(audit_log.as_record, entries)
        rows = [
            list((record | {"fields": " ".join(record["fields"])}).values()) for record in records
        ]
        return rows, audit_log.place_of(entries[-1]) if entries else before

    return Table(audit_log.TITLES, _in_pages(database, page, None))


def workbook_of(
    database: Database, settings: Settings, event_id: int, progress: CountProgress = unseen
) -> Iterator[bytes]:
    """XLSX of the people, with numbers as numbers, the mails, and sums if any.

    Call `check_for_excel` first.
    """
    with database.reading() as session:
        numbers = columns_of_kind(session.get_one(Event, event_id), ColumnKind.NUMBER)
        counts = count_people(session, event_id), count_tries(session, event_id)
    of_people = _with_numbers(people(database, settings, event_id).counted(progress), numbers)
    of_people = replace(of_people, count=counts[0])
    of_mails = mails(database, event_id).counted(lambda done: progress(counts[0] + done))
    sheets = {"volunteers": of_people, "mails": replace(of_mails, count=counts[1])}
    if numbers:
        sums = [
            (
                column.title,
                column.unit,
                float(total_of(column)),
                column.read_count,
                column.unread_count,
            )
            for column in numbers
        ]
        sheets["sums"] = Table(_SUM_TITLES, [sums])
    return workbook(sheets)


def workbook_of_links(
    database: Database,
    settings: Settings,
    seal: Seal,
    event_id: int,
    progress: CountProgress = unseen,
) -> Iterator[bytes]:
    """XLSX with a row per person who has a link, as everybody has after the first invitation.

    Anybody with a link can act as its person, so log who downloads them.
    """
    found = (Volunteer.id, Volunteer.number, Volunteer.email, Volunteer.name, Volunteer.status)
    of_event = with_link(event_id).with_only_columns(*found, Volunteer.token).order_by(Volunteer.id)

    def page(session: Session, after: int) -> tuple[Page, int]:
        people = session.execute(of_event.where(Volunteer.id > after).limit(_ROWS)).all()
        event = session.get_one(Event, event_id)
        rows = [
            (
                *(person.number, person.email, person.name),
                translate(STATUS_NAMES[person.status], event.language),
                volunteer_link(settings, event, seal.open_token(person.token)),
            )
            for person in people
        ]
        return rows, people[-1].id if people else after

    with database.reading() as session:
        count = count_people(session, event_id)
    table = Table(_LINK_TITLES, _in_pages(database, page, 0), count)
    return workbook({"volunteers": table.counted(progress)})


def count_people(session: Session, event_id: int) -> int:
    """Count the rows of the table of people."""
    return count_where(session, Volunteer.event_id == event_id)


def count_tries(session: Session, event_id: int) -> int:
    """Count the rows of the table of mails."""
    tries = select(Mail.id).outerjoin(Attempt, Attempt.mail_id == Mail.id)
    return count_rows(session, tries.where(Mail.event_id == event_id))


def check_for_excel(session: Session, event_id: int) -> None:
    """Raise TooLongForExcel if a sheet of the workbook would have more lines than Excel opens."""
    if max(count_people(session, event_id), count_tries(session, event_id)) >= MOST_LINES:
        raise TooLongForExcel()


def count_links(session: Session, event_id: int) -> int:
    """Count the rows of the table of links. Raises ProductError if Excel cannot open so many."""
    if (count := count_rows(session, with_link(event_id))) >= MOST_LINES:
        raise ProductError(N_("Excel opens at most 1 048 576 lines, and this table has more."))
    return count


def with_link(event_id: int) -> Select[int]:
    """Return a query of the ids of people in the table of links."""
    return select(Volunteer.id).where(Volunteer.event_id == event_id, Volunteer.token.is_not(None))


def with_picture(event_id: int) -> Select[int]:
    """Return a query of the ids of people for whom the table of people has a certificate's file."""
    made = Volunteer.status >= Status.PICTURE_MADE
    return select(Volunteer.id).where(Volunteer.event_id == event_id, made)


def titles_of(event: Event) -> list[str]:
    """Return the titles of the table of people: ours, those of the list, and later ones of ours."""
    return [*dict.fromkeys((*_first_titles(event), *_list_titles(event), *LATER_TITLES))]


def _first_titles(event: Event) -> list[str]:
    return [*TITLES, GROUP_TITLE] if event.groups_version else [*TITLES]


def _list_titles(event: Event) -> list[str]:
    return [title for title in event.list_columns if title not in LATER_TITLES]


def _titles(database: Database, event_id: int) -> list[str]:
    """Return `titles_of`, but those of the list in the order in which people have them.

    Usually the first few people have them all, and no more are read.
    """
    with database.reading() as session:
        event = session.get_one(Event, event_id)
        titles = dict.fromkeys(_first_titles(event))
        known = titles.keys() | set(_list_titles(event))
        of_event = select(Volunteer.columns).where(Volunteer.event_id == event_id)
        columns = of_event.order_by(Volunteer.id).execution_options(yield_per=_ROWS)
        with session.scalars(columns) as found:
            for columns_of_one in found if event.list_columns else ():
                titles |= dict.fromkeys(
                    title for title in columns_of_one if title not in LATER_TITLES
                )
                if known <= titles.keys():
                    break
    return [*titles, *LATER_TITLES]


def _in_pages(
    database: Database, page: Callable[[Session, Place], tuple[Page, Place]], place: Place
) -> Iterator[Page]:
    """Yield the pages from a place on. Each is a read of its own: a slow download keeps none
    open."""
    while True:
        with database.reading() as session:
            rows, place = page(session, place)
        if not rows:
            return
        yield rows


def pages_of_people(
    database: Database,
    settings: Settings,
    event_id: int,
    titles: Sequence[str],
    *,
    for_programs: bool = False,
) -> Iterator[Page]:
    """Yield the rows of the table of people, with what they have under these titles."""

    def page(session: Session, after: int) -> tuple[Page, int]:
        event = session.get_one(Event, event_id)
        rows, last = status_page(
            session, settings, event, after=after, most=_ROWS, for_programs=for_programs
        )
        return [[row.get(title, "") for title in titles] for row in rows], last

    return _in_pages(database, page, 0)


def pages_of_mails(
    database: Database, event_id: int, *, for_programs: bool = False
) -> Iterator[Page]:
    """Yield the rows of the table of mails."""
    # No index has them in this order, so the ids are fetched once, not for each page.
    with database.reading() as session:
        of_event = select(Mail.id).where(Mail.event_id == event_id)
        in_order = of_event.order_by(Mail.id).execution_options(yield_per=_ROWS)
        with session.scalars(in_order) as found:
            # Machine integers: a list of a million would take twenty times the memory.
            ids = array("q", found)
    for start in range(0, len(ids), _ROWS):
        with database.reading() as session:
            event = session.get_one(Event, event_id)
            page = ids[start : start + _ROWS].tolist()
            yield ledger_page(session, event, page, for_programs=for_programs)


def _with_event(table: Table, event: Event) -> Table:
    titles = [*dict.fromkeys((*_EVENT_TITLES, *table.titles))]
    places = [place for place, title in enumerate(table.titles) if title not in _EVENT_TITLES]
    first = event.id, event.name
    pages = ([[*first, *(row[place] for place in places)] for row in page] for page in table.pages)
    return replace(table, titles=titles, pages=pages)


def _with_numbers(table: Table, numbers: Sequence[ListColumn]) -> Table:
    """Return the table with numbers in columns of numbers; unreadable ones stay texts."""
    units = {column.title: column.unit for column in numbers if column.title not in OUR_TITLES}
    places = [(place, units[title]) for place, title in enumerate(table.titles) if title in units]

    def pages() -> Iterator[Page]:
        for page in table.pages:
            rows = [list(row) for row in page]
            for row in rows:
                for place, unit in places:
                    number = read_number(row[place], unit)
                    row[place] = row[place] if number is None else float(number)
            yield rows

    return replace(table, pages=pages())


# What the table shows of people; whole objects take half as long again.
_SHOWN = (
    *(Volunteer.id, Volunteer.number, Volunteer.email, Volunteer.name, Volunteer.status),
    *(Volunteer.problem, Volunteer.problem_text, Volunteer.group_id),
    *(column for fact in FACTS for column in fact.columns),
    *(Volunteer.columns.label("further"), Certificate.id.label("certificate_id")),
    Certificate.public_id,
    *(Certificate.name.label("certificate_name"), Certificate.created_at.label("issued_at")),
    # By which a certificate's state is known.
    *(Certificate.withdrawn_at, Certificate.is_erased.label("is_erased")),
    *(Certificate.taken_back_at, Certificate.replaced_at),
)
# Whole objects take twice as long. With a condition on the event, SQLite would go through all of
# its mails for each page.
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
# The columns from the try to the verdict, for a mail that was not tried.
_NOT_TRIED: tuple[Any, ...] = (None, "", "", "", None, "", "")


def status_page(
    session: Session,
    settings: Settings,
    event: Event,
    *,
    after: int,
    most: int,
    for_programs: bool = False,
) -> tuple[list[dict[str, Any]], int]:
    """Return at most `most` rows by title, one per volunteer, and after whom the next page begins.

    `after` is what the previous page returned, 0 at the start.
    """
    current = and_(Certificate.volunteer_id == Volunteer.id, CURRENT)
    of_event = select(*_SHOWN).outerjoin(Certificate, current).order_by(Volunteer.id)
    of_event = of_event.where(Volunteer.event_id == event.id, Volunteer.id > after)
    found = session.execute(of_event.limit(most)).all()
    certificates = [person.certificate_id for person in found if person.certificate_id]
    mails = _mails_of(session, certificates) if certificates else {}
    write = _writer(session, settings, event, mails, for_programs)
    return [write(person) for person in found], found[-1].id if found else after


def _mails_of(session: Session, ids: Sequence[int]) -> dict[int, _MailTimes]:
    """Return when the newest mail with each certificate was sent and returned, by id."""
    times = select(Mail.certificate_id, Mail.sent_at, Mail.returned_at)
    brought = times.where(among(Mail.certificate_id, ids), Mail.sent_at.is_not(None))
    found = session.execute(brought.order_by(Mail.sent_at, Mail.id))
    return {id: (sent, returned) for id, sent, returned in found if id}


def _writer(
    session: Session,
    settings: Settings,
    event: Event,
    mails: Mapping[int, _MailTimes],
    for_programs: bool,
) -> Callable[[Row[*tuple[Any, ...]]], dict[str, Any]]:
    """Return a function that writes rows of people, in the event's language (English for programs)
    and time zone, with its groups' names and without secrets."""
    zone, secret = ZoneInfo(event.time_zone), secret_titles(event)
    language = "en" if for_programs else event.language
    time = _exact if for_programs else _written
    named = select(Group.id, Group.name).where(Group.event_id == event.id)
    groups = {id: name for id, name in session.execute(named)} if event.groups_version else None
    statuses = {status: translate(name, language) for status, name in STATUS_NAMES.items()}
    problems: dict[Problem | None, str] = {None: ""}
    problems |= {problem: translate(name, language) for problem, name in PROBLEM_NAMES.items()}
    judge = Judge.of(event)

    def write(person: Row[*tuple[Any, ...]]) -> dict[str, Any]:
        made = person.public_id and person.status >= Status.PICTURE_MADE
        values = (
            *(person.number, person.email, person.name),
            *(int(person.status), statuses[person.status]),
            *(problems[person.problem], person.problem_text),
            time(person.submitted_at, zone),
            certificate_link(settings, person.public_id)
            if made and person.withdrawn_at is None
            else "",
            time(person.withdrawn_at, zone),
            " ".join(filter(None, (fact.why(person) for fact in LESS_MAIL))),
        )
        row = dict(zip(TITLES, values, strict=True))
        if groups is not None:
            row[GROUP_TITLE] = groups.get(person.group_id or 0, "")
        sent, returned = mails.get(person.certificate_id, (None, None))
        later: tuple[str, ...] = (_exact(person.asked_at, zone), *[""] * 7)
        # Before that, an organizer may take it back as unseen.
        if made or sent:
            later = (
                *(later[0], person.certificate_name, person.public_id),
                *(verification_link(settings, person.public_id), state_of(person).value),
                *(_exact(person.issued_at, zone), _exact(sent, zone)),
                _exact(returned, zone),
            )
        missed = judge.shortfalls(person.further) if person.unqualified_at else []
        later += (
            _exact(person.unqualified_at, zone),
            " · ".join(shortfall.said(language) for shortfall in missed),
            _exact(person.qualified_by_hand_at, zone),
            *(_exact(person.thanked_at, zone), person.thanks or ""),
            _exact(person.findable_at, zone),
        )
        row |= zip(LATER_TITLES, later, strict=True)
        # Ours come before columns of the list with the same title.
        return row | with_masks(person.further, secret) | row

    return write


def ledger_page(
    session: Session, event: Event, mail_ids: Sequence[int], *, for_programs: bool = False
) -> list[tuple[Any, ...]]:
    """Return the attempts to hand over these mails of the event, with the server's answers.

    A mail without attempts has one row without one.
    """
    zone, rows = ZoneInfo(event.time_zone), list[tuple[Any, ...]]()
    time = _exact if for_programs else _written
    for row in session.execute(_LEDGER.where(Mail.id.in_(mail_ids))):
        address, tried = row.address, _NOT_TRIED
        if row.attempt_id is not None:
            address, times = row.tried, (time(row.at, zone), time(row.ended_at, zone))
            said = row.phase.value, row.code, row.answer, row.verdict.value
            tried = (row.try_number, *times, *said)
        of_mail = row.number, address, row.kind, row.version, row.state.value, row.message_id
        rows.append((*of_mail, *tried, time(row.returned_at, zone)))
    return rows


def _written(at: datetime | None, zone: ZoneInfo) -> str:
    return f"{at.astimezone(zone):%Y-%m-%d %H:%M:%S}" if at else ""


def _exact(at: datetime | None, zone: ZoneInfo) -> str:
    """Write a time in ISO 8601 with its offset."""
    return at.astimezone(zone).isoformat(timespec="seconds") if at else ""
