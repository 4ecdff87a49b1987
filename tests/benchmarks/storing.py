"""A process that adds or queues a long list, as the console and the API do it, for `growth`."""

import sys

from sqlalchemy import select

from shared.acts import Context
from shared.acts.add_list import add_list
from shared.acts.invite import Invite
from shared.acts.run import run
from shared.events.settings import create_event
from shared.storage.database import Database
from shared.storage.models import Event
from shared.storage.sealing.tokens import Seal, new_token
from tests.support.factories import SEAL
from tests.support.lists import read_call


def _event_id(database: Database) -> int:
    with database.writing() as session:
        known = session.scalar(select(Event.id).where(Event.name == "Growth"))
        if known is None:
            known = create_event(session, name="Growth", language="en")[0].id
        return known


def main(url: str, what: str, count: int) -> None:
    database = Database(url)
    event_id = _event_id(database)
    if what == "add":
        text = "\n".join(f"volunteer{number}@example.org" for number in range(count))
        added = add_list(database, SEAL, event_id, read_call(text))
        assert len(added.new) == count
    else:
        seal = Seal([new_token()])
        assert run(database, Invite(), event_id, Context(seal)).done == count


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
