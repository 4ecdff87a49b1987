"""The sum of a column follows every change of the list, and nothing is taken for 0."""

import pytest
from sqlalchemy import select

from shared.acts import Context
from shared.acts.catch_up import CatchUp, catch_up_all
from shared.acts.change_value import change_value
from shared.acts.remove import remove
from shared.acts.run import run
from shared.certificates.designs.event_copy import copy_event
from shared.errors import ProductError, SettingRefused
from shared.events import event_for_change
from shared.events.installation import Installation
from shared.privacy.erasure import erase_person
from shared.storage.database import Database
from shared.storage.models import ColumnKind, Event, Volunteer
from shared.volunteers.lists.list_columns import (
    MOST_LISTED,
    ColumnChange,
    change_column,
    unread_values,
)
from tests.support.console_screens import people
from tests.support.factories import add
from tests.support.list_columns import column, known, say, sums
from tests.support.statements import statements_of

LIST = """email,name,hours,effort,day
ana@example.org,Ana,8,"1,5",2026-05-01
bo@example.org,Bo,0.1 h,２,2026-05-02
cy@example.org,Cy,all day,,soon"""


@pytest.fixture
def hours(database: Database, event_id: int) -> int:
    add(database, event_id, LIST)
    return event_id


def unread(database: Database, event_id: int, title: str) -> list[tuple[str, str]]:
    with database.reading() as session:
        wanted = column(database, event_id, title)
        return [(one.email, value) for one, value in unread_values(session, wanted)]


def test_hours_are_found_and_summed_as_they_come(database: Database, hours: int):
    assert known(database, hours) == {"hours": ("number", "hours")}
    assert sums(database, hours, "hours") == ("8.1", 2, 1)
    add(database, hours, "email,hours\ndi@example.org,0.2\nana@example.org,1000")
    assert sums(database, hours, "hours") == ("8.3", 3, 1)


def test_values_that_are_no_number_are_listed_and_fixed(installation: Installation, hours: int):
    database = installation.database
    assert unread(database, hours, "hours") == [("cy@example.org", "all day")]
    with database.writing() as session:
        cy = session.get_one(Volunteer, people(database, hours)[2].id)
        change_value(session, installation.seal, cy, "hours", " 7,5 ")
    assert unread(database, hours, "hours") == []
    assert sums(database, hours, "hours") == ("15.6", 3, 0)


def test_who_leaves_the_list_is_counted_no_more(installation: Installation, hours: int):
    database = installation.database
    ana, bo, cy = people(database, hours)
    with database.writing() as session:
        remove(session, session.get_one(Volunteer, ana.id))
    assert sums(database, hours, "hours") == ("0.1", 1, 1)
    for person in (bo, cy):
        erase_person(database, installation.seal, person, None)
    assert sums(database, hours, "hours") == ("0.0", 0, 0)
    assert unread(database, hours, "hours") == []


def test_a_kind_that_is_said_later_holds_for_everybody(installation: Installation, hours: int):
    database = installation.database
    say(installation, hours, "effort", kind=ColumnKind.NUMBER, unit="km")
    say(installation, hours, "day", kind=ColumnKind.DATE)
    assert sums(database, hours, "effort") == ("3.5", 2, 0)
    assert sums(database, hours, "day") == ("0", 2, 1)
    assert unread(database, hours, "day") == [("cy@example.org", "soon")]
    say(installation, hours, "day", kind=ColumnKind.TEXT)
    assert sums(database, hours, "day") == ("0", 0, 0)
    assert unread(database, hours, "day") == []


def test_another_unit_reads_the_values_anew(installation: Installation, hours: int):
    say(installation, hours, "hours", unit="km")
    assert sums(installation.database, hours, "hours") == ("8", 1, 2)


def test_who_comes_or_goes_while_a_column_is_read_is_counted_once(
    installation: Installation, hours: int
):
    """Between what was said and the first turn: the newer people count as they come."""
    database = installation.database
    ana = people(database, hours)[0]
    with database.writing() as session:
        event = event_for_change(session, hours)
        change_column(session, event, "effort", ColumnChange(kind=ColumnKind.NUMBER))
    add(database, hours, "email,effort\ndi@example.org,10")
    with database.writing() as session:
        remove(session, session.get_one(Volunteer, ana.id))
    assert sums(database, hours, "effort") == ("10", 1, 0)
    catch_up_all(database, installation.seal)
    catch_up_all(database, installation.seal)
    assert sums(database, hours, "effort") == ("12", 2, 0)
    assert column(database, hours, "effort").backlog == 0


def test_of_two_who_read_a_column_nobody_is_counted_twice(installation: Installation, hours: int):
    """The second one finds that the first went on, and leaves it alone."""
    database = installation.database
    with database.writing() as session:
        event = event_for_change(session, hours)
        one = change_column(session, event, "effort", ColumnChange(kind=ColumnKind.NUMBER))
    rest = database, CatchUp(one.id), hours, Context(installation.seal)
    run(*rest, progress=lambda _: run(*rest))
    assert sums(database, hours, "effort") == ("3.5", 2, 0)


def test_only_the_first_values_are_listed_and_all_are_counted(database: Database, event_id: int):
    lines = [f"p{n}@example.org,none" for n in range(MOST_LISTED + 5)]
    add(database, event_id, "\n".join(["email,hours", *lines]))
    assert sums(database, event_id, "hours") == ("0", 0, MOST_LISTED + 5)
    assert len(unread(database, event_id, "hours")) == MOST_LISTED


def test_a_sum_of_many_is_exact(database: Database, event_id: int):
    lines = [f"p{n}@example.org,{value}" for n, value in enumerate(["0.1"] * 10 + ["1" * 20])]
    add(database, event_id, "\n".join(["email,hours", *lines]))
    assert sums(database, event_id, "hours") == ("11111111111111111112.0", 11, 0)


def test_what_a_column_cannot_be_is_refused_with_nothing_changed(
    installation: Installation, hours: int
):
    for title, change, refusal in (
        ("shoe size", ColumnChange(kind=ColumnKind.NUMBER), ProductError),
        ("effort", ColumnChange(kind=ColumnKind.SECRET, is_public=True), SettingRefused),
        ("effort", ColumnChange(is_in_full=True), SettingRefused),
        ("effort", ColumnChange(kind=ColumnKind.NUMBER, unit="x" * 21), SettingRefused),
    ):
        with pytest.raises(refusal), installation.database.writing() as session:
            change_column(session, event_for_change(session, hours), title, change)
    assert known(installation.database, hours) == {"hours": ("number", "hours")}


def test_the_sum_costs_no_look_at_the_list(database: Database, hours: int):
    with database.reading() as session, statements_of(database) as asked:
        event = session.scalars(select(Event).where(Event.id == hours)).one()
        assert [one.total for one in event.known_columns] == ["8.1"]
    assert not [one for one in asked if "volunteer" in one]


def test_a_copy_of_an_event_knows_the_columns_of_the_next_list(
    installation: Installation, hours: int
):
    database = installation.database
    say(installation, hours, "hours", unit="h", is_public=True)
    with database.writing() as session:
        source = event_for_change(session, hours)
        copy = copy_event(session, installation.seal, source, name="Next year").event
    assert sums(database, copy.id, "hours") == ("0", 0, 0)
    add(database, copy.id, LIST)
    assert known(database, copy.id) == {"hours": ("number", "h")}
    assert column(database, copy.id, "hours").is_public
    assert sums(database, copy.id, "hours") == ("8.1", 2, 1)
