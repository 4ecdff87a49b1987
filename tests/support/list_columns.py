"""What is said of a list's columns, and what they come to."""

import json
from typing import Any

from sqlalchemy import select

from shared.acts.add_list import add_list
from shared.acts.catch_up import catch_up_all
from shared.events import event_for_change
from shared.events.installation import Installation
from shared.rendering.layout import Layout, standard_layout
from shared.storage.database import Database
from shared.storage.models import Event, ListColumn
from shared.volunteers.lists.list_columns import ColumnChange, change_column
from shared.volunteers.people import roster
from tests.support import designing
from tests.support.lists import read_call


def add_sealed(installation: Installation, event_id: int, text: str) -> roster.ListCheck:
    """Put a pasted list on the event's, as every way into the product does."""
    found = read_call(text)
    return add_list(installation.database, installation.seal, event_id, found)


def say(installation: Installation, event_id: int, title: str, **said: Any) -> None:
    """Say what a column holds, and let it be brought in step."""
    with installation.database.writing() as session:
        change_column(session, event_for_change(session, event_id), title, ColumnChange(**said))
    catch_up_all(installation.database, installation.seal)


def column(database: Database, event_id: int, title: str) -> ListColumn:
    with database.reading() as session:
        found = select(ListColumn).where(ListColumn.event_id == event_id, ListColumn.title == title)
        return session.scalars(found).one()


def sums(database: Database, event_id: int, title: str) -> tuple[str, int, int]:
    """The total of a column, how many values were read, and how many are none."""
    one = column(database, event_id, title)
    return one.total, one.read_count, one.unread_count


def known(database: Database, event_id: int) -> dict[str, tuple[str, str]]:
    """Kind and unit of the columns that are more than text."""
    with database.reading() as session:
        columns = session.get_one(Event, event_id).known_columns
        return {one.title: (one.kind.value, one.unit) for one in columns}


def print_column(database: Database, event_id: int, title: str) -> None:
    """Place a column of the list on the event's certificate, with words around it."""
    box = {"left": 0.1, "top": 0.7, "width": 0.8, "height": 0.08}
    field = {"id": "card", "kind": "column", "content": title, "before": "No. ", "box": box}
    fields = [*json.loads(standard_layout().to_json())["fields"], field]
    with database.writing() as session:
        layout = Layout.from_json({"fields": fields})
        designing.set_layout(session, event_for_change(session, event_id), layout)
