"""The list of an event: nobody twice, nobody lost, whoever adds at the same time."""

import multiprocessing
import os
import signal

import pytest
from sqlalchemy import func, select

from shared import events
from shared.acts.remove import remove
from shared.errors import EventUnknown, SettingRefused
from shared.events.installation import Installation
from shared.events.settings import EventChange, create_event, numbered, update_event
from shared.mail.kinds.invitation import INVITATION
from shared.storage.database import Database
from shared.storage.models import Event, Mail, MailState, Problem, Status, Volunteer
from shared.volunteers.people import roster
from shared.volunteers.people.roster import add_volunteers, change_address, check_list, reopen
from tests.support.factories import SEAL
from tests.support.lists import read_call
from tests.support.mailing import invite
from tests.support.processes import at_once, in_processes
from tests.support.sending_steps import claim
from tests.support.statements import statements_of

MANY = "\n".join(f"person{number}@example.org" for number in range(300))


def add(database: Database, event_id: int, text: str) -> roster.ListCheck:
    with database.writing() as session:
        event = events.event_for_change(session, event_id)
        return add_volunteers(session, event, read_call(text))


def add_from_another_process(url: str, event_id: int, text: str) -> int:
    database = Database(url)
    added = len(add(database, event_id, text).new)
    database.close()
    return added


def die_while_adding(url: str, event_id: int) -> None:
    database = Database(url)
    with database.writing() as session:
        event = events.event_for_change(session, event_id)
        add_volunteers(session, event, read_call(MANY))
        assert session.scalar(select(func.count()).select_from(Volunteer)) == 300
        os.kill(os.getpid(), signal.SIGKILL)


def everybody(database: Database, event_id: int) -> list[Volunteer]:
    with database.reading() as session:
        rows = select(Volunteer).where(Volunteer.event_id == event_id).order_by(Volunteer.id)
        return list(session.scalars(rows))


def test_volunteers_get_the_numbers_of_the_list_or_the_next_of_the_event(database, event_id):
    with database.writing() as session:
        event = events.event_for_change(session, event_id)
        update_event(event, EventChange(number_pattern="HR-###"))
    add(database, event_id, "ana@example.org\nbo@example.org,HR-002\ncy@example.org")
    add(database, event_id, "di@example.org")
    assert [(v.email, v.number) for v in everybody(database, event_id)] == [
        ("ana@example.org", "HR-001"),
        ("bo@example.org", "HR-002"),
        ("cy@example.org", "HR-003"),
        ("di@example.org", "HR-004"),
    ]


def test_numbers_that_a_list_has_taken_are_not_asked_for_one_by_one(database, event_id):
    with database.writing() as session:
        pattern = events.event_for_change(session, event_id).number_pattern
    own = (f"p{n}@example.org,{numbered(pattern, n)}" for n in range(1, 401))
    add(database, event_id, "\n".join(own))
    with statements_of(database) as run:
        add(database, event_id, "ana@example.org")
    assert everybody(database, event_id)[-1].number == numbered(pattern, 401)
    assert len([one for one in run if "volunteer.number" in one]) < 10


def test_a_new_volunteer_has_status_0_no_token_and_what_the_list_says(database, event_id):
    add(database, event_id, "邮箱,姓名,岗位\nMing@Example.org,王小明,签到")
    [ming] = everybody(database, event_id)
    assert (ming.email, ming.email_key) == ("Ming@example.org", "ming@example.org")
    assert (ming.status, ming.token, ming.problem) == (Status.NEW, None, None)
    assert (ming.name, ming.columns) == ("王小明", {"岗位": "签到"})


def test_adding_a_list_twice_adds_nobody_twice(database, event_id):
    text = "ana@example.org,7\nbo@example.org\nANA@example.org"
    assert len(add(database, event_id, text).new) == 2
    before = everybody(database, event_id)
    again = add(database, event_id, text)
    assert again.new == []
    assert [r.email for r in again.already_there] == ["ana@example.org", "bo@example.org"]
    assert [(v.id, v.number) for v in everybody(database, event_id)] == [
        (v.id, v.number) for v in before
    ]


