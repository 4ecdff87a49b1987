"""What an organizer can command beyond Send: a first few, later, cancel, remind."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from shared import events
from shared.acts.held_back import Release, TakeBack
from shared.acts.invite import FIRST_FEW, count_waiting
from shared.acts.remind import Remind, Rules
from shared.acts.retry import Retry
from shared.acts.run import apply, run
from shared.acts.send import send
from shared.events.installation import Installation
from shared.mail.kinds.certificate import CERTIFICATE
from shared.mail.kinds.invitation import INVITATION
from shared.mail.kinds.reminder import REMINDER
from shared.mail.queue import enqueue, failed_mails
from shared.mail.queue import settle as outcomes
from shared.mail.queue.attempts import Claimed
from shared.storage.clock import database_time
from shared.storage.database import Database
from shared.storage.models import Event, Mail, MailState, Problem, Status, Volunteer
from shared.volunteers.people import roster
from tests.support.acting import queue_invitations
from tests.support.lists import read_call
from tests.support.mailing import invite, pass_time, statuses
from tests.support.sending_steps import (
    GREYLISTED,
    LOST,
    MINUTE,
    NOBODY,
    SENT,
    begin,
    change,
    claim,
    mail_of,
    settle,
    submit,
)

PEOPLE = 12


@pytest.fixture
def listed(installation: Installation, event_id: int) -> int:
    """An event with twelve people on its list; its id."""
    pasted = read_call("\n".join(f"p{number}@example.org" for number in range(PEOPLE)))
    with installation.database.writing() as session:
        roster.add_volunteers(session, events.event_for_change(session, event_id), pasted)
    return event_id


def in_state(database: Database, event_id: int, state: MailState) -> int:
    with database.reading() as session:
        return session.scalar(
            select(func.count()).where(Mail.event_id == event_id, Mail.state == state)
        )


def queue(installation: Installation, event_id: int, **how) -> int:
    with installation.database.writing() as session:
        event = events.event_for_change(session, event_id)
        return queue_invitations(session, installation.seal, event, **how)


def invited(database: Database, event_id: int, days_ago: float) -> None:
    """Everybody's invitation left `days_ago`."""
    with database.writing() as session:
        moment = database_time(session) - timedelta(days=days_ago)
        for mail in session.scalars(select(Mail).where(Mail.event_id == event_id)):
            mail.state, mail.sent_at = MailState.SENT, moment
        for person in session.scalars(select(Volunteer).where(Volunteer.event_id == event_id)):
            person.status = Status.INVITED


def remind(database: Database, event_id: int, at_most: int = 2, days_apart: int = 3) -> int:
    with database.writing() as session:
        event = events.event_for_change(session, event_id)
        rules = Rules(at_most, days_apart)
        announced = Remind(rules=rules).count(session, event)
        queued = apply(session, Remind(rules=rules), event.id).done
        assert queued == announced
        return queued


def test_a_first_few_leave_and_the_others_wait_for_a_word(installation: Installation, listed: int):
    database = installation.database
    assert queue(installation, listed, first_few=True) == PEOPLE
    assert in_state(database, listed, MailState.QUEUED) == FIRST_FEW
    assert in_state(database, listed, MailState.HELD) == PEOPLE - FIRST_FEW
    released = run(database, Release(), listed).done
    assert released == PEOPLE - FIRST_FEW
    assert in_state(database, listed, MailState.QUEUED) == PEOPLE


def test_a_first_few_of_the_newly_listed_hold_nobody_who_was_queued_before(
    installation: Installation, listed: int
):
    database = installation.database
    queue(installation, listed)
    pasted = read_call("\n".join(f"late{number}@example.org" for number in range(7)))
    with database.writing() as session:
        roster.add_volunteers(session, events.event_for_change(session, listed), pasted)
    assert send(installation, listed, first_few=True).invited == 7
    assert in_state(database, listed, MailState.QUEUED) == PEOPLE + FIRST_FEW
    assert in_state(database, listed, MailState.HELD) == 7 - FIRST_FEW


