"""A job is done exactly once to whom was confirmed, whatever ends meanwhile."""

import threading
import time
from pathlib import Path

import pytest
from sqlalchemy import func, select

from shared.access import colleagues
from shared.access.roles import Permission
from shared.acts import Act, Tally, Turn
from shared.acts.invite import Invite
from shared.acts.issue import IssueFromList
from shared.acts.issue_anew import IssueAnew
from shared.acts.remove import Remove
from shared.acts.run import run
from shared.acts.undo_list import UndoList
from shared.errors import ProductError, explain
from shared.events import event_for_change
from shared.events.installation import Installation
from shared.jobs import asking
from shared.jobs.carrying import carry_out_due
from shared.log.actor import AT_THE_MACHINE
from shared.mail.queue import hold
from shared.storage.models import (
    AccessKey,
    Action,
    AuditEntry,
    Certificate,
    ConsoleSession,
    Job,
    ListImport,
    Mail,
    Volunteer,
)
from shared.volunteers.people.listing import ALL, Selection
from tests.support import factories
from tests.support.acting import held
from tests.support.colleagues import join
from tests.support.jobs import add_people, after_a_turn, ask, carry_out_here, end_leases, job
from tests.support.processes import at_once, fresh_process

PEOPLE = 650


def people_left(installation: Installation) -> int:
    with installation.database.reading() as session:
        return session.scalars(select(func.count()).select_from(Volunteer)).one()


def refusal(found: Job) -> str:
    reason = asking.refused(found)
    assert reason is not None
    return explain(reason, "en")


def test_it_is_done_to_all_and_says_how_many(installation: Installation, event_id: int) -> None:
    add_people(installation, event_id, PEOPLE)
    asked = ask(installation, event_id, Remove())
    assert (job(installation, asked).confirmed, people_left(installation)) == (PEOPLE, PEOPLE)
    carry_out_due(installation)
    done = job(installation, asked)
    assert (people_left(installation), done.done, done.refusal) == (0, PEOPLE, None)
    assert done.ended_at is not None
    assert [one["done"] for one in done.tallies] == [PEOPLE]
    with installation.database.reading() as session:
        removed = select(AuditEntry).where(AuditEntry.action == Action.VOLUNTEER_REMOVED)
        (entry,) = session.scalars(removed).all()
    assert (entry.count, entry.network) == (PEOPLE, "192.0.2.7")


def test_what_was_wished_goes_when_it_ends(installation: Installation, event_id: int) -> None:
    add_people(installation, event_id, 3)
    asked = ask(installation, event_id, Remove(Selection(search="Vera")))
    assert "Vera" in str(job(installation, asked).acts)
    carry_out_due(installation)
    assert job(installation, asked).acts == [{"act": "Remove"}]


def test_several_acts_follow_each_other(installation: Installation, event_id: int) -> None:
    factories.design(installation.database, event_id)
    add_people(installation, event_id, 4)
    with installation.database.writing() as session:
        nameless = session.scalars(select(Volunteer).order_by(Volunteer.id)).first()
        assert nameless is not None
        nameless.listed_name = ""
        event_for_change(session, event_id).naming = "issue"  # type: ignore[assignment]
    asked = ask(installation, event_id, IssueFromList(), Invite())
    carry_out_due(installation)
    done = job(installation, asked)
    assert [one["done"] for one in done.tallies] == [3, 1]
    with installation.database.reading() as session:
        kinds = session.scalars(select(Mail.kind).order_by(Mail.id)).all()
    assert sorted(kinds) == ["certificate", "certificate", "certificate", "invitation"]


