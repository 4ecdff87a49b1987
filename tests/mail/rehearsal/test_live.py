"""When an event begins to send to people: not before its account has passed a test."""

from typing import Any

import httpx
import pytest
from sqlalchemy import select

from shared.acts.begin_for_real import count_rehearsed
from shared.acts.go_live import check_and_go_live, go_live
from shared.destinations import ANYWHERE
from shared.events import event_for_change
from shared.events.installation import Installation
from shared.findings import Finding, Level
from shared.mail import rehearsal
from shared.mail.accounts.sending_account import forget_account, set_account
from shared.mail.kinds.invitation import INVITATION
from shared.mail.kinds.trial import TEST
from shared.mail.queue import enqueue, hold
from shared.storage.models import (
    Event,
    Mail,
    MailState,
    Status,
    now,
)
from tests.conftest import OWNER_TOKEN
from tests.support.api_server import api, default_event, server_url
from tests.support.mailing import invite, pass_time, statuses, wait_until, working
from tests.support.sending_steps import LEASE, SENT, TOO_FAST, claim, settle
from tests.support.smtp_sink import SmtpSink, answering
from tests.support.trusted_sink import sink

__all__ = ["api", "default_event", "server_url", "sink"]


def enter_account(installation: Installation, event_id: int, sink: SmtpSink, **more: Any) -> None:
    values = {
        "username": "thanks@example.org", "password": "s3cret", "server_address": sink.host,
        "smtp_port": sink.port, "reach": ANYWHERE,
    }  # fmt: skip
    with installation.database.writing() as session:
        event = event_for_change(session, event_id)
        set_account(session, installation.seal, event, **values | more)


def check(installation: Installation, event_id: int) -> Finding:
    return check_and_go_live(installation, event_id)


def is_live(installation: Installation, event_id: int) -> bool:
    with installation.database.reading() as session:
        event = session.get_one(Event, event_id)
        assert (event.live_account is None) == (event.live_at is None)
        return event.live_at is not None


def queue_test(installation: Installation, event_id: int) -> int:
    with installation.database.writing() as session:
        event = event_for_change(session, event_id)
        mail = enqueue.queue_test_mail(session, event, INVITATION, "me@example.org")
        return mail.id


def state_of(installation: Installation, mail_id: int) -> MailState:
    with installation.database.reading() as session:
        return session.get_one(Mail, mail_id).state


def rehearsed(installation: Installation, event_id: int) -> list[str]:
    with installation.database.reading() as session:
        return sorted(mail.recipient for mail in rehearsal.mailbox(session, event_id))


def test_an_account_alone_sends_nothing_to_anybody(
    installation: Installation, event_id: int, sink: SmtpSink
) -> None:
    enter_account(installation, event_id, sink)
    addresses = invite(installation, event_id, 3)
    with working(installation):
        wait_until(lambda: statuses(installation.database) == [Status.INVITED] * 3)
    assert rehearsed(installation, event_id) == addresses
    assert (sink.received, sink.visits) == ([], 0)
    assert not is_live(installation, event_id)
    with installation.database.reading() as session:
        assert count_rehearsed(session, session.get_one(Event, event_id)) == 0


def test_an_account_whose_server_takes_sign_in_and_sender_is_live(
    installation: Installation, event_id: int, sink: SmtpSink
) -> None:
    enter_account(installation, event_id, sink)
    assert check(installation, event_id).level is Level.GREEN
    assert is_live(installation, event_id)
    invite(installation, event_id, 2)
    with working(installation):
        wait_until(lambda: len(sink.received) == 2)
    assert rehearsed(installation, event_id) == []


@pytest.mark.parametrize(
    ("phase", "answer", "level"),
    [
        ("auth", "535 5.7.8 Username and Password not accepted", Level.RED),
        ("mail", "553 Mail from must equal authorized user", Level.RED),
        ("connect", "421 4.3.2 The service is down", Level.AMBER),
        ("mail", "451 4.3.0 Temporary failure", Level.AMBER),
    ],
)
def test_what_the_server_refuses_is_not_live_and_said(
    installation: Installation,
    event_id: int,
    sink: SmtpSink,
    phase: str,
    answer: str,
    level: Level,
) -> None:
    enter_account(installation, event_id, sink)
    sink.script = answering(phase, answer)
    found = check(installation, event_id)
    assert found.level is level
    assert found.said("en")
    assert not is_live(installation, event_id)


def test_a_mistyped_server_is_not_live(
    installation: Installation, event_id: int, sink: SmtpSink
) -> None:
    enter_account(installation, event_id, sink)
    sink.__exit__()
    assert check(installation, event_id).level is Level.AMBER
    assert not is_live(installation, event_id)


def test_a_test_mail_that_the_server_takes_makes_the_event_live(
    installation: Installation, event_id: int, sink: SmtpSink
) -> None:
    enter_account(installation, event_id, sink)
    queue_test(installation, event_id)
    with working(installation):
        wait_until(lambda: is_live(installation, event_id))
    assert sink.recipients() == ["me@example.org"]
    assert rehearsed(installation, event_id) == []


def test_a_test_mail_proves_no_account_that_was_entered_meanwhile(
    installation: Installation, event_id: int, sink: SmtpSink
) -> None:
    enter_account(installation, event_id, sink)

    def enter_another(step: Any) -> None:
        if step.phase == "content":
            enter_account(installation, event_id, sink, username="other@example.org")

    sink.script = enter_another
    mail_id = queue_test(installation, event_id)
    with working(installation):
        wait_until(lambda: state_of(installation, mail_id) is MailState.SENT)
    assert not is_live(installation, event_id)


