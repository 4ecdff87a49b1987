"""An event never writes again to people it has erased: their addresses are known as hashes."""

import re

import pytest
from sqlalchemy import insert, select, text

from shared.acts.add_list import add_list
from shared.errors import SettingRefused
from shared.events.erased_addresses import erased_among, note_erased
from shared.events.installation import Installation
from shared.events.settings import create_event
from shared.storage.models import ErasedAddress, Event, Volunteer
from shared.volunteers.people import roster
from tests.support.lists import read_call
from tests.support.query_plans import plans

LIST = "ana@example.org\nBo@Example.org\nchen@example.org"
_ALL_ROWS = re.compile(r"SCAN erased_address|Seq Scan on erased_address")


def erase_bo(installation: Installation, event_id: int) -> None:
    with installation.database.writing() as session:
        note_erased(session, installation.seal, event_id, "bo@example.org")
        note_erased(session, installation.seal, event_id, "bo@example.org")


def add(installation: Installation, event_id: int, pasted: str = LIST) -> roster.ListCheck:
    parsed = read_call(pasted)
    return add_list(installation.database, installation.seal, event_id, parsed)


def test_who_was_erased_is_left_out_of_a_later_list_and_the_organizer_is_told(
    installation: Installation, event_id: int
):
    erase_bo(installation, event_id)
    with installation.database.reading() as session:
        event, pasted = session.get_one(Event, event_id), read_call(LIST)
        assert roster.check_list(session, event, pasted, installation.seal).erased == 1
    added = add(installation, event_id)
    assert [one.email for one in added.new] == ["ana@example.org", "chen@example.org"]
    assert added.erased == 1
    (refused,) = added.refused
    assert (refused.line, "erased" in refused.reason) == (2, True)
    with installation.database.reading() as session:
        listed = session.scalars(select(Volunteer.email).order_by(Volunteer.id)).all()
    assert listed == ["ana@example.org", "chen@example.org"]


def test_another_event_may_write_to_who_was_erased_from_this_one(
    installation: Installation, event_id: int
):
    erase_bo(installation, event_id)
    with installation.database.writing() as session:
        other, _ = create_event(session, name="Clean Beach")
    assert len(add(installation, other.id).new) == 3


def test_nobody_is_given_the_address_of_somebody_who_was_erased(
    installation: Installation, event_id: int
):
    erase_bo(installation, event_id)
    add(installation, event_id, "ana@example.org")
    with installation.database.writing() as session:
        ana = session.scalars(select(Volunteer)).one()
        with pytest.raises(SettingRefused, match="erased"):
            roster.change_address(session, installation.seal, ana, "BO@example.org")


def test_a_long_list_is_compared_by_an_index(installation: Installation, event_id: int):
    erase_bo(installation, event_id)
    database = installation.database
    with database.writing() as session:
        rows = [{"event_id": event_id, "address_hash": f"{n:064x}"} for n in range(3000)]
        session.execute(insert(ErasedAddress), rows)
    with database.engine.begin() as connection:
        connection.execute(text("ANALYZE"))
    keys = [f"person{number}@example.org" for number in range(1200)]

    def compare() -> None:
        with database.reading() as session:
            found = erased_among(session, installation.seal, event_id, [*keys, "bo@example.org"])
            assert found == {"bo@example.org"}

    looked = [plan for plan in plans(database, compare) if "erased_address" in plan]
    assert len(looked) == 4  # Whether there is anybody, and three times 500.
    assert not any(_ALL_ROWS.search(plan) for plan in looked[1:])
