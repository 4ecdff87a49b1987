"""A list that is brought a second time knows what was corrected since the first."""

import json
from collections.abc import Mapping
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from shared.acts.add_list import add_list
from shared.acts.change_value import change_value
from shared.acts.forget import forget
from shared.acts.forget_column import forget_column
from shared.acts.rename import Rename
from shared.acts.run import apply_to, run
from shared.acts.undo_list import UndoList
from shared.acts.update_list import update_list
from shared.events import event_for_change
from shared.events.installation import Installation
from shared.privacy.erasure import erase
from shared.privacy.own_data import held_about
from shared.privacy.retention import set_retention
from shared.storage import turns
from shared.storage.models import ColumnKind, Event, ListChange, Volunteer
from shared.storage.sealing.key_rotation import rotate_keys
from shared.storage.sealing.tokens import Seal, load_keys
from shared.volunteers.lists.list_parser import with_addresses
from shared.volunteers.lists.recipients import RecipientList
from shared.volunteers.lists.tidied_names import Untidy, with_tidied_names
from shared.volunteers.people.comparison import Comparison, compare, count_missing
from shared.volunteers.people.list_changes import imports_of
from shared.volunteers.people.roster import change_address
from tests.support.acting import held
from tests.support.list_columns import say
from tests.support.lists import bring, bring_again, people_by_name, read_list

LIST = (
    "email,name,hours,ID number\n"
    "ana@exmaple.org,ANA MEIER,8,110101199001011234\n"
    "bo@example.org,BO EK,9,\n"
    "cy@gmial.com,Cy Young,,\n"
)


@pytest.fixture(autouse=True)
def short_turns(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "_FEWEST", 2)


def tidied(text: str, addresses: Mapping[str, str] | None = None) -> RecipientList:
    return with_tidied_names(with_addresses(read_list(text), addresses or {}), [Untidy.CAPITALS])


def correct(installation: Installation, event_id: int, who: str, **values: str) -> None:
    """By hand, in the window of a person: address, name, or the value in a column."""
    with installation.database.writing() as session:
        theirs = Volunteer.event_id == event_id, Volunteer.email.like(f"{who}@%")
        person, seal = session.scalars(select(Volunteer).where(*theirs)).one(), installation.seal
        for title, value in values.items():
            if title == "address":
                change_address(session, seal, person, value)
            elif title == "name":
                apply_to(session, Rename(person.listed_name, value, only=person.id), person)
            else:
                change_value(session, seal, person, title.replace("_", " "), value)


def compared(
    installation: Installation, event_id: int, pasted: RecipientList | str, **how: bool
) -> Comparison:
    with installation.database.reading() as session:
        event = session.get_one(Event, event_id)
        pasted = read_list(pasted) if isinstance(pasted, str) else pasted
        return compare(session, installation.seal, event, pasted, **how)


def sums_of(found: Comparison) -> dict[str, int]:
    """Of each kind of line, how many there are."""
    sums = {
        "new": len(found.new), "changed": len(found.changed), "kept": len(found.kept),
        "unchanged": len(found.unchanged), "repeated": len(found.repeated),
        "refused": len(found.refused),
    }  # fmt: skip
    return {kind: count for kind, count in sums.items() if count}


def missing(installation: Installation, event_id: int, found: Comparison) -> int:
    with installation.database.reading() as session:
        return count_missing(session, session.get_one(Event, event_id), found)


def corrected_list(installation: Installation, event_id: int) -> None:
    """The list, with names tidied and one address corrected before it is stored; another address,
    a name and two values by hand."""
    pasted = tidied(LIST, {"cy@gmial.com": "cy@gmail.com"})
    add_list(installation.database, installation.seal, event_id, pasted)
    correct(installation, event_id, "ana", address="ana@example.org", hours="8.5")
    correct(installation, event_id, "ana", ID_number="110101199001019999")
    correct(installation, event_id, "cy", name="Cy Jung")