def test_a_first_few_pressed_twice_are_a_few_once(installation: Installation, listed: int):
    database = installation.database
    assert queue(installation, listed, first_few=True) == PEOPLE
    assert queue(installation, listed, first_few=True) == 0
    assert in_state(database, listed, MailState.QUEUED) == FIRST_FEW


def test_a_first_few_of_the_newly_listed_are_not_of_those_who_were_held_before(
    installation: Installation, listed: int
):
    database = installation.database
    queue(installation, listed, first_few=True)
    pasted = read_call("\n".join(f"late{number}@example.org" for number in range(7)))
    with database.writing() as session:
        roster.add_volunteers(session, events.event_for_change(session, listed), pasted)
    assert queue(installation, listed, first_few=True) == 7
    with database.reading() as session:
        held = select(Volunteer.email).join(Mail, Mail.volunteer_id == Volunteer.id)
        held = held.where(Mail.state == MailState.HELD).order_by(Mail.id)
        addresses = session.scalars(held).all()
    assert addresses == [f"p{n}@example.org" for n in range(5, PEOPLE)] + [
        f"late{n}@example.org" for n in range(5, 7)
    ]


def test_a_sending_for_later_counts_those_whose_mail_a_worker_gave_back(
    installation: Installation, event_id: int
):
    database = installation.database
    invite(installation, event_id, 10)
    for claimed in claim(database, 4):
        with database.writing() as session:
            assert outcomes.give_back(session, claimed)
    take_back(database, event_id)
    with database.reading() as session:
        later = database_time(session) + timedelta(hours=3)
    assert queue(installation, event_id, send_at=later) == 10
    with database.reading() as session:
        event = session.get_one(Event, event_id)
        assert enqueue.departures(session, event) == [enqueue.Departure(later, 10)]


def test_a_sending_for_later_does_not_count_what_waits_for_its_next_try(
    installation: Installation, event_id: int
):
    database = installation.database
    invite(installation, event_id, 1)
    (claimed,) = claim(database)
    settle(database, claimed, GREYLISTED)
    with database.reading() as session:
        assert enqueue.departures(session, session.get_one(Event, event_id)) == []


def test_a_sending_for_later_is_not_due_before(installation: Installation, listed: int):
    with installation.database.reading() as session:
        later = database_time(session) + timedelta(hours=5)
    queue(installation, listed, send_at=later)
    with installation.database.reading() as session:
        moments = session.execute(select(Mail.due_at, Mail.created_at)).all()
    assert {due for due, _ in moments} == {later}
    assert all(created < later for _, created in moments)


def test_cancelled_invitations_stay_unsent_and_can_be_sent_later(
    installation: Installation, listed: int
):
    database = installation.database
    queue(installation, listed, first_few=True)
    with database.writing() as session:
        assert apply(session, TakeBack(), listed).done == PEOPLE
    assert in_state(database, listed, MailState.CANCELLED) == PEOPLE
    with database.reading() as session:
        assert count_waiting(session, session.get_one(Event, listed)) == PEOPLE
    assert queue(installation, listed) == PEOPLE
    assert in_state(database, listed, MailState.QUEUED) == PEOPLE
    assert queue(installation, listed) == 0


def test_the_silent_are_reminded_at_most_as_often_and_as_seldom_as_chosen(
    installation: Installation, listed: int
):
    database = installation.database
    queue(installation, listed)
    assert remind(database, listed) == 0  # nobody was invited yet
    invited(database, listed, days_ago=2)
    assert remind(database, listed, days_apart=3) == 0  # too soon
    assert remind(database, listed, days_apart=1) == PEOPLE
    assert remind(database, listed, days_apart=1) == 0  # still in the queue
    invited(database, listed, days_ago=5)
    assert remind(database, listed, days_apart=3) == PEOPLE
    invited(database, listed, days_ago=5)
    assert remind(database, listed, at_most=2, days_apart=3) == 0  # twice is enough
    with database.reading() as session:
        versions = session.scalars(select(Mail.version).where(Mail.kind == REMINDER.name))
        assert sorted(versions) == [1] * PEOPLE + [2] * PEOPLE


