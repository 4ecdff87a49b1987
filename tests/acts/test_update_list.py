"""A list that is brought again: what changes about whom, and what never does."""

import pytest
from sqlalchemy import select, update

from shared.acts.issue import IssueFromList
from shared.acts.run import run
from shared.events import event_for_change
from shared.events.installation import Installation
from shared.privacy.erasure import erase
from shared.storage import turns
from shared.storage.models import Event, Status, Volunteer
from shared.storage.sealing.secret_values import open_values
from shared.volunteers.lists.masks import masked
from shared.volunteers.people.comparison import compare
from tests.support import factories
from tests.support.acting import held, queue_invitations
from tests.support.list_columns import say, sums
from tests.support.lists import FIRST, TITLES, bring, bring_again, people_by_name, read_list


@pytest.fixture(autouse=True)
def short_turns(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "_FEWEST", 2)


def sums_of(found) -> tuple[int, ...]:
    return (
        len(found.new), len(found.updated), len(found.already_there), len(found.repeated),
        len(found.refused),
    )  # fmt: skip


def test_wrong_columns_become_right_and_all_lines_are_told(
    installation: Installation, event_id: int
):
    bring(installation, event_id, FIRST)
    again = (
        f"{TITLES},city\nana@example.org,A1,Ana Lima,8,tea,\nbo@example.org,B2,Bo,7.5,,Xiamen\n"
        "cy@example.org,A3,,,,\ndi@example.org,A2,Di,1,,\nana@example.org,A1,Ana Silva,8,tea,\nno"
    )
    found = bring_again(installation, event_id, again)
    assert sums_of(found) == (1, 2, 1, 1, 1)
    assert (found.missing, found.repeated[0].line) == (0, 2)
    known = people_by_name(installation, event_id)
    assert (known["ana"].listed_name, known["ana"].columns) == (
        "Ana Silva",
        {"hours": "8", "team": "tea"},
    )
    assert (known["bo"].number, known["di"].number) == ("B2", "A2")
    assert known["bo"].columns == {"hours": "7.5", "team": "tea", "city": "Xiamen"}
    assert sums(installation.database, event_id, "hours") == ("16.5", 3, 0)
    assert sums_of(bring_again(installation, event_id, again)) == (0, 0, 4, 1, 1)


def test_empty_cells_erase_only_when_asked(installation: Installation, event_id: int):
    bring(installation, event_id, FIRST)
    emptier = f"{TITLES}\nana@example.org,A1,Ana,8,tea\nbo@example.org,,,,"
    assert len(bring_again(installation, event_id, emptier).updated) == 0
    found = bring_again(installation, event_id, emptier, empty_erases=True)
    assert ([one.email for one in found.updated], found.missing) == (["bo@example.org"], 1)
    bo = people_by_name(installation, event_id)["bo"]
    assert (bo.listed_name, bo.number, bo.columns) == ("", "A2", {"hours": "", "team": ""})
    assert sums(installation.database, event_id, "hours") == ("8", 1, 0)


def test_who_was_written_to_keeps_number_given_name_status_and_link(
    installation: Installation, event_id: int
):
    factories.design(installation.database, event_id)
    bring(installation, event_id, FIRST)
    with installation.database.writing() as session:
        event = event_for_change(session, event_id)
        queue_invitations(session, installation.seal, event)
        named = update(Volunteer).where(Volunteer.email_key == "ana@example.org")
        session.execute(named.values(given_name="Ana Herself", status=Status.SUBMITTED))
    before = people_by_name(installation, event_id)["ana"]
    found = bring_again(installation, event_id, f"{TITLES}\nana@example.org,Z9,Anna,10,tea")
    after = people_by_name(installation, event_id)["ana"]
    assert (len(found.updated), after.listed_name, after.columns["hours"]) == (1, "Anna", "10")
    for kept in ("number", "given_name", "status", "token", "asked_at"):
        assert getattr(after, kept) == getattr(before, kept)
    assert after.name == "Ana Herself"
    renumbered = bring_again(installation, event_id, "email,number\nana@example.org,Z9")
    assert sums_of(renumbered) == (0, 0, 1, 0, 0)