def test_a_number_that_somebody_else_has_is_refused_by_line(database, event_id):
    add(database, event_id, "ana@example.org,7")
    found = add(database, event_id, "no address\nbo@example.org,7\ncy@example.org,8")
    assert [r.email for r in found.new] == ["cy@example.org"]
    assert [(r.line, r.reason) for r in found.refused] == [
        (1, "There is no “@” in the address."),
        (2, "The number already belongs to somebody else on the list."),
    ]


def test_checking_a_list_stores_nothing_and_tells_what_adding_would_do(database, event_id):
    add(database, event_id, "ana@example.org")
    pasted = read_call("ana@example.org\nbo@example.org\nbo@example.org\nwrong")
    with database.reading() as session:
        told = check_list(session, session.get_one(Event, event_id), pasted)
    assert len(everybody(database, event_id)) == 1
    with database.writing() as session:
        done = add_volunteers(session, events.event_for_change(session, event_id), pasted)
    assert told == done
    assert [len(told.new), len(told.already_there), len(told.repeated), len(told.refused)] == [
        1
    ] * 4


@pytest.mark.parametrize("there", [3, 40])
def test_who_is_known_is_found_whichever_of_list_and_event_is_longer(
    database, event_id, monkeypatch: pytest.MonkeyPatch, there: int
):
    monkeypatch.setattr(roster, "_BATCH_SIZE", 5)
    lines = [f"person{number}@example.org,H-{number}" for number in range(60)]
    with database.writing() as session:
        elsewhere = create_event(session, name="Another", language="en")[0].id
    add(database, elsewhere, "\n".join(lines))
    add(database, event_id, "\n".join(lines[:there]))
    pasted = read_call("\n".join([*lines[there - 1 : there + 10], "new@example.org,H-0"]))
    with database.reading() as session:
        found = check_list(session, session.get_one(Event, event_id), pasted)
    assert [one.number for one in found.already_there] == [f"H-{there - 1}"]
    assert [one.number for one in found.new] == [f"H-{n}" for n in range(there, there + 10)]
    assert [one.text for one in found.refused] == ["new@example.org,H-0"]


def test_one_person_may_be_on_the_lists_of_two_events(database, event_id):
    with database.writing() as session:
        other, _ = create_event(session, name="Clean Beach")
    add(database, event_id, "ana@example.org,7")
    assert len(add(database, other.id, "ana@example.org,7").new) == 1


def test_adding_to_an_event_that_does_not_exist_is_told(database):
    with pytest.raises(EventUnknown):
        add(database, 999, "ana@example.org")


def test_the_same_list_added_by_threads_at_once_is_there_once(database, event_id):
    added = at_once(lambda: len(add(database, event_id, MANY).new), 6)
    assert sorted(added) == [0, 0, 0, 0, 0, 300]
    assert len({v.number for v in everybody(database, event_id)}) == 300


def test_overlapping_lists_added_by_processes_at_once_lose_and_double_nobody(database, event_id):
    url = database.engine.url.render_as_string(hide_password=False)
    lines = MANY.split("\n")
    parts = ["\n".join(lines[:200]), "\n".join(lines[100:]), "\n".join(reversed(lines[50:250]))]
    added = in_processes(add_from_another_process, [(url, event_id, part) for part in parts])
    assert sum(added) == 300
    rows = everybody(database, event_id)
    assert {v.email for v in rows} == set(lines)
    assert len({v.number for v in rows}) == len(rows) == 300


def test_a_process_that_is_killed_while_it_adds_leaves_nothing_half_done(database, event_id):
    url = database.engine.url.render_as_string(hide_password=False)
    dying = multiprocessing.get_context("forkserver").Process(
        target=die_while_adding, args=(url, event_id)
    )
    dying.start()
    dying.join()
    assert dying.exitcode == -signal.SIGKILL
    assert everybody(database, event_id) == []
    assert len(add(database, event_id, MANY).new) == 300


def test_reads_while_lists_are_added_see_whole_lists_only(database, event_id):
    lists = ["\n".join(f"p{part}-{n}@example.org" for n in range(40)) for part in range(6)]
    work = [lambda text=text: add(database, event_id, text) for text in lists]
    work += [lambda: len(everybody(database, event_id))] * 6
    results = at_once(lambda: work.pop()(), len(work))
    counts = [result for result in results if isinstance(result, int)]
    assert all(count % 40 == 0 for count in counts)
    assert len(everybody(database, event_id)) == 240