def test_a_reminder_that_was_taken_back_does_not_count(installation: Installation, listed: int):
    database = installation.database
    queue(installation, listed)
    invited(database, listed, days_ago=9)
    assert remind(database, listed, at_most=1) == PEOPLE
    assert take_back(database, listed) == PEOPLE
    assert remind(database, listed, at_most=1) == PEOPLE
    with database.reading() as session:
        versions = session.scalars(select(Mail.version).where(Mail.kind == REMINDER.name))
        assert sorted(versions) == [1] * PEOPLE + [2] * PEOPLE


def test_who_may_enter_the_name_again_can_be_reminded(installation: Installation, event_id: int):
    database = installation.database
    invite(installation, event_id, 1)
    submit(installation, event_id)
    certificate = claim_certificate(database)
    with database.writing() as session:
        outcomes.refuse_to_draw(session, certificate, Problem.NAME_DOES_NOT_FIT, "too long")
    with database.writing() as session:
        roster.reopen(session, session.scalars(select(Volunteer)).one())
    assert remind(database, event_id) == 1


def test_who_has_submitted_is_never_reminded(installation: Installation, listed: int):
    database = installation.database
    queue(installation, listed)
    invited(database, listed, days_ago=9)
    with database.writing() as session:
        person = session.scalars(select(Volunteer).where(Volunteer.event_id == listed)).first()
        person.status = Status.SUBMITTED
    assert remind(database, listed) == PEOPLE - 1


def test_only_the_chosen_are_reminded_and_of_them_only_who_is_still_silent(
    installation: Installation, listed: int
):
    database = installation.database
    queue(installation, listed)
    invited(database, listed, days_ago=9)
    rules = Rules(at_most=1, days_apart=3)
    with database.reading() as session:
        shown = Remind(rules=rules).page(session, session.get_one(Event, listed), 2, 5)
    assert [one.email for one in shown] == [f"p{number}@example.org" for number in range(5, 10)]
    chosen = [one.volunteer_id for one in shown[:3]]
    with database.writing() as session:
        session.get_one(Volunteer, chosen[0]).status = Status.SUBMITTED
        event = events.event_for_change(session, listed)
        assert apply(session, Remind(rules=rules), event.id, chosen).done == 2
    with database.reading() as session:
        reminded = session.scalars(
            select(Mail.volunteer_id).where(Mail.kind == REMINDER.name).order_by(Mail.id)
        )
        assert list(reminded) == chosen[1:]
        assert Remind(rules=rules).count(session, session.get_one(Event, listed)) == PEOPLE - 3


def test_it_is_shown_when_somebody_was_written_to_last_and_how_often_reminded(
    installation: Installation, listed: int
):
    database = installation.database
    queue(installation, listed)
    invited(database, listed, days_ago=9)
    remind(database, listed)
    invited(database, listed, days_ago=4)
    with database.reading() as session:
        shown = Remind(rules=Rules(2, 3)).page(session, session.get_one(Event, listed), 1, 50)
        days = {(database_time(session) - one.last_mail_at).days for one in shown}
    assert {one.reminders for one in shown} == {1}
    assert days == {4}


# The link again


def send_link_again(installation: Installation) -> None:
    with installation.database.writing() as session:
        person = session.scalars(select(Volunteer).order_by(Volunteer.id)).first()
        assert person is not None
        enqueue.resend_invitation(session, installation.seal, person)


def claim_certificate(database: Database) -> Claimed:
    (claimed,) = (one for one in claim(database) if one.kind is CERTIFICATE)
    return claimed


def take_back(database: Database, event_id: int) -> int:
    with database.writing() as session:
        return apply(session, TakeBack(), event_id).done