def test_numbers_go_from_one_to_the_next_and_not_round_in_a_circle(
    installation: Installation, event_id: int
):
    bring(installation, event_id, "email,number\n" + "\n".join(f"p{n}@x.org,{n}" for n in range(9)))
    shifted = "\n".join(f"p{n}@x.org,{n + 1}" for n in range(9))
    found = bring_again(installation, event_id, f"email,number\n{shifted}\nnew@x.org,0")
    assert sums_of(found) == (1, 9, 0, 0, 0)
    numbers = {name: one.number for name, one in people_by_name(installation, event_id).items()}
    assert numbers == {f"p{n}": str(n + 1) for n in range(9)} | {"new": "0"}
    circle = "email,number,name\np0@x.org,2,Zero\np1@x.org,1,One\np2@x.org,3,Two"
    found = bring_again(installation, event_id, circle)
    assert (sums_of(found), [one.line for one in found.refused]) == ((0, 1, 0, 0, 2), [2, 3])
    assert people_by_name(installation, event_id)["p0"].listed_name == ""


def test_the_erased_and_the_forgotten_stay_out(installation: Installation, event_id: int):
    bring(installation, event_id, FIRST)
    with installation.database.writing() as session:
        ana = session.scalar(select(Volunteer).where(Volunteer.email_key == "ana@example.org"))
        erase(session, installation.seal, event_id, ana.id)
    found = bring_again(installation, event_id, FIRST.replace("Bo", "Bo Ek"))
    assert sums_of(found) == (0, 1, 1, 0, 1)
    assert found.refused[0].text == "ana@example.org"


def test_secrets_are_compared_open_and_stored_sealed(installation: Installation, event_id: int):
    titles, card, other = "email,ID number", "110101199001011234", "110101199001019999"
    bring(installation, event_id, f"{titles}\nana@example.org,{card}")
    for value, changed in ((card, 0), (masked(card), 0), (other, 1)):
        found = bring_again(installation, event_id, f"{titles}\nana@example.org,{value}")
        assert len(found.updated) == changed
    ana = people_by_name(installation, event_id)["ana"]
    assert ana.columns == {"ID number": masked(other)}
    assert open_values(installation.seal, event_id, ana.secrets) == {"ID number": other}


def test_a_column_of_numbers_is_counted_once_whoever_changes(
    installation: Installation, event_id: int
):
    bring(installation, event_id, "email,shifts\na@x.org,1\nb@x.org,two\nc@x.org,3")
    say(installation, event_id, "shifts", kind="number")
    found = bring_again(installation, event_id, "email,shifts\na@x.org,4\nb@x.org,2\nc@x.org,none")
    assert len(found.updated) == 3
    assert sums(installation.database, event_id, "shifts") == ("6", 2, 1)


def test_a_name_that_can_be_drawn_releases_who_was_held_for_it(
    installation: Installation, event_id: int
):
    factories.design(installation.database, event_id)
    bring(installation, event_id, "email,name\nana@example.org,𒀀𒀁")
    act = IssueFromList()
    run(installation.database, act, event_id, held(installation))
    assert people_by_name(installation, event_id)["ana"].problem
    bring_again(installation, event_id, "email,name\nana@example.org,Ana")
    assert people_by_name(installation, event_id)["ana"].problem is None
    assert run(installation.database, act, event_id, held(installation)).done == 1


def test_what_the_comparison_counts_the_update_does(installation: Installation, event_id: int):
    bring(installation, event_id, FIRST)
    rows = "ana@example.org,A3,Ana B,8,\nbo@example.org,A4,Bo,1,\nnew@x.org,A2,,,"
    with installation.database.reading() as session:
        event, again = session.get_one(Event, event_id), read_list(f"{TITLES}\n{rows}")
        counted = compare(session, installation.seal, event, again)
    found = bring_again(installation, event_id, f"{TITLES}\n{rows}")
    assert (len(counted.changed), len(counted.new)) == (len(found.updated), len(found.new))
    assert counted.refused == found.refused
