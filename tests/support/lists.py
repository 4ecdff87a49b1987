"""A list of people as an organizer has it, and what was read from it."""

from sqlalchemy import select

from shared.acts.add_list import add_list
from shared.acts.update_list import ListUpdated, update_list
from shared.events.installation import Installation
from shared.storage.models import Volunteer
from shared.volunteers.lists.column_mapping import find_mapping
from shared.volunteers.lists.list_parser import (
    parse_entries,
    parse_table,
    pasted_lines,
    pasted_table,
)
from shared.volunteers.lists.recipients import RecipientList
from shared.volunteers.people.roster import ListCheck

TABLE = "姓名,邮箱,证书编号,岗位\n王小明,ming@example.org,007,签到\n李丽,li@example.org,008,翻译\n"
# An event's list, and its titles.
TITLES = "email,number,name,hours,team"
FIRST = f"{TITLES}\nana@example.org,A1,Ana,8,tea\nbo@example.org,A2,Bo,9,tea\ncy@example.org,A3,,,"


def emails(found: RecipientList) -> list[str]:
    return [recipient.email for recipient in found.accepted]


def read_list(text: str) -> RecipientList:
    """A pasted list, as the screen reads it."""
    rows = pasted_table(text)
    return parse_table(pasted_lines(text), None) if rows is None else read_rows(rows)


def read_rows(rows: list[list[str]]) -> RecipientList:
    """The rows of a file, read as its titles say."""
    return parse_table(rows, find_mapping(rows))


def read_call(text: str) -> RecipientList:
    """Lines as programs send them, each an entry of their call."""
    return parse_entries(text.split("\n"))


def bring(installation: Installation, event_id: int, text: str) -> ListCheck:
    """Add a list, as every way into the product does."""
    return add_list(installation.database, installation.seal, event_id, read_list(text))


def bring_again(
    installation: Installation, event_id: int, text: str, *, empty_erases: bool = False
) -> ListUpdated:
    """Add and update."""
    return update_list(
        installation.database,
        installation.seal,
        event_id,
        read_list(text),
        empty_erases=empty_erases,
    )


def people_by_name(installation: Installation, event_id: int) -> dict[str, Volunteer]:
    """Everybody whose address is known, by what stands before the “@”."""
    with installation.database.reading() as session:
        rows = session.scalars(select(Volunteer).where(Volunteer.event_id == event_id))
        return {one.email.partition("@")[0]: one for one in rows if one.email}
