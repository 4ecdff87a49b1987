"""A table of personal links, for people whom mail does not reach."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Row, func, select
from sqlalchemy.orm import Session

from shared.errors import TooManyLinks
from shared.events.installation import Installation
from shared.events.links import volunteer_link
from shared.language import translate
from shared.storage.models import Event, Volunteer
from shared.volunteers.people.progress import STATUS_NAMES
from shared.volunteers.streamed_workbook import StreamedSheet, streamed
from shared.volunteers.table_files import MOST_LINES, Page, Table, Told, count_people

_TITLES = ("number", "email", "name", "status_text", "link")
_ROWS = 1_000


def count_links(session: Session, event_id: int) -> int:
    """How many people have a link, as everybody has after the first invitation.

    Raises TooManyLinks if they are more than Excel opens.
    """
    count = session.scalar(select(func.count()).where(*_with_link(event_id))) or 0
    if count >= MOST_LINES:
        raise TooManyLinks()
    return count


def link_sheet(
    installation: Installation, event_id: int, told: Told = lambda _: None
) -> Iterator[bytes]:
    """XLSX with a row for each person who has a link; `told` is called with the count so far.

    Anybody with a link is taken for its person, so log who downloads them.
    """
    with installation.database.reading() as session:
        count = count_people(session, event_id)
    table = Table(_TITLES, _pages(installation, event_id)).counted(told)
    return streamed([StreamedSheet("volunteers", table.titles, table.pages, count)])


_SHOWN = (Volunteer.id, Volunteer.number, Volunteer.email, Volunteer.name, Volunteer.status)


def _pages(installation: Installation, event_id: int) -> Iterator[Page]:
    """Each page is a read of its own, so a slow download keeps nothing open."""
    people = select(*_SHOWN, Volunteer.token).where(*_with_link(event_id)).order_by(Volunteer.id)
    after = 0
    while True:
        with installation.database.reading() as session:
            found = session.execute(people.where(Volunteer.id > after).limit(_ROWS)).all()
            event = session.get_one(Event, event_id)
            page = [_row(installation, event, person) for person in found]
        if not found:
            return
        yield page
        after = found[-1].id


def _row(installation: Installation, event: Event, person: Row[*tuple[Any, ...]]) -> Sequence[str]:
    token = installation.seal.open_token(person.token)
    status = translate(STATUS_NAMES[person.status], event.language)
    link = volunteer_link(installation.settings, event, token)
    return person.number, person.email, person.name, status, link


def _with_link(event_id: int) -> list[ColumnElement[bool]]:
    return [Volunteer.event_id == event_id, Volunteer.token.is_not(None)]