def test_a_test_mail_in_a_rehearsal_without_an_account_makes_nothing_live(
    installation: Installation, event_id: int
) -> None:
    mail_id = queue_test(installation, event_id)
    with working(installation):
        wait_until(lambda: state_of(installation, mail_id) is MailState.SENT)
    assert rehearsed(installation, event_id) == ["me@example.org"]
    assert not is_live(installation, event_id)


def test_an_account_that_rests_holds_back_test_mails_and_no_rehearsal(
    installation: Installation, event_id: int, sink: SmtpSink
) -> None:
    enter_account(installation, event_id, sink)
    with installation.database.writing() as session:
        session.get_one(Event, event_id).account.paused_until = now().replace(year=2099)
    mail_id = queue_test(installation, event_id)
    invite(installation, event_id, 2)
    with working(installation):
        wait_until(lambda: statuses(installation.database) == [Status.INVITED] * 2)
    assert state_of(installation, mail_id) is MailState.QUEUED
    assert rehearsed(installation, event_id) == ["v0@example.org", "v1@example.org"]
    assert sink.visits == 0


def test_a_mail_that_the_mailbox_cannot_keep_waits_for_itself_not_for_the_account(
    installation: Installation, event_id: int, sink: SmtpSink
) -> None:
    enter_account(installation, event_id, sink)
    invite(installation, event_id, 1)
    (claimed,) = claim(installation.database)
    assert claimed.account is None
    settle(installation.database, claimed, TOO_FAST)
    with installation.database.reading() as session:
        assert session.get_one(Event, event_id).account.paused_until is None
        assert session.get_one(Mail, claimed.mail_id).due_at > now()
    pass_time(installation.database, LEASE)
    (again,) = claim(installation.database)
    settle(installation.database, again, SENT)
    assert statuses(installation.database) == [Status.INVITED]


def test_a_pause_holds_the_rehearsal_and_lets_test_mails_go(
    installation: Installation, event_id: int, sink: SmtpSink
) -> None:
    enter_account(installation, event_id, sink)
    invite(installation, event_id, 2)
    queue_test(installation, event_id)
    with installation.database.writing() as session:
        hold.pause(session.get_one(Event, event_id))
    (claimed,) = claim(installation.database)
    assert (claimed.kind, claimed.account is not None) == (TEST, True)
    assert claim(installation.database) == []


def test_a_live_event_stays_live_whatever_a_later_check_says(
    installation: Installation, event_id: int, sink: SmtpSink
) -> None:
    """In rehearsal again, its mails would count as sent though they reached nobody."""
    enter_account(installation, event_id, sink)
    check(installation, event_id)
    enter_account(installation, event_id, sink, username="other@example.org")
    sink.script = answering("auth", "535 5.7.8 Username and Password not accepted")
    assert check(installation, event_id).level is Level.RED
    assert is_live(installation, event_id)


def test_an_account_that_is_not_live_can_be_forgotten_at_any_time(
    installation: Installation, event_id: int, sink: SmtpSink
) -> None:
    enter_account(installation, event_id, sink)
    invite(installation, event_id, 1)
    with installation.database.writing() as session:
        forget_account(session, event_for_change(session, event_id))
        assert session.get_one(Event, event_id).account is None


def test_a_new_account_after_the_forgotten_one_is_tried_anew(
    installation: Installation, event_id: int, sink: SmtpSink
) -> None:
    enter_account(installation, event_id, sink)
    check(installation, event_id)
    with installation.database.writing() as session:
        forget_account(session, event_for_change(session, event_id))
    enter_account(installation, event_id, sink)
    assert not is_live(installation, event_id)


def test_without_an_account_there_is_nothing_to_go_live_with(
    installation: Installation, event_id: int
) -> None:
    assert check(installation, event_id).level is Level.RED
    with installation.database.writing() as session:
        assert not go_live(session, event_for_change(session, event_id))
    assert not is_live(installation, event_id)


def configure(api: httpx.Client, **values: Any) -> None:
    answer = api.post("/api/updateOrgConfig", json={"token": OWNER_TOKEN, **values})
    assert answer.json()["code"] == 0


def is_rehearsal(api: httpx.Client) -> bool:
    answer = api.post("/api/email", json={"token": OWNER_TOKEN, "action": "query"}).json()
    assert answer["data"]["rehearsal"] == (answer["data"]["sending"] == "rehearsal")
    return bool(answer["data"]["rehearsal"])


def test_an_account_that_a_program_enters_is_live_at_once(api: httpx.Client) -> None:
    configure(api, password="s3cret", min_second=1)
    assert is_rehearsal(api)
    configure(api, username="thanks@example.org")
    assert not is_rehearsal(api)


def test_a_program_that_changes_only_the_pace_makes_nothing_live(
    api: httpx.Client, installation: Installation, default_event: Event, sink: SmtpSink
) -> None:
    enter_account(installation, default_event.id, sink)
    configure(api, min_second=1, max_second="2", name="Harbour Friends")
    assert is_rehearsal(api)
    configure(api, username="thanks@example.org", password="s3cret")
    assert not is_rehearsal(api)


def test_what_waits_in_a_rehearsal_reaches_nobody_unasked(
    installation: Installation, event_id: int, sink: SmtpSink
) -> None:
    invite(installation, event_id, 2)
    enter_account(installation, event_id, sink)
    check(installation, event_id)
    with installation.database.reading() as session:
        assert set(session.scalars(select(Mail.state))) == {MailState.CANCELLED}
