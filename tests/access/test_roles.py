"""What each role may do, cell by cell, and for whom a transaction writes."""

import pytest

from shared.access.roles import MAY, Permission, Role
from shared.log.actor import Actor
from shared.storage.database import Database

# One line for each thing that is done: o(wner), r for organizers, h(elper), v(iewer).
CELLS = {
    "see_counts": "orhv",
    "see_table": "orhv",
    "see_addresses": "orh",
    "change_list": "orh",
    "send": "orh",
    "read_mailbox": "orh",
    "export": "orh",
    "withdraw": "or",
    "change_design": "or",
    "change_texts": "or",
    "change_account": "or",
    "manage_keys": "or",
    "see_log": "or",
    "delete": "or",
    "manage_events": "o",
}
LETTERS = {"o": Role.OWNER, "r": Role.ORGANIZER, "h": Role.HELPER, "v": Role.VIEWER}


@pytest.mark.parametrize("letter", LETTERS)
def test_every_cell_of_the_table_is_as_written_down(letter: str):
    allowed = MAY[LETTERS[letter]]
    assert {p.value: p in allowed for p in Permission} == {
        done: letter in who for done, who in CELLS.items()
    }


def test_a_transaction_knows_for_whom_it_writes(database: Database):
    ana = Actor(7, Role.HELPER, "Ana", "192.0.2.1")
    with database.writing(by=ana) as session:
        assert session.info["actor"] == ana
    with database.writing() as session:
        assert session.info["actor"] is None
