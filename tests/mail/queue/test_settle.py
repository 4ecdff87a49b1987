"""What an outcome changes: the mail and its volunteer."""

from datetime import timedelta

from sqlalchemy import select

from shared.acts.retry import Retry
from shared.acts.run import apply
from shared.events.installation import Installation
from shared.mail.kinds.certificate import CERTIFICATE
from shared.mail.queue import enqueue
from shared.mail.queue import settle as outcomes
from shared.mail.queue.failed_mails import Delayed, delayed
from shared.storage.models import Event, Mail, MailState, Problem, Status, Volunteer, now
from shared.worker.composing import note_picture_made
from tests.support.mailing import invite, pass_time
from tests.support.sending_steps import (
    GREYLISTED,
    LEASE,
    NOBODY,
    SENT,
    add_account,
    change,
    claim,
    mail_of,
    settle,
    submit,
    volunteer_of,
)


def test_sent_means_invited_and_never_a_step_back(
    installation: Installation, event_id: int
) -> None:
    database = installation.database
    invite(installation, event_id, 2)
    first, second = claim(database)
    assert settle(database, first, SENT)
    assert volunteer_of(database, first).status is Status.INVITED
    mail = mail_of(database, first)
    assert (mail.state, mail.code, mail.answer) == (MailState.SENT, 250, "2.0.0 ok")
    assert mail.sent_at is not None
    assert volunteer_of(database, second).status is Status.NEW

    with database.writing() as session:
        assert second.mail.volunteer is not None
        session.get_one(Volunteer, second.mail.volunteer.id).status = Status.MAILED
    settle(database, second, SENT)
    assert volunteer_of(database, second).status is Status.MAILED


def test_a_certificate_counts_as_mailed_only_while_it_is_the_current_one(
    installation: Installation, event_id: int
) -> None:
    database = installation.database
    invite(installation, event_id, 1)
    submit(installation, event_id, "Ann")
    old = next(c for c in claim(database) if c.kind is CERTIFICATE)
    submit(installation, event_id, "Anna")
    settle(database, old, SENT)
    assert volunteer_of(database, old).status is Status.SUBMITTED
    new = next(c for c in claim(database) if c.kind is CERTIFICATE)
    settle(database, new, SENT)
    assert volunteer_of(database, new).status is Status.MAILED


def test_a_temporary_refusal_is_tried_for_five_days_and_then_told(
    installation: Installation, event_id: int
) -> None:
    database = installation.database
    add_account(database, event_id)
    invite(installation, event_id, 1)
    waits = [timedelta(minutes=minutes) for minutes in (1, 5, 30, 120)]
    waits += [timedelta(hours=4)] * 29
    for wait in waits:
        (claimed,) = claim(database)
        settle(database, claimed, GREYLISTED)
        assert mail_of(database, claimed).state is MailState.QUEUED
        pass_time(database, wait - timedelta(seconds=30))
        assert claim(database) == []
        pass_time(database, timedelta(seconds=30))
    assert timedelta(days=5, hours=-4) < sum(waits, timedelta()) <= timedelta(days=5)
    (claimed,) = claim(database)
    settle(database, claimed, GREYLISTED)
    assert mail_of(database, claimed).state is MailState.FAILED
    volunteer = volunteer_of(database, claimed)
    assert volunteer.problem is Problem.MAIL_FAILED
    assert volunteer.problem_text == "4.7.1 Greylisted"
    assert volunteer.status is Status.NEW


def test_a_failed_mail_that_is_queued_again_gets_all_its_tries_again(
    installation: Installation, event_id: int
) -> None:
    database = installation.database
    invite(installation, event_id, 1)
    for wait in (outcomes.PATIENCE, timedelta()):
        (claimed,) = claim(database)
        settle(database, claimed, GREYLISTED)
        pass_time(database, wait)
    with database.writing() as session:
        assert apply(session, Retry(), event_id).done == 1
    (claimed,) = claim(database)
    settle(database, claimed, GREYLISTED)
    assert mail_of(database, claimed).state is MailState.QUEUED