# One person


def failed_invitation(database: Database, event_id: int) -> int:
    add(database, event_id, "ana@example.org\nbo@example.org")
    ana, bo = everybody(database, event_id)
    with database.writing() as session:
        for person in (ana, bo):
            person = session.get_one(Volunteer, person.id)
            person.problem, person.problem_text = Problem.REFUSED_ADDRESS, "550 no such user"
            mail = Mail(
                event_id=event_id,
                volunteer_id=person.id,
                kind=INVITATION.name,
                state=MailState.FAILED,
                due_at=person.created_at,
                code=550,
            )
            session.add(mail)
    return ana.id


def test_another_address_clears_the_flag_and_queues_the_failed_mail_of_this_person_only(
    database, event_id
):
    ana = failed_invitation(database, event_id)
    with database.writing() as session:
        change_address(session, SEAL, session.get_one(Volunteer, ana), " Anna@Example.org ")
    rows = everybody(database, event_id)
    assert [(v.email, v.problem) for v in rows] == [
        ("Anna@example.org", None),
        ("bo@example.org", Problem.REFUSED_ADDRESS),
    ]
    with database.reading() as session:
        states = session.execute(select(Mail.state, Mail.code).order_by(Mail.id)).all()
    assert states == [(MailState.QUEUED, None), (MailState.FAILED, 550)]


@pytest.mark.parametrize("wrong", ["no address", "BO@example.org"])
def test_an_address_that_is_none_or_somebody_elses_is_refused(database, event_id, wrong):
    ana = failed_invitation(database, event_id)
    with database.writing() as session, pytest.raises(SettingRefused, match="email"):
        change_address(session, SEAL, session.get_one(Volunteer, ana), wrong)
    assert everybody(database, event_id)[0].email == "ana@example.org"


def test_the_same_address_in_other_letters_is_no_conflict_with_oneself(database, event_id):
    ana = failed_invitation(database, event_id)
    with database.writing() as session:
        change_address(session, SEAL, session.get_one(Volunteer, ana), "ANA@example.org")
    assert everybody(database, event_id)[0].email == "ANA@example.org"


def test_of_two_who_get_the_same_address_at_once_one_is_refused(database, event_id):
    failed_invitation(database, event_id)
    ids = [person.id for person in everybody(database, event_id)]

    def change() -> str:
        with database.writing() as session:
            person = session.get_one(Volunteer, ids.pop())
            try:
                change_address(session, SEAL, person, "same@example.org")
            except SettingRefused:
                return "refused"
        return "changed"

    assert sorted(at_once(change, 2)) == ["changed", "refused"]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (Status.NEW, Status.NEW),
        (Status.INVITED, Status.INVITED),
        (Status.SUBMITTED, Status.INVITED),
        (Status.MAILED, Status.INVITED),
    ],
)
def test_reopening_goes_back_to_the_invitation_and_never_forward(database, event_id, before, after):
    add(database, event_id, "ana@example.org")
    with database.writing() as session:
        person = session.scalars(select(Volunteer)).one()
        person.status = before
        reopen(session, person)
        assert person.status == after


def test_somebody_who_was_never_written_to_is_taken_off_the_list(
    installation: Installation, event_id: int
) -> None:
    invite(installation, event_id, 2)
    with installation.database.writing() as session:
        first = session.scalars(select(Volunteer).order_by(Volunteer.id)).first()
        assert first is not None
        remove(session, first)
    with installation.database.reading() as session:
        assert session.scalars(select(Volunteer.email)).all() == ["v1@example.org"]
        assert session.scalar(select(func.count()).select_from(Mail)) == 1


def test_somebody_who_was_written_to_stays_on_the_list(
    installation: Installation, event_id: int
) -> None:
    invite(installation, event_id, 1)
    claim(installation.database)
    with installation.database.writing() as session, pytest.raises(SettingRefused):
        remove(session, session.scalars(select(Volunteer)).one())
    with installation.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Volunteer)) == 1
