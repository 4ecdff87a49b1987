"""Sending on an organizer's command: each invitation once, however often it is pressed."""

import pytest
from sqlalchemy import select

from shared import events
from shared.acts.go_live import go_live
from shared.acts.invite import count_waiting
from shared.acts.retry import Retry
from shared.acts.run import apply
from shared.errors import SettingRefused
from shared.events.opening import open_installation
from shared.events.settings import create_event
from shared.mail.accounts.sending_account import set_account
from shared.mail.kinds.certificate import CERTIFICATE
from shared.mail.kinds.invitation import INVITATION
from shared.mail.kinds.trial import TEST
from shared.mail.queue import enqueue, failed_mails, hold
from shared.storage.database import Database
from shared.storage.models import (
    Event,
    Mail,
    MailState,
    Problem,
    Sending,
    Status,
    Volunteer,
)
from tests.support.acting import queue_invitations
from tests.support.factories import add, invite
from tests.support.processes import at_once, in_processes, plain_settings

THREE = "ana@example.org\nbo@example.org\ncy@example.org"


def press_send(installation, event_id: int) -> int:
    with installation.database.writing() as session:
        event = events.event_for_change(session, event_id)
        return queue_invitations(session, installation.seal, event)


def press_send_in_another_process(url: str, data_dir, event_id: int) -> int:
    opened = open_installation(plain_settings(url, data_dir))
    queued = press_send(opened, event_id)
    opened.database.close()
    return queued


def mails(database: Database, event_id: int) -> list[Mail]:
    with database.reading() as session:
        rows = select(Mail).where(Mail.event_id == event_id).order_by(Mail.id)
        return list(session.scalars(rows))


def people(database: Database, event_id: int) -> list[Volunteer]:
    with database.reading() as session:
        rows = select(Volunteer).where(Volunteer.event_id == event_id).order_by(Volunteer.id)
        return list(session.scalars(rows))


def test_send_queues_one_invitation_for_everybody_in_status_0(installation, database, event_id):
    add(database, event_id, THREE)
    with database.writing() as session:
        session.scalars(
            select(Volunteer).where(Volunteer.email == "bo@example.org")
        ).one().status = Status.INVITED
    with database.reading() as session:
        assert count_waiting(session, session.get_one(Event, event_id)) == 2
    assert press_send(installation, event_id) == 2
    ana, bo, cy = people(database, event_id)
    assert [(m.volunteer_id, m.kind, m.state) for m in mails(database, event_id)] == [
        (ana.id, INVITATION.name, MailState.QUEUED),
        (cy.id, INVITATION.name, MailState.QUEUED),
    ]
    assert (ana.status, bo.token) == (Status.NEW, None)


def test_pressing_send_twice_invites_nobody_twice(installation, database, event_id):
    add(database, event_id, THREE)
    assert press_send(installation, event_id) == 3
    tokens = [person.token for person in people(database, event_id)]
    assert press_send(installation, event_id) == 0
    assert [person.token for person in people(database, event_id)] == tokens
    assert len(mails(database, event_id)) == 3


def test_who_is_added_later_is_invited_by_the_next_send(installation, database, event_id):
    add(database, event_id, THREE)
    press_send(installation, event_id)
    add(database, event_id, f"{THREE}\ndi@example.org")
    assert press_send(installation, event_id) == 1


def test_send_pressed_by_threads_at_once_queues_each_invitation_once(
    installation, database, event_id
):
    add(database, event_id, "\n".join(f"p{n}@example.org" for n in range(200)))
    assert sorted(at_once(lambda: press_send(installation, event_id), 5)) == [0, 0, 0, 0, 200]
    invited = [mail.volunteer_id for mail in mails(database, event_id)]
    assert len(invited) == len(set(invited)) == 200
    assert len({person.token for person in people(database, event_id)}) == 200


def test_send_pressed_in_processes_at_once_queues_each_invitation_once(
    installation, database, event_id
):
    add(database, event_id, "\n".join(f"p{n}@example.org" for n in range(100)))
    url = database.engine.url.render_as_string(hide_password=False)
    arguments = (url, installation.settings.data_dir, event_id)
    assert sorted(in_processes(press_send_in_another_process, [arguments] * 3)) == [0, 0, 100]
    assert len(mails(database, event_id)) == 100


def test_send_touches_the_lists_of_no_other_event(installation, database, event_id):
    with database.writing() as session:
        other, _ = create_event(session, name="Clean Beach")
    add(database, event_id, THREE)
    add(database, other.id, THREE)
    assert press_send(installation, event_id) == 3
    assert mails(database, other.id) == []
    assert {person.token for person in people(database, other.id)} == {None}


def test_tokens_are_sealed_and_differ(installation, database, event_id):
    add(database, event_id, THREE)
    tokens = invite(installation, event_id)
    assert len(set(tokens.values())) == 3
    assert all(len(token) == 43 for token in tokens.values())


def test_the_link_is_sent_once_more_as_a_new_version_with_the_same_token(
    installation, database, event_id
):
    add(database, event_id, "ana@example.org")
    before = invite(installation, event_id)
    with database.writing() as session:
        session.scalars(select(Mail)).one().state = MailState.SENT
        ana = session.scalars(select(Volunteer)).one()
        enqueue.resend_invitation(session, installation.seal, ana)
    assert [m.version for m in mails(database, event_id)] == [1, 2]
    assert invite(installation, event_id) == before