def test_nobody_is_invited_again_and_again_when_everything_is_over(
    installation: Installation, event_id: int
) -> None:
    database = installation.database
    add_account(database, event_id)
    invite(installation, event_id, 1)
    (claimed,) = claim(database)
    change(database, event_id, lambda event: setattr(event, "archived_at", now()))
    settle(database, claimed, GREYLISTED)
    assert mail_of(database, claimed).state is MailState.FAILED
    assert volunteer_of(database, claimed).problem_text == "4.7.1 Greylisted"


def test_who_waits_longer_than_four_hours_is_counted_with_the_servers_words(
    installation: Installation, event_id: int
) -> None:
    database = installation.database

    def late() -> Delayed | None:
        with database.reading() as session:
            return delayed(session, session.get_one(Event, event_id))

    add_account(database, event_id)
    invite(installation, event_id, 2)
    first, second = claim(database)
    settle(database, first, GREYLISTED)
    settle(database, second, SENT)
    pass_time(database, timedelta(hours=3, minutes=59))
    assert late() is None
    pass_time(database, timedelta(minutes=2))
    assert late() == Delayed(1, "451 4.7.1 Greylisted")
    (first,) = claim(database)
    assert late() is not None
    settle(database, first, SENT)
    assert late() is None


def test_a_refused_address_is_flagged_with_the_servers_words(
    installation: Installation, event_id: int
) -> None:
    database = installation.database
    invite(installation, event_id, 1)
    (claimed,) = claim(database)
    settle(database, claimed, NOBODY)
    assert mail_of(database, claimed).state is MailState.FAILED
    volunteer = volunteer_of(database, claimed)
    assert (volunteer.problem, volunteer.problem_text) == (
        Problem.REFUSED_ADDRESS,
        "5.1.1 User unknown",
    )


def test_a_success_clears_what_went_wrong_with_mails_before(
    installation: Installation, event_id: int
) -> None:
    database = installation.database
    invite(installation, event_id, 1)
    (claimed,) = claim(database)
    settle(database, claimed, NOBODY)
    with database.writing() as session:
        mail = session.get_one(Mail, claimed.mail_id)
        mail.state = MailState.QUEUED
    pass_time(database, LEASE)
    (claimed,) = claim(database)
    settle(database, claimed, SENT)
    assert volunteer_of(database, claimed).problem is None


def send_link(installation: Installation) -> None:
    with installation.database.writing() as session:
        person = session.scalars(select(Volunteer)).one()
        enqueue.resend_invitation(session, installation.seal, person)


def test_a_link_that_arrives_does_not_hide_that_the_certificate_failed(
    installation: Installation, event_id: int
) -> None:
    database = installation.database
    invite(installation, event_id, 1)
    submit(installation, event_id)
    (certificate,) = (c for c in claim(database) if c.kind is CERTIFICATE)
    settle(database, certificate, NOBODY)
    send_link(installation)
    (link,) = claim(database)
    settle(database, link, SENT)
    assert volunteer_of(database, link).problem is Problem.REFUSED_ADDRESS


def test_a_link_that_arrives_ends_the_failure_of_the_link_before(
    installation: Installation, event_id: int
) -> None:
    database = installation.database
    invite(installation, event_id, 1)
    submit(installation, event_id)
    (certificate,) = (c for c in claim(database) if c.kind is CERTIFICATE)
    settle(database, certificate, SENT)
    for outcome in (NOBODY, SENT):
        send_link(installation)
        (link,) = claim(database)
        settle(database, link, outcome)
    assert volunteer_of(database, link).problem is None


def test_the_picture_of_a_replaced_certificate_says_nothing_of_the_current_one(
    installation: Installation, event_id: int
) -> None:
    database = installation.database
    invite(installation, event_id, 1)
    submit(installation, event_id, "Ana")
    (old,) = (c for c in claim(database) if c.kind is CERTIFICATE)
    submit(installation, event_id, "Anna")
    (new,) = (c for c in claim(database) if c.kind is CERTIFICATE)
    for certificate, status in ((old, Status.SUBMITTED), (new, Status.PICTURE_MADE)):
        with database.writing() as session:
            note_picture_made(session, certificate, 0.1)
        assert volunteer_of(database, certificate).status is status