def test_the_very_same_list_changes_nothing_and_one_changed_line_is_one_change(
    installation: Installation, event_id: int
):
    corrected_list(installation, event_id)
    before = rows(installation, event_id)
    found = compared(installation, event_id, LIST)
    assert (sums_of(found), missing(installation, event_id, found)) == ({"unchanged": 3}, 0)
    done = bring_again(installation, event_id, LIST)
    assert (len(done.already_there), done.missing) == (3, 0)
    assert len(bring(installation, event_id, LIST).already_there) == 3
    assert rows(installation, event_id) == before
    # Nor does one that was tidied otherwise, or not at all.
    assert sums_of(compared(installation, event_id, tidied(LIST))) == {"unchanged": 3}
    found = compared(installation, event_id, LIST.replace("BO EK,9", "BO EK,10"))
    assert sums_of(found) == {"changed": 1, "unchanged": 2}
    assert found.changed[0].difference.columns == {"hours": "10"}
    bring_again(installation, event_id, LIST.replace("BO EK,9", "BO EK,10"))
    assert people_by_name(installation, event_id)["bo"].listed_name == "Bo Ek"
    assert rows(installation, event_id, "ana", "cy") == {
        name: row for name, row in before.items() if name != "bo"
    }


def rows(installation: Installation, event_id: int, *who: str) -> dict[str, list[object]]:
    columns = Volunteer.__table__.columns
    return {
        name: [getattr(person, column.key) for column in columns]
        for name, person in people_by_name(installation, event_id).items()
        if name in who or not who
    }


def test_only_what_differs_is_kept_and_nothing_of_a_secret(
    installation: Installation, event_id: int
):
    corrected_list(installation, event_id)
    known = people_by_name(installation, event_id)
    assert (known["bo"].stood_key, known["bo"].stood) == (
        None, {"name": "BO EK", "is_tidied": True},
    )  # fmt: skip
    assert (known["cy"].stood_key, known["cy"].stood) == ("cy@gmial.com", {"name": "Cy Young"})
    ana = known["ana"]
    assert (ana.stood_key, ana.stood["columns"]) == ("ana@exmaple.org", {"hours": "8"})
    assert [*ana.stood["hashes"]] == ["ID number"]
    assert "1101011990" not in str(ana.stood)
    # Whoever corrects a correction back leaves nothing.
    correct(installation, event_id, "ana", address="ana@exmaple.org", name="ANA MEIER", hours="8")
    correct(installation, event_id, "ana", ID_number="110101199001011234")
    ana = people_by_name(installation, event_id)["ana"]
    assert (ana.stood_key, ana.stood) == (None, None)


def test_a_correction_that_a_changed_line_meets_is_kept_or_replaced_as_is_wished(
    installation: Installation, event_id: int
):
    corrected_list(installation, event_id)
    other = LIST.replace("MEIER,8,110101199001011234", "MAIER,7,110101199001015678")
    found = compared(installation, event_id, tidied(other), keeps_corrected=True)
    # The name was tidied only: nobody corrected it.
    assert found.changed[0].difference.name == "Ana Maier"
    met = {"hours": "7", "ID number": "110101199001015678"}
    assert [one.difference.met for one in found.corrected] == [met]
    update_list(
        installation.database, installation.seal, event_id, tidied(other), keeps_corrected=True
    )
    ana = people_by_name(installation, event_id)["ana"]
    assert (ana.listed_name, ana.columns["hours"]) == ("Ana Maier", "8.5")
    assert ana.columns["ID number"].endswith("999")
    # What the list said is noted: the same list asks about it no more.
    assert sums_of(compared(installation, event_id, other)) == {"unchanged": 3}
    again = LIST.replace("MEIER,8,110101199001011234", "MAIER,6,110101199001011111")
    assert len(bring_again(installation, event_id, again).updated) == 1
    ana = people_by_name(installation, event_id)["ana"]
    assert (ana.columns["hours"], ana.stood) == ("6", {"name": "ANA MAIER", "is_tidied": True})


def test_a_kept_correction_alone_is_noted_and_counts_as_no_update(
    installation: Installation, event_id: int
):
    corrected_list(installation, event_id)
    other = LIST.replace("Cy Young", "Cy Younger")
    found = compared(installation, event_id, other, keeps_corrected=True)
    assert sums_of(found) == {"kept": 1, "unchanged": 2}
    done = update_list(
        installation.database, installation.seal, event_id, read_list(other), keeps_corrected=True
    )
    assert (len(done.updated), len(done.already_there)) == (0, 3)
    assert sums_of(compared(installation, event_id, other)) == {"unchanged": 3}
    with installation.database.reading() as session:
        assert imports_of(session, session.get_one(Event, event_id), most=9)[0].updated == 0