def retry(database: Database, event_id: int) -> int:
    with database.writing() as session:
        announced = failed_mails.count_failed(session, event_id)
        assert apply(session, Retry(), event_id).done == announced
        return announced


def test_a_link_sent_again_hurries_the_invitation_that_waits_for_its_next_try(
    installation: Installation, event_id: int
):
    database = installation.database
    invite(installation, event_id, 1)
    (first,) = claim(database)
    settle(database, first, GREYLISTED)
    assert claim(database) == []
    send_link_again(installation)
    send_link_again(installation)
    (again,) = claim(database)
    assert again.mail_id == first.mail_id
    assert mail_of(database, again).urgent
    settle(database, again, SENT)
    pass_time(database, MINUTE)
    assert claim(database) == []


@pytest.mark.parametrize("how", [{"first_few": True}, {}])
def test_a_link_sent_again_before_the_first_has_left_is_that_one(
    installation: Installation, listed: int, how: dict[str, bool]
):
    database = installation.database
    queue(installation, listed, **how)
    with database.writing() as session:
        last = session.scalars(select(Volunteer).order_by(Volunteer.id.desc())).first()
        mail = enqueue.resend_invitation(session, installation.seal, last)
        assert (mail.version, mail.state, mail.urgent) == (1, MailState.QUEUED, True)
    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Mail)) == PEOPLE


def test_who_has_submitted_gets_the_link_again_though_their_invitation_never_left(
    installation: Installation, event_id: int
):
    database = installation.database
    invite(installation, event_id, 1)
    submit(installation, event_id)
    send_link_again(installation)
    send_link_again(installation)
    kinds = sorted(claimed.kind.name for claimed in claim(database))
    assert kinds == [CERTIFICATE.name, INVITATION.name]


def test_an_invitation_taken_back_is_not_sent_beside_the_link_that_failed(
    installation: Installation, event_id: int
):
    database = installation.database
    invite(installation, event_id, 1)
    take_back(database, event_id)
    send_link_again(installation)
    (claimed,) = claim(database)
    settle(database, claimed, NOBODY)
    assert queue(installation, event_id) == 0
    assert retry(database, event_id) == 1
    assert [again.mail_id for again in claim(database)] == [claimed.mail_id]


def test_nobody_is_out_of_reach_when_the_link_after_a_failure_was_taken_back(
    installation: Installation, event_id: int
):
    database = installation.database
    invite(installation, event_id, 1)
    (first,) = claim(database)
    settle(database, first, NOBODY)
    send_link_again(installation)
    assert retry(database, event_id) == 0
    take_back(database, event_id)
    assert retry(database, event_id) == 1
    assert [again.mail_id for again in claim(database)] == [first.mail_id]


def test_a_replaced_certificate_that_arrived_does_not_stand_for_the_current_one(
    installation: Installation, event_id: int
):
    database = installation.database
    change(database, event_id, lambda event: setattr(event, "ask_when_unsure", True))
    invite(installation, event_id, 1)
    submit(installation, event_id, "Ana")
    old = claim_certificate(database)
    assert begin(database, old)
    submit(installation, event_id, "Anna")
    settle(database, old, LOST)
    with database.writing() as session:
        failed_mails.mark_unsure_as_sent(session, session.get_one(Mail, old.mail_id))
    assert mail_of(database, old).state is MailState.SENT
    assert statuses(database) == [Status.SUBMITTED]


def test_the_current_certificate_that_arrived_is_mailed(installation: Installation, event_id: int):
    database = installation.database
    change(database, event_id, lambda event: setattr(event, "ask_when_unsure", True))
    invite(installation, event_id, 1)
    submit(installation, event_id)
    certificate = claim_certificate(database)
    assert begin(database, certificate)
    settle(database, certificate, LOST)
    with database.writing() as session:
        failed_mails.mark_unsure_as_sent(session, session.get_one(Mail, certificate.mail_id))
    assert statuses(database) == [Status.MAILED]
