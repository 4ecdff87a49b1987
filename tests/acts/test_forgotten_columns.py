"""A column that was not meant to be stored is forgotten; what was issued with it stays."""

from collections.abc import Callable

import pytest

from shared.acts.forget_column import count_values, forget_column
from shared.certificates.issuing import drawing
from shared.certificates.issuing.columns import public_values
from shared.errors import ProductError, SettingRefused
from shared.events import event_for_change
from shared.events.groups import add_group
from shared.events.installation import Installation
from shared.events.settings import create_event
from shared.log.actor import AT_THE_MACHINE
from shared.storage.database import Database
from shared.storage.models import Action, Certificate, Event
from shared.volunteers.lists.column_mapping import LEFT_OUT, find_mapping
from shared.volunteers.lists.remembered_mappings import recall, remember
from tests.support.audited import acts
from tests.support.console_screens import people, read
from tests.support.factories import add
from tests.support.list_columns import add_sealed, print_column, say, sums
from tests.support.submitting import submit, token

__all__ = ["submit", "token"]

CARD = "110101199003074234"
LIST = (
    'email,name,hours,"his ""own"" $.phone"\n'
    "ana@example.org,Ana,8,0171 2345678\nbo@example.org,Bo,9,\ncy@example.org,Cy,x,0171 8765432"
)
PHONE = 'his "own" $.phone'


@pytest.fixture
def with_list(database: Database, event_id: int) -> int:
    add(database, event_id, LIST)
    return event_id


def test_what_was_stored_of_a_column_goes_for_everybody_and_nothing_else(
    database: Database, with_list: int
):
    told: list[float] = []
    assert forget_column(database, with_list, PHONE, told.append, AT_THE_MACHINE) == 2
    assert [one.columns for one in people(database, with_list)] == [
        {"hours": "8"}, {"hours": "9"}, {"hours": "x"},
    ]  # fmt: skip
    assert read(database, with_list).list_columns == ["hours"]
    assert told[-1] == 1.0
    [entry] = [one for one in acts(database) if one.action is Action.COLUMN_FORGOTTEN]
    assert (entry.count, entry.event_id) == (2, with_list)


def test_how_many_have_a_value_is_asked_before(database: Database, with_list: int):
    with database.reading() as session:
        event = session.get_one(Event, with_list)
        assert count_values(session, event, PHONE) == 2
        assert count_values(session, event, "hours") == 3
        with pytest.raises(ProductError, match="no column"):
            count_values(session, event, "shoe size")


def test_what_was_issued_keeps_what_it_was_made_with(
    database: Database,
    installation: Installation,
    event_id: int,
    submit: Callable[[str], Certificate],
):
    say(installation, event_id, "task", is_public=True)
    print_column(database, event_id, "task")
    issued = submit("Ana Silva")

    def shown() -> tuple[dict[str, str], list[tuple[str, str]], bytes]:
        with database.reading() as session:
            kept = session.get_one(Certificate, issued.id)
            picture = drawing.render(session, installation.settings, kept)
            return kept.columns, public_values(kept, "en"), picture

    before = shown()
    assert before[:2] == ({"task": "water"}, [("task", "water")])
    forget_column(database, event_id, "task")
    assert people(database, event_id)[0].columns == {}
    assert shown() == before


def test_another_event_with_such_a_column_keeps_it(database: Database, with_list: int):
    with database.writing() as session:
        other = create_event(session, name="Beach Day", language="en")[0].id
    add(database, other, LIST)
    forget_column(database, with_list, PHONE)
    assert people(database, other)[0].columns[PHONE] == "0171 2345678"


def test_numbers_of_a_forgotten_column_are_summed_up_no_longer(
    database: Database, installation: Installation, with_list: int
):
    assert sums(database, with_list, "hours") == ("17", 2, 1)
    forget_column(database, with_list, "hours")
    with database.reading() as session:
        event = session.get_one(Event, with_list)
        assert event.known_columns == []
    add(database, with_list, "email,hours\ndi@example.org,5")
    assert sums(database, with_list, "hours") == ("5", 1, 0)


def test_a_secret_goes_with_its_sealed_value(
    database: Database, installation: Installation, event_id: int
):
    add_sealed(installation, event_id, f"email,ID number\nana@example.org,{CARD}")
    forget_column(database, event_id, "ID number")
    [ana] = people(database, event_id)
    assert (ana.columns, ana.secrets) == ({}, None)
    # What comes back under this title is a secret again.
    add_sealed(installation, event_id, f"email,ID number\nbo@example.org,{CARD}")
    assert CARD not in str(people(database, event_id)[1].columns)


def test_a_column_with_groups_is_not_forgotten(database: Database, with_list: int):
    with database.writing() as session:
        add_group(session, event_for_change(session, with_list), "hours", "8")
    with pytest.raises(SettingRefused, match="has groups"):
        forget_column(database, with_list, "hours")
    assert people(database, with_list)[0].columns["hours"] == "8"
    assert not [one for one in acts(database) if one.action is Action.COLUMN_FORGOTTEN]


def test_an_interruption_hides_nothing_and_forgetting_again_does_the_rest(
    database: Database, with_list: int
):
    def interrupted(share: float) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        forget_column(database, with_list, "hours", interrupted)
    assert "hours" in read(database, with_list).list_columns
    add(database, with_list, "email,hours\ndi@example.org,5")
    assert sums(database, with_list, "hours") == ("5", 1, 0)
    assert forget_column(database, with_list, "hours") == 1
    assert "hours" not in read(database, with_list).list_columns
    assert [one.columns for one in people(database, with_list)][-1] == {}


def test_the_next_list_is_offered_without_it(database: Database, with_list: int):
    rows = [["Mail", "Phone"], ["di@example.org", "0171 2345678"]]
    add(database, with_list, "email,Phone\ndi@example.org,0171 2345678")
    with database.writing() as session:
        mapping = find_mapping(rows)
        assert mapping is not None
        remember(event_for_change(session, with_list), mapping)
    forget_column(database, with_list, "Phone")
    with database.reading() as session:
        found = recall(session.get_one(Event, with_list), rows)
    assert found is not None
    assert found.kinds[1] == LEFT_OUT
