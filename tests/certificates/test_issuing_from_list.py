"""Certificates from the list: one per person, whatever happens at the same time."""

import multiprocessing
import os
import signal
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import func, select

from shared.acts.send import send
from shared.events.installation import Installation
from shared.events.opening import open_installation
from shared.storage.models import Certificate, Mail, MailState, Status, Volunteer
from tests.support.acting import issue_in_turns
from tests.support.known_names import end_check, listed_event, mails_of, statuses_of
from tests.support.processes import at_once, plain_settings
from tests.support.submitting import submit_name

MANY = 500
ONE = "email,name\nana@example.org,Ana Silva"


def crowd_of(count: int) -> str:
    people = (f"v{one}@example.org,Volunteer {one}" for one in range(count))
    return "\n".join(["email,name", *people])


def certificates_by_person(database) -> list[int]:
    """How many certificates and how many certificate mails each person has, the most of each."""
    found = []
    for table in (Certificate, Mail):
        of_each = (
            select(func.count()).where(table.certificate_id.is_not(None))
            if table is Mail
            else select(func.count())
        )
        with database.reading() as session:
            counts = session.scalars(of_each.select_from(table).group_by(table.volunteer_id)).all()
        found += [len(counts), max(counts)]
    return found


def killed_after_a_turn(url: str, data_dir, event_id: int) -> None:
    def told(_: float) -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    issue_in_turns(open_installation(plain_settings(url, data_dir)), event_id, progress=told)


def test_killed_between_two_turns_the_next_call_does_the_rest_and_nobody_gets_two(
    installation, event_id
):
    database = installation.database
    listed_event(database, event_id, "issue", crowd_of(MANY))
    url = database.engine.url.render_as_string(hide_password=False)
    arguments = (url, installation.settings.data_dir, event_id)
    process = multiprocessing.get_context("spawn").Process(
        target=killed_after_a_turn, args=arguments
    )
    process.start()
    process.join(60)
    assert process.exitcode == -signal.SIGKILL
    done = statuses_of(database, event_id).count(2)
    assert 0 < done < MANY
    assert issue_in_turns(installation, event_id) == MANY - done
    assert certificates_by_person(database) == [MANY, 1, MANY, 1]


def test_two_who_issue_at_once_make_one_certificate_for_each(installation, event_id):
    database = installation.database
    listed_event(database, event_id, "issue", crowd_of(MANY))
    counts = at_once(lambda: issue_in_turns(installation, event_id), threads=2)
    assert sum(counts) == MANY
    assert certificates_by_person(database) == [MANY, 1, MANY, 1]


def token_of(installation: Installation) -> str:
    with installation.database.reading() as session:
        return installation.seal.open_token(session.scalars(select(Volunteer.token)).one())


@pytest.fixture
def asked(installation, event_id) -> str:
    """Ana was asked to check her name, and the time for that is over; her link's token."""
    listed_event(installation.database, event_id, "check", ONE)
    send(installation, event_id)
    end_check(installation.database, event_id)
    return token_of(installation)


def submit(installation: Installation, token: str, name: str) -> None:
    with installation.database.writing() as session:
        submit_name(session, installation.settings, installation.seal, token, name)


def current(installation: Installation) -> list[tuple[str, MailState]]:
    """The names of certificates with the states of their mails, in order."""
    rows = select(Certificate.name, Mail.state).join(Mail, Mail.certificate_id == Certificate.id)
    with installation.database.reading() as session:
        return [(name, state) for name, state in session.execute(rows.order_by(Certificate.id))]


def test_who_submits_while_certificates_are_issued_gets_the_own_one_alone(
    installation, event_id, asked
):
    submitted, go_on = threading.Event(), threading.Event()

    def submit_slowly() -> None:
        with installation.database.writing() as session:
            submit_name(session, installation.settings, installation.seal, asked, "Ana María")
            submitted.set()
            go_on.wait(10)

    with ThreadPoolExecutor(2) as pool:
        slow = pool.submit(submit_slowly)
        assert submitted.wait(10)
        issued = pool.submit(issue_in_turns, installation, event_id, only_asked=True)
        go_on.set()
        slow.result()
        assert issued.result() == 0
    assert current(installation) == [("Ana María", MailState.QUEUED)]


def test_who_submits_after_that_another_name_gets_one_mail_with_the_other(
    installation, event_id, asked
):
    assert issue_in_turns(installation, event_id, only_asked=True) == 1
    submit(installation, asked, "Ana Silva")
    assert current(installation) == [("Ana Silva", MailState.QUEUED)]
    submit(installation, asked, "Ana María")
    assert current(installation) == [
        ("Ana Silva", MailState.CANCELLED),
        ("Ana María", MailState.QUEUED),
    ]


def test_who_is_issued_has_a_link_to_correct_the_name(installation, event_id):
    listed_event(installation.database, event_id, "issue", ONE)
    send(installation, event_id)
    submit(installation, token_of(installation), "Ana María")
    assert [name for name, _ in current(installation)] == ["Ana Silva", "Ana María"]


@pytest.mark.parametrize("state", [MailState.HELD, MailState.CANCELLED])
def test_who_was_not_asked_after_all_is_not_issued_by_itself(installation, event_id, asked, state):
    database = installation.database
    with database.writing() as session:
        session.scalars(select(Mail)).one().state = state
    assert issue_in_turns(installation, event_id, only_asked=True) == 0
    assert [kind for _, kind, _ in mails_of(database, event_id)] == ["invitation"]


def test_whose_name_is_to_be_entered_anew_is_not_issued_with_the_old_one(
    installation, event_id, asked
):
    with installation.database.writing() as session:
        ana = session.scalars(select(Volunteer)).one()
        ana.status, ana.reopened_at = Status.INVITED, ana.created_at
    assert issue_in_turns(installation, event_id, only_asked=True) == 0
    assert issue_in_turns(installation, event_id) == 0