def test_a_killed_process_leaves_the_rest_to_another_which_does_nothing_twice(
    installation: Installation, event_id: int, database_url: str, tmp_path: Path
) -> None:
    factories.design(installation.database, event_id)
    add_people(installation, event_id, PEOPLE)
    run(installation.database, IssueFromList(), event_id, held(installation))
    asked = ask(installation, event_id, IssueAnew(ALL, mailed=False))
    settings = installation.settings
    process = fresh_process(carry_out_here, settings.database_url, settings.data_dir)
    process.start()
    deadline = time.monotonic() + 60
    while job(installation, asked).place is None and time.monotonic() < deadline:
        time.sleep(0.01)
    process.kill()
    process.join()
    found = job(installation, asked)
    assert 0 < found.done < PEOPLE
    assert found.claimed_by is not None
    # Until its lease ends, nobody else has it.
    carry_out_due(installation)
    assert job(installation, asked).done == found.done
    end_leases(installation)
    carry_out_due(installation)
    done = job(installation, asked)
    assert (done.done, done.tallies[0]["done"], done.refusal) == (PEOPLE, PEOPLE, None)
    with installation.database.reading() as session:
        each = select(func.count(Certificate.id)).group_by(Certificate.volunteer_id)
        assert set(session.scalars(each)) == {2}


