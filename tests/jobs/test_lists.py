"""A long list waits as sealed lines, of which each is stored once, whatever ends meanwhile."""

import threading
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from shared.acts.add_list import AddList
from shared.acts.update_list import updating
from shared.events.installation import Installation
from shared.jobs import asking
from shared.jobs.carrying import carry_out_due
from shared.log.actor import AT_THE_MACHINE
from shared.privacy.erasure import erase_person
from shared.storage.clock import database_time
from shared.storage.models import Event, ListImport, ListLine, Volunteer
from shared.storage.sealing.key_rotation import rotate_keys
from shared.storage.sealing.tokens import Seal
from shared.volunteers.people import waiting_lines
from tests.support import factories
from tests.support.jobs import after_a_turn, ask, job
from tests.support.lists import read_call

MANY = 450


def waiting(installation: Installation, event_id: int, text: str) -> int:
    """The id of a list whose lines wait."""
    pasted = read_call(text)
    args = installation.database, installation.seal, event_id, pasted.accepted, pasted.reading
    return waiting_lines.keep(*args)


def people(installation: Installation, prefix: str = "v", count: int = MANY) -> str:
    return "email,name\n" + "\n".join(f"{prefix}{n}@example.org,Vera {n}" for n in range(count))


def lines_left(installation: Installation) -> int:
    with installation.database.reading() as session:
        return session.scalars(select(func.count()).select_from(ListLine)).one()


def listed(installation: Installation) -> dict[str, str]:
    with installation.database.reading() as session:
        found = select(Volunteer.email, Volunteer.listed_name).where(Volunteer.email != "")
        return {email: name for email, name in session.execute(found)}


def test_a_list_is_stored_whole_by_several_who_follow_each_other(
    installation: Installation, event_id: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    act = AddList(waiting(installation, event_id, people(installation)))
    asked, ends = ask(installation, event_id, act), threading.Event()
    assert (job(installation, asked).confirmed, listed(installation)) == (MANY, {})
    with monkeypatch.context() as patched:
        after_a_turn(patched, ends.set)
        carry_out_due(installation, ends)
    # What is stored waits no longer, and what waits is not stored.
    assert 0 < len(listed(installation)) == MANY - lines_left(installation) < MANY
    carry_out_due(installation)
    assert listed(installation) == {f"v{n}@example.org": f"Vera {n}" for n in range(MANY)}
    done = job(installation, asked)
    assert (lines_left(installation), done.refusal) == (0, None)
    assert (done.tallies[0]["added"], done.tallies[0]["new"]) == (MANY, [])
    # The same once more is harmless.
    again = AddList(waiting(installation, event_id, people(installation)))
    asked = ask(installation, event_id, again)
    carry_out_due(installation)
    assert (len(listed(installation)), job(installation, asked).tallies[0]["added"]) == (MANY, 0)


def test_who_is_there_is_updated_and_what_the_list_leaves_empty_goes(
    installation: Installation, event_id: int
) -> None:
    factories.add(
        installation.database, event_id, "email,name\nana@example.org,Ana\nbo@example.org,Bo"
    )
    text = "email,name\nana@example.org,Ana Silva\nbo@example.org,\ncy@example.org,Cy"
    list_id = waiting(installation, event_id, text)
    act = updating(read_call(text), empty_erases=True)(list_id)
    asked = ask(installation, event_id, act)
    carry_out_due(installation)
    names = {"ana@example.org": "Ana Silva", "bo@example.org": "", "cy@example.org": "Cy"}
    assert listed(installation) == names
    (tally,) = job(installation, asked).tallies
    assert (tally["added"], tally["changed"]) == (1, 2)


def test_nobody_without_a_number_gets_one_of_a_line_that_waits(
    installation: Installation, event_id: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [f"v{n}@example.org" for n in range(400)]
    text = "\n".join([*rows, "last@example.org,000005"])
    ask(installation, event_id, AddList(waiting(installation, event_id, text)))
    carry_out_due(installation)
    with installation.database.reading() as session:
        owner = select(Volunteer.email).where(Volunteer.number == "000005")
        assert session.scalars(owner).one() == "last@example.org"
        assert session.scalars(select(func.count()).select_from(Volunteer)).one() == 401


def test_who_is_erased_while_their_line_waits_is_forgotten_there_too(
    installation: Installation, event_id: int
) -> None:
    factories.add(installation.database, event_id, "email,name\nana@example.org,Ana")
    text = "email,name\nana@example.org,Ana Silva\nbo@example.org,Bo"
    act = updating(read_call(text))(waiting(installation, event_id, text))
    asked = ask(installation, event_id, act)
    with installation.database.reading() as session:
        ana = session.scalars(select(Volunteer)).one()
    erase_person(installation.database, installation.seal, ana, AT_THE_MACHINE)
    assert lines_left(installation) == 1
    carry_out_due(installation)
    assert listed(installation) == {"bo@example.org": "Bo"}
    assert job(installation, asked).refusal is None


def test_lines_that_nothing_will_store_go(installation: Installation, event_id: int) -> None:
    database = installation.database
    asked = ask(installation, event_id, AddList(waiting(installation, event_id, "a@example.org")))

    def age() -> None:
        with database.writing() as session:
            for one in session.scalars(select(ListImport)):
                one.at = database_time(session) - timedelta(hours=2)

    age()
    waiting_lines.forget_left(database)
    assert lines_left(installation) == 1
    with database.writing(by=AT_THE_MACHINE) as session:
        asking.stop(session, event_id, asked)
    carry_out_due(installation)
    waiting(installation, event_id, "b@example.org")
    waiting_lines.forget_left(database)
    assert lines_left(installation) == 1
    age()
    waiting_lines.forget_left(database)
    assert lines_left(installation) == 0


def test_a_line_is_sealed_and_sealed_anew_with_a_new_key(
    installation: Installation, event_id: int
) -> None:
    list_id = waiting(installation, event_id, "email,name\nana@example.org,Ana Silva")

    def sealed() -> str:
        with installation.database.reading() as session:
            return session.scalars(select(ListLine.sealed)).one() or ""

    before = sealed()
    assert "ana" not in before.lower()
    new = "another-key-of-the-installation-" * 2
    old = (installation.settings.data_dir / "secret.key").read_text().strip()
    assert rotate_keys(installation.database, Seal([new, old]))["values"] == 1
    assert sealed() != before
    with installation.database.writing() as session:
        event = session.get_one(Event, event_id)
        ids = session.scalars(waiting_lines.of_list(event, list_id)).all()
        (line,) = waiting_lines.take(session, Seal([new]), list_id, ids)
    assert (line.email, line.name) == ("ana@example.org", "Ana Silva")
