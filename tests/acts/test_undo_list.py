"""Undoing a list: everybody as before, except who was written to or changed since."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from shared.acts.catch_up import catch_up_all
from shared.acts.change_value import change_value
from shared.acts.forget_column import ForgetColumn, forget_column
from shared.acts.pass_on import PassOn
from shared.acts.remove import Remove
from shared.acts.run import apply, run
from shared.acts.undo_list import Undoing, UndoList, Undone, count_undoable
from shared.acts.update_list import update_list
from shared.certificates.issuing.links import link_to_copy
from shared.events import event_for_change
from shared.events.installation import Installation
from shared.privacy.erasure import erase
from shared.privacy.own_data import held_about
from shared.storage import turns
from shared.storage.models import ColumnKind, Event, ListChange, ListImport, Volunteer
from shared.storage.sealing.key_rotation import count_lost, rotate_keys
from shared.storage.sealing.tokens import Seal
from shared.volunteers.lists.column_mapping import find_mapping
from shared.volunteers.lists.list_parser import pasted_table
from shared.volunteers.lists.remembered_mappings import recall, remember
from shared.volunteers.people.list_changes import forget_old_imports, imports_of
from shared.volunteers.people.roster import add_volunteers
from tests.support.acting import held, queue_invitations
from tests.support.list_columns import say, sums
from tests.support.lists import FIRST, TITLES, bring, bring_again, people_by_name, read_list
from tests.support.sending_steps import SENT, add_account, begin, claim, settle

CHANGED = f"{TITLES},ID number\n" + "\n".join(
    [
        "ana@example.org,A2,Ana Lima,1,,110101199001011234",
        "bo@example.org,A4,Bo Ek,2,water,",
        "new@example.org,A1,New,3,,",
    ]
)


@pytest.fixture(autouse=True)
def short_turns(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "_FEWEST", 2)


def newest(installation: Installation, event_id: int) -> int:
    with installation.database.reading() as session:
        return imports_of(session, session.get_one(Event, event_id), most=1)[0].id


def undo(installation: Installation, event_id: int) -> tuple[int, int]:
    """Undo the newest list; how many that were, and how many stay: as counted before."""
    which = newest(installation, event_id)
    with installation.database.reading() as session:
        event = session.get_one(Event, event_id)
        counted = count_undoable(session, installation.seal, event, which)
    tally = run(installation.database, UndoList(which), event_id, held(installation))
    assert (tally.done, tally.refused) == (counted.removed + counted.restored, counted.staying)
    return tally.done, tally.refused


def listed(installation: Installation, event_id: int) -> dict[str, tuple[object, ...]]:
    return {
        name: (one.listed_name, one.number, one.columns, one.secrets)
        for name, one in people_by_name(installation, event_id).items()
    }


def kept(installation: Installation) -> int:
    with installation.database.reading() as session:
        return session.scalar(select(func.count()).select_from(ListChange)) or 0


def test_who_came_goes_and_who_was_changed_is_as_before(installation: Installation, event_id: int):
    bring(installation, event_id, FIRST)
    before = listed(installation, event_id)
    bring_again(installation, event_id, CHANGED)
    assert listed(installation, event_id) != before
    assert undo(installation, event_id) == (3, 0)
    assert listed(installation, event_id) == before
    assert sums(installation.database, event_id, "hours") == ("17", 2, 0)
    # And the one before it, too.
    assert undo(installation, event_id) == (3, 0)
    assert (listed(installation, event_id), kept(installation)) == ({}, 0)


def test_who_was_changed_since_stays(installation: Installation, event_id: int):
    bring(installation, event_id, FIRST)
    bring_again(installation, event_id, CHANGED)
    with installation.database.writing() as session:
        bo = session.scalar(select(Volunteer).where(Volunteer.email_key == "bo@example.org"))
        change_value(session, installation.seal, bo, "team", "fire")
    assert undo(installation, event_id) == (2, 1)
    known = listed(installation, event_id)
    assert (known["bo"][0], known["ana"][0]) == ("Bo Ek", "Ana")


def test_who_was_written_to_stays_and_who_only_waited_goes(
    installation: Installation, event_id: int
):
    add_account(installation.database, event_id)
    bring(installation, event_id, FIRST)
    with installation.database.writing() as session:
        event = event_for_change(session, event_id)
        assert queue_invitations(session, installation.seal, event) == 3
    (claimed,) = claim(installation.database, 1)
    assert begin(installation.database, claimed)
    settle(installation.database, claimed, SENT)
    assert undo(installation, event_id) == (2, 1)
    assert len(listed(installation, event_id)) == 1


@pytest.mark.parametrize("is_invited", [False, True])
def test_whose_link_was_copied_stays(installation: Installation, event_id: int, is_invited: bool):
    bring(installation, event_id, FIRST)
    with installation.database.writing() as session:
        event = event_for_change(session, event_id)
        if is_invited:
            queue_invitations(session, installation.seal, event)
        ana = session.scalars(select(Volunteer).order_by(Volunteer.id).limit(1)).one()
        link_to_copy(session, installation.settings, installation.seal, ana)
        apply(session, PassOn(), event_id, [ana.id])
    assert undo(installation, event_id) == (2, 1)


def test_a_number_that_somebody_else_has_by_now_is_not_taken_from_them(
    installation: Installation, event_id: int
):
    bring(installation, event_id, FIRST)
    bring_again(installation, event_id, "email,number\nana@example.org,B1")
    first = newest(installation, event_id)
    bring(installation, event_id, "email,number\ndi@example.org,A1")
    with installation.database.reading() as session:
        event = session.get_one(Event, event_id)
        found = count_undoable(session, installation.seal, event, first)
    assert found == Undone(staying=1)
    tally = run(installation.database, UndoList(first), event_id, held(installation))
    assert (tally.done, people_by_name(installation, event_id)["ana"].number) == (0, "B1")


def test_what_was_before_is_sealed_goes_with_an_erasure_and_after_a_week(
    installation: Installation, event_id: int
):
    bring(installation, event_id, FIRST)
    bring_again(installation, event_id, CHANGED)
    with installation.database.reading() as session:
        stored = " ".join(one.sealed_before or "" for one in session.scalars(select(ListChange)))
        ana = session.scalar(select(Volunteer).where(Volunteer.email_key == "ana@example.org"))
        held = held_about(session, ana, "en")
        (newest,) = imports_of(session, ana.event, most=1)
    # As it would stand in JSON; three letters alone may stand in what is sealed by chance.
    assert '"Ana"' not in stored
    assert kept(installation) == 6
    until = (newest.at + timedelta(days=7)).isoformat(timespec="seconds")
    assert held["earlier_values_of_the_list_kept_until"] == until
    with installation.database.writing() as session:
        erase(session, installation.seal, event_id, ana.id)
    assert kept(installation) == 4
    assert forget_old_imports(installation.database) == 0
    with installation.database.writing() as session:
        for one in session.scalars(select(ListImport)):
            one.at -= timedelta(days=7)
    assert forget_old_imports(installation.database) == 4
    with installation.database.reading() as session:
        assert session.scalars(select(ListImport)).all() == []


def test_a_forgotten_column_comes_back_by_no_undoing(installation: Installation, event_id: int):
    bring(installation, event_id, FIRST)
    bring_again(installation, event_id, CHANGED)
    forget_column(installation.database, event_id, "team")
    assert kept(installation) == 0


def test_what_was_before_is_sealed_anew_with_the_newest_key(
    installation: Installation, event_id: int
):
    old, both, new = Seal(["old"]), Seal(["new", "old"]), Seal(["new"])
    database, again = installation.database, f"{TITLES}\nana@example.org,A1,Anna,8,tea"
    bring(installation, event_id, FIRST)
    update_list(database, old, event_id, read_list(again))
    assert count_lost(database, new) == 1
    assert rotate_keys(database, both)["values"] == 1
    assert count_lost(database, new) == 0


def test_how_an_undone_list_was_read_is_forgotten(installation: Installation, event_id: int):
    rows = pasted_table(FIRST)
    with installation.database.writing() as session:
        remember(event_for_change(session, event_id), find_mapping(rows))
    bring(installation, event_id, FIRST)
    undo(installation, event_id)
    with installation.database.reading() as session:
        assert recall(session.get_one(Event, event_id), rows) is None


def titles(installation: Installation, event_id: int) -> list[str]:
    with installation.database.reading() as session:
        return session.get_one(Event, event_id).list_columns


def test_columns_that_came_with_it_alone_go_as_well(installation: Installation, event_id: int):
    bring(installation, event_id, FIRST)
    before = titles(installation, event_id)
    bring_again(installation, event_id, CHANGED)
    bring(installation, event_id, "email,hours,Distance\ndi@example.org,4,7")
    assert titles(installation, event_id) == [*before, "ID number", "Distance"]
    undo(installation, event_id)
    assert titles(installation, event_id) == [*before, "ID number"]
    undo(installation, event_id)
    assert titles(installation, event_id) == before
    undo(installation, event_id)
    assert titles(installation, event_id) == []


def hours_go_with_an_undone_list(installation: Installation, event_id: int) -> None:
    collected = Undoing(titles={"hours"})
    UndoList(0).settle(installation.database, event_id, collected)


def hours_are_forgotten(installation: Installation, event_id: int) -> None:
    run(installation.database, ForgetColumn("hours"), event_id)


@pytest.mark.parametrize("go", [hours_go_with_an_undone_list, hours_are_forgotten])
def test_a_column_that_somebody_brings_while_it_is_dropped_stays_and_is_counted(
    installation: Installation, event_id: int, go: Callable[[Installation, int], None]
):
    database = installation.database
    bring(installation, event_id, "email,hours\ndi@example.org,4")
    run(database, Remove(), event_id)
    with ThreadPoolExecutor() as pool:
        with database.writing() as session:
            event = event_for_change(session, event_id)
            add_volunteers(session, event, read_list("email,hours\ned@example.org,5"))
            # It finds nobody with hours, and waits for the event.
            dropped = pool.submit(go, installation, event_id)
            time.sleep(0.5)
        dropped.result()
    catch_up_all(database, installation.seal)
    assert titles(installation, event_id) == ["hours"]
    assert sums(database, event_id, "hours") == ("5", 1, 0)


def test_a_column_about_which_something_was_said_since_stays(
    installation: Installation, event_id: int
):
    bring(installation, event_id, "email,hours,Distance\ndi@example.org,4,7")
    say(installation, event_id, "Distance", kind=ColumnKind.NUMBER)
    assert sums(installation.database, event_id, "Distance") == ("7", 1, 0)
    undo(installation, event_id)
    assert titles(installation, event_id) == ["Distance"]
    assert sums(installation.database, event_id, "Distance") == ("0", 0, 0)