def test_what_was_tidied_before_anything_was_noted_is_asked_once(
    installation: Installation, event_id: int
):
    pasted = tidied(LIST, {"cy@gmial.com": "cy@gmail.com"})
    add_list(installation.database, installation.seal, event_id, pasted)
    with installation.database.writing() as session:
        session.execute(update(Volunteer).values(stood=None, stood_key=None))
    assert sums_of(compared(installation, event_id, LIST)) == {"new": 1, "changed": 2}
    assert sums_of(compared(installation, event_id, pasted)) == {"kept": 3}
    update_list(installation.database, installation.seal, event_id, pasted)
    assert sums_of(compared(installation, event_id, LIST)) == {"unchanged": 3}


def test_a_name_that_changed_is_stored_tidied_if_that_is_wished(
    installation: Installation, event_id: int
):
    bring(installation, event_id, LIST)
    other = LIST.replace("BO EK", "BO EKMAN")
    update_list(installation.database, installation.seal, event_id, tidied(other))
    known = people_by_name(installation, event_id)
    # Who is listed as before keeps the name that nobody tidied.
    assert (known["bo"].listed_name, known["ana"].listed_name) == ("Bo Ekman", "ANA MEIER")
    assert sums_of(compared(installation, event_id, other)) == {"unchanged": 3}


def test_who_has_an_address_now_goes_before_who_had_it_and_nobody_is_there_twice(
    installation: Installation, event_id: int
):
    bring(installation, event_id, "email,name\nana@example.org,Ana\n")
    correct(installation, event_id, "ana", address="ana.lima@example.org")
    both = "email,name\nana@example.org,Ana\nana.lima@example.org,Ana Lima\n"
    found = compared(installation, event_id, both)
    assert sums_of(found) == {"changed": 1, "repeated": 1}
    (twice,) = found.repeated
    assert (twice.line, twice.text, twice.details) == (
        2, "ana@example.org", {"first": 3, "address": "ana.lima@example.org"},
    )  # fmt: skip
    assert missing(installation, event_id, found) == 0
    bring_again(installation, event_id, both)
    assert {*people_by_name(installation, event_id)} == {"ana.lima"}
    bring(installation, event_id, "email,name\nbo@example.org,Bo\n")
    correct(installation, event_id, "bo", address="ana@example.org")
    found = compared(installation, event_id, "email,name\nana@example.org,Bo\n")
    assert sums_of(found) == {"unchanged": 1}


def test_empty_cells_erase_nothing_that_was_entered_by_hand(
    installation: Installation, event_id: int
):
    first = "email,name,team\nana@example.org,,\nbo@example.org,Bo,tea\ncy@example.org,Cy,tea\n"
    bring(installation, event_id, first)
    correct(installation, event_id, "ana", name="Ana", team="water")
    same = first.replace("Bo,tea", "Bo,")
    found = compared(installation, event_id, same, empty_erases=True)
    assert (sums_of(found), found.emptier) == ({"changed": 1, "unchanged": 2}, 1)


@pytest.mark.parametrize("address", ["ana@exmaple.org", "ana@example.org"])
def test_whoever_is_erased_comes_back_by_neither_address(
    installation: Installation, event_id: int, address: str
):
    corrected_list(installation, event_id)
    ana = people_by_name(installation, event_id)["ana"]
    with installation.database.writing() as session:
        erase(session, installation.seal, event_id, ana.id)
    with installation.database.reading() as session:
        assert session.get_one(Volunteer, ana.id).stood_key is None
    line = f"email,name\n{address},Ana\n"
    assert sums_of(compared(installation, event_id, line)) == {"refused": 1}
    assert bring(installation, event_id, line).erased == 1
    meant = with_addresses(read_list(line), {address: "ana@example.net"})
    assert sums_of(compared(installation, event_id, meant)) == {"refused": 1}