def test_a_stopped_process_gives_it_back_at_once(
    installation: Installation, event_id: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_people(installation, event_id, PEOPLE)
    asked, ends = ask(installation, event_id, Remove()), threading.Event()
    with monkeypatch.context() as patched:
        after_a_turn(patched, ends.set)
        carry_out_due(installation, ends)
    assert 0 < job(installation, asked).done < PEOPLE
    assert job(installation, asked).claimed_by is None
    carry_out_due(installation)
    assert people_left(installation) == 0


def test_it_is_refused_when_more_are_concerned_than_were_confirmed(
    installation: Installation, event_id: int
) -> None:
    add_people(installation, event_id, 5)
    asked = ask(installation, event_id, Remove())
    add_people(installation, event_id, 2, "late")
    carry_out_due(installation)
    assert people_left(installation) == 7
    said = refusal(job(installation, asked))
    assert "7 people" in said
    assert "you confirmed 5" in said


def test_who_comes_later_is_not_meant(
    installation: Installation, event_id: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_people(installation, event_id, PEOPLE)
    ask(installation, event_id, Remove())
    after_a_turn(monkeypatch, lambda: add_people(installation, event_id, 3, "late"))
    carry_out_due(installation)
    assert people_left(installation) == 3


def test_of_two_presses_at_once_one_is_refused_in_words(
    installation: Installation, event_id: int
) -> None:
    add_people(installation, event_id, 5)

    def press() -> int | str:
        try:
            return ask(installation, event_id, Remove())
        except ProductError as refused:
            return explain(refused, "en")

    asked = at_once(press, 2)
    (said,) = (one for one in asked if isinstance(one, str))
    assert said.startswith("Another bulk action is running")
    with installation.database.reading() as session:
        assert session.scalars(select(func.count()).select_from(Job)).one() == 1


def test_two_who_carry_out_at_once_do_everything_once(
    installation: Installation, event_id: int
) -> None:
    add_people(installation, event_id, PEOPLE)
    asked = ask(installation, event_id, Invite())
    at_once(lambda: carry_out_due(installation), 3)
    assert job(installation, asked).tallies[0]["done"] == PEOPLE
    with installation.database.reading() as session:
        assert session.scalars(select(func.count()).select_from(Mail)).one() == PEOPLE


def test_it_ends_when_the_role_of_who_asked_is_taken_away(
    installation: Installation, event_id: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_people(installation, event_id, PEOPLE)
    token = join(installation.database, event_id, "Hel Per", "helper")
    asked = ask(installation, event_id, Remove(), needed=Permission.CHANGE_LIST, token=token)

    def revoke() -> None:
        with installation.database.writing(by=AT_THE_MACHINE) as session:
            (key,) = session.scalars(select(AccessKey)).all()
            event = event_for_change(session, event_id)
            colleagues.remove_person(session, event, key.id)

    after_a_turn(monkeypatch, revoke)
    carry_out_due(installation)
    found = job(installation, asked)
    assert found.ended_at is not None
    assert 0 < found.done == PEOPLE - people_left(installation) < PEOPLE
    assert "revoked" in refusal(found)


def test_it_goes_on_after_who_asked_has_closed_the_browser_and_signed_out(
    installation: Installation, event_id: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_people(installation, event_id, PEOPLE)
    ask(installation, event_id, Remove())

    def sign_out() -> None:
        with installation.database.writing() as session:
            for one in session.scalars(select(ConsoleSession)):
                session.delete(one)

    after_a_turn(monkeypatch, sign_out)
    carry_out_due(installation)
    assert people_left(installation) == 0


def test_what_is_stopped_stays_as_far_as_it_is(
    installation: Installation, event_id: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_people(installation, event_id, PEOPLE)
    asked = ask(installation, event_id, Remove())

    def stop() -> None:
        with installation.database.writing(by=AT_THE_MACHINE) as session:
            asking.stop(session, event_id, asked)

    after_a_turn(monkeypatch, stop)
    carry_out_due(installation)
    found = job(installation, asked)
    assert found.is_stopped
    assert found.ended_at is not None
    assert 0 < found.done == PEOPLE - people_left(installation) < PEOPLE


def test_after_a_restore_it_is_held_until_somebody_confirms_it(
    installation: Installation, event_id: int
) -> None:
    add_people(installation, event_id, 5)
    asked = ask(installation, event_id, Remove())
    with installation.database.writing(by=AT_THE_MACHINE) as session:
        hold.hold(session)
    carry_out_due(installation)
    assert people_left(installation) == 5
    with installation.database.reading() as session:
        assert asking.is_held(session, session.get_one(Job, asked))
    with installation.database.writing(by=AT_THE_MACHINE) as session:
        asking.confirm(session, event_id, asked)
    carry_out_due(installation)
    assert people_left(installation) == 0


def test_one_that_is_held_can_be_stopped(installation: Installation, event_id: int) -> None:
    add_people(installation, event_id, 5)
    asked = ask(installation, event_id, Remove())
    with installation.database.writing(by=AT_THE_MACHINE) as session:
        hold.hold(session)
    with installation.database.writing(by=AT_THE_MACHINE) as session:
        asking.stop(session, event_id, asked)
    assert job(installation, asked).ended_at is not None


def test_a_list_is_undone_whole_by_several_who_follow_each_other(
    installation: Installation, event_id: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_people(installation, event_id, PEOPLE)
    with installation.database.reading() as session:
        list_id = session.scalars(select(ListImport.id)).one()
    asked, ends = ask(installation, event_id, UndoList(list_id)), threading.Event()
    with monkeypatch.context() as patched:
        after_a_turn(patched, ends.set)
        carry_out_due(installation, ends)
    assert 0 < people_left(installation) < PEOPLE
    carry_out_due(installation)
    assert (people_left(installation), job(installation, asked).done) == (0, PEOPLE)
    with installation.database.reading() as session:
        assert session.scalars(select(ListImport)).all() == []


def test_a_fault_of_the_program_ends_it_in_words(
    installation: Installation, event_id: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_people(installation, event_id, 5)
    asked = ask(installation, event_id, Remove())

    def broken(act: Act, turn: Turn) -> Tally:
        raise ZeroDivisionError

    monkeypatch.setattr(Remove, "ids", broken)
    for _ in range(5):
        with pytest.raises(ZeroDivisionError):
            carry_out_due(installation)
        end_leases(installation)
    carry_out_due(installation)
    assert "A bug ended this early" in refusal(job(installation, asked))


def test_who_asked_sees_the_result_once_and_nobody_else_does(
    installation: Installation, event_id: int
) -> None:
    add_people(installation, event_id, 5)
    token = join(installation.database, event_id, "Hel Per", "helper")
    ask(installation, event_id, Remove(), needed=Permission.CHANGE_LIST, token=token)
    carry_out_due(installation)
    with installation.database.reading() as session:
        (asked_by,) = session.scalars(select(ConsoleSession)).all()
        other = ConsoleSession(secret_hash="another")
        assert asking.results(session, event_id, other) == []
        (ended,) = asking.results(session, event_id, asked_by)
    for shown in ([], [ended.id]):
        asking.note_seen(installation.database, event_id, asked_by, shown)
        with installation.database.reading() as session:
            assert len(asking.results(session, event_id, asked_by)) == 1 - len(shown)
