"""What stops mails is in the log at the level that wakes somebody, in the server's words and with
the event, and never with an address."""

import logging

import pytest
from sqlalchemy import select

from shared.events.installation import Installation
from shared.storage.models import Event, Mail, MailState, SendingAccount
from tests.support.factories import design
from tests.support.mailing import invite, send_through, wait_until, working
from tests.support.smtp_sink import SmtpSink, answering


def told(caplog: pytest.LogCaptureFixture, level: int) -> list[str]:
    lines = [record.getMessage() for record in caplog.records if record.levelno == level]
    assert not [line for line in lines if "@" in line]
    return lines


def send_to_one(installation: Installation, event_id: int, sink: SmtpSink, count: int = 1) -> None:
    with installation.database.writing() as session:
        send_through(session, session.get_one(Event, event_id), sink)
    design(installation.database, event_id)
    invite(installation, event_id, count)


def test_an_account_that_waits_for_a_person_is_an_error(
    installation: Installation, event_id: int, caplog: pytest.LogCaptureFixture
):
    refusal = "550 5.7.60 thanks@example.org may not send as this sender"
    with SmtpSink(answering("mail", refusal)) as sink:
        send_to_one(installation, event_id, sink, count=3)

        def has_stopped() -> bool:
            with installation.database.reading() as session:
                return session.scalars(select(SendingAccount)).one().needs_fixing

        with working(installation):
            wait_until(has_stopped)
    [line] = told(caplog, logging.ERROR)
    assert f"(event {event_id}) waits for a person: 550 5.7.60 … may not send as this" in line


def test_an_account_that_pauses_is_a_warning_that_says_until_when(
    installation: Installation, event_id: int, caplog: pytest.LogCaptureFixture
):
    busy = "421 4.7.0 thanks@example.org: too many messages, try again later"
    with SmtpSink(answering("mail", busy)) as sink:
        send_to_one(installation, event_id, sink)

        def has_paused() -> bool:
            with installation.database.reading() as session:
                return session.scalars(select(SendingAccount)).one().paused_until is not None

        with working(installation):
            wait_until(has_paused)
    [line] = told(caplog, logging.WARNING)
    assert f"(event {event_id}) takes no mail until 20" in line
    assert "421 4.7.0 …: too many messages" in line
    assert told(caplog, logging.ERROR) == []


def test_a_mail_that_failed_for_good_is_a_warning_with_the_answer(
    installation: Installation, event_id: int, caplog: pytest.LogCaptureFixture
):
    with SmtpSink(answering("rcpt", "550 5.1.1 <v0@example.org>: no such user here")) as sink:
        send_to_one(installation, event_id, sink)

        def has_failed() -> bool:
            with installation.database.reading() as session:
                return session.scalars(select(Mail.state)).all() == [MailState.FAILED]

        with working(installation):
            wait_until(has_failed)
    [line] = told(caplog, logging.WARNING)
    assert f"of event {event_id} failed for good: 550 5.1.1 <…>: no such user here" in line