@pytest.mark.parametrize("is_erased", [False, True])
def test_whose_address_was_kept_long_enough_is_known_by_both_of_them(
    installation: Installation, event_id: int, is_erased: bool
):
    corrected_list(installation, event_id)
    ana = people_by_name(installation, event_id)["ana"]
    with installation.database.writing() as session:
        set_retention(session, event_for_change(session, event_id), 30)
        past = ana.created_at - timedelta(days=99)
        session.execute(update(Volunteer).values(created_at=past))
    assert forget(installation.database, installation.seal, event_id) == 3
    with installation.database.reading() as session:
        person = session.get_one(Volunteer, ana.id)
        assert "exmaple" not in str([person.stood, person.stood_key, person.email_key])
    if is_erased:
        with installation.database.writing() as session:
            erase(session, installation.seal, event_id, ana.id)
    found = compared(installation, event_id, LIST)
    assert sums_of(found) == ({"unchanged": 2, "refused": 1} if is_erased else {"unchanged": 3})
    again = bring(installation, event_id, LIST)
    assert (len(again.new), again.erased) == (0, int(is_erased))


def test_undoing_a_list_restores_what_stood_then(installation: Installation, event_id: int):
    corrected_list(installation, event_id)
    before = rows(installation, event_id)
    other = LIST.replace("MEIER,8", "MAIER,7").replace("Cy Young", "Cy Younger")
    assert len(bring_again(installation, event_id, other).updated) == 2
    with installation.database.reading() as session:
        (newest, *_) = imports_of(session, session.get_one(Event, event_id), most=1)
    assert run(installation.database, UndoList(newest.id), event_id, held(installation)).done == 2
    assert rows(installation, event_id) == before


def test_a_change_from_before_anything_was_noted_can_still_be_undone(
    installation: Installation, event_id: int
):
    bring(installation, event_id, LIST)
    bring_again(installation, event_id, LIST.replace("BO EK", "Bo Ek"))
    bo = people_by_name(installation, event_id)["bo"].id
    # As it was written then.
    binding = ("values before a list", str(bo))
    then = json.dumps({"name": "BO EK", "number": None, "columns": {}})
    with installation.database.writing() as session:
        sealed = installation.seal.seal_bound(then, binding)
        changed = ListChange.volunteer_id == bo, ListChange.sealed_before.is_not(None)
        session.execute(update(ListChange).where(*changed).values(sealed_before=sealed))
    with installation.database.reading() as session:
        (newest, *_) = imports_of(session, session.get_one(Event, event_id), most=1)
    assert run(installation.database, UndoList(newest.id), event_id, held(installation)).done == 1
    assert people_by_name(installation, event_id)["bo"].listed_name == "BO EK"


def test_a_column_that_becomes_secret_or_is_forgotten_is_so_there_too(
    installation: Installation, event_id: int
):
    corrected_list(installation, event_id)
    say(installation, event_id, "hours", kind=ColumnKind.SECRET)
    ana = people_by_name(installation, event_id)["ana"]
    assert ("columns" in ana.stood, {*ana.stood["hashes"]}) == (False, {"hours", "ID number"})
    assert sums_of(compared(installation, event_id, LIST)) == {"unchanged": 3}
    say(installation, event_id, "hours", kind=ColumnKind.TEXT)
    assert sums_of(compared(installation, event_id, LIST)) == {"unchanged": 3}
    forget_column(installation.database, event_id, "hours")
    assert {*people_by_name(installation, event_id)["ana"].stood["hashes"]} == {"ID number"}


def test_a_new_key_changes_nothing_about_what_is_recognized(
    installation: Installation, event_id: int
):
    corrected_list(installation, event_id)
    settings = installation.settings
    given = settings.secret_keys.get_secret_value() if settings.secret_keys else None
    keys = load_keys(given, settings.data_dir / "secret.key", is_new=False)
    rotate_keys(installation.database, Seal(["new", *keys]))
    seal = Seal(["new"])
    with installation.database.reading() as session:
        found = compare(session, seal, session.get_one(Event, event_id), read_list(LIST))
    assert sums_of(found) == {"unchanged": 3}


def test_people_read_what_the_list_said_of_them(installation: Installation, event_id: int):
    corrected_list(installation, event_id)
    with installation.database.reading() as session:
        ana = session.get_one(Volunteer, people_by_name(installation, event_id)["ana"].id)
        told = held_about(session, ana, "en")["person"]["on_the_list_before_it_was_corrected"]
    assert told == {
        "address": "ana@exmaple.org",
        "name": "ANA MEIER",
        "further_columns": {"hours": "8"},
        "known_by_a_hash": ["ID number"],
    }