def test_the_link_can_be_sent_to_one_person_before_anybody_else(installation, database, event_id):
    add(database, event_id, THREE)
    with database.writing() as session:
        bo = session.scalars(select(Volunteer).where(Volunteer.email == "bo@example.org")).one()
        enqueue.resend_invitation(session, installation.seal, bo)
    assert press_send(installation, event_id) == 2


def test_a_test_mail_goes_to_its_own_address_and_touches_no_volunteer(database, event_id):
    add(database, event_id, "ana@example.org")
    with database.writing() as session:
        event = events.event_for_change(session, event_id)
        enqueue.queue_test_mail(session, event, CERTIFICATE, " Me@Example.org")
        with pytest.raises(SettingRefused, match="email"):
            enqueue.queue_test_mail(session, event, CERTIFICATE, "me")
    [mail] = mails(database, event_id)
    assert (mail.kind, mail.address, mail.wording_of) == (
        TEST.name,
        "Me@example.org",
        "certificate",
    )
    assert mail.volunteer_id is None
    assert [person.status for person in people(database, event_id)] == [Status.NEW]


def test_pausing_and_resuming_is_the_events_word(installation, database, event_id):
    with database.writing() as session:
        event = events.event_for_change(session, event_id)
        set_account(session, installation.seal, event, username="thanks@example.org")
        go_live(session, event)
        hold.pause(event)
        event.account.needs_fixing, event.account.trouble_text = True, "535 wrong password"
    with database.writing() as session:
        event = events.event_for_change(session, event_id)
        assert event.sending is Sending.STOPPED
        hold.resume(event)
    with database.reading() as session:
        assert session.get_one(Event, event_id).sending is Sending.RUNNING
        assert not session.get_one(Event, event_id).account.needs_fixing


# What went wrong


@pytest.fixture
def three_went_wrong(installation, database, event_id):
    """Ana's address was refused, what became of Bo's mail is unknown, Cy has theirs."""
    add(database, event_id, THREE)
    press_send(installation, event_id)
    states = [MailState.FAILED, MailState.UNSURE, MailState.SENT]
    flags = [Problem.REFUSED_ADDRESS, Problem.UNKNOWN_OUTCOME, None]
    with database.writing() as session:
        rows = session.scalars(select(Mail).order_by(Mail.id)).all()
        for mail, state, flag in zip(rows, states, flags, strict=True):
            mail.state, mail.tries, mail.code, mail.answer = state, 3, 550, "no"
            mail.volunteer.problem, mail.volunteer.problem_text = flag, "no" if flag else ""


def states_and_problems(database, event_id):
    flags = [person.problem for person in people(database, event_id)]
    return [(m.state, flag) for m, flag in zip(mails(database, event_id), flags, strict=True)]


@pytest.mark.usefixtures("three_went_wrong")
def test_retrying_queues_the_failed_and_nothing_else(database, event_id):
    with database.writing() as session:
        assert apply(session, Retry(), event_id).done == 1
        assert apply(session, Retry(), event_id).done == 0
    assert states_and_problems(database, event_id) == [
        (MailState.QUEUED, None),
        (MailState.UNSURE, Problem.UNKNOWN_OUTCOME),
        (MailState.SENT, None),
    ]
    retried = mails(database, event_id)[0]
    assert (retried.code, retried.answer) == (None, "")


@pytest.mark.usefixtures("three_went_wrong")
def test_retrying_some_leaves_the_others(database, event_id):
    cy = people(database, event_id)[2]
    with database.writing() as session:
        assert failed_mails.retry_failed(session, event_id, [cy.id]) == 0
    assert states_and_problems(database, event_id)[0] == (
        MailState.FAILED,
        Problem.REFUSED_ADDRESS,
    )


@pytest.mark.usefixtures("three_went_wrong")
def test_an_unsure_mail_that_is_sent_again_is_known_as_a_possible_duplicate(database, event_id):
    unsure = mails(database, event_id)[1].id
    with database.writing() as session:
        failed_mails.send_unsure_again(session, session.get_one(Mail, unsure))
    assert states_and_problems(database, event_id)[1] == (MailState.QUEUED, None)
    assert mails(database, event_id)[1].maybe_duplicate


@pytest.mark.usefixtures("three_went_wrong")
def test_an_unsure_mail_that_arrived_counts_as_sent(database, event_id):
    unsure = mails(database, event_id)[1].id
    with database.writing() as session:
        failed_mails.mark_unsure_as_sent(session, session.get_one(Mail, unsure))
    assert states_and_problems(database, event_id)[1] == (MailState.SENT, None)
    assert people(database, event_id)[1].status is Status.INVITED
    assert mails(database, event_id)[1].sent_at is not None


@pytest.mark.usefixtures("three_went_wrong")
def test_a_mail_that_is_not_unsure_cannot_be_said_to_have_arrived(database, event_id):
    failed = mails(database, event_id)[0].id
    with database.writing() as session:
        failed_mails.mark_unsure_as_sent(session, session.get_one(Mail, failed))
        failed_mails.send_unsure_again(session, session.get_one(Mail, failed))
    assert states_and_problems(database, event_id)[0] == (
        MailState.FAILED,
        Problem.REFUSED_ADDRESS,
    )
    assert people(database, event_id)[0].status is Status.NEW
