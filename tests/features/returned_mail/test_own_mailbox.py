"""Returned mail is read by default, where an account has its mailbox at a provider that we know."""

from typing import Any

import pytest

from shared.acts.go_live import check_and_go_live
from shared.destinations import ANYWHERE
from shared.events import event_for_change
from shared.events.installation import Installation
from shared.features.returned_mail import own_mailbox
from shared.features.returned_mail.looking import look
from shared.features.returned_mail.mailbox import forget_mailbox
from shared.features.returned_mail.models import BounceMailbox
from shared.features.returned_mail.own_mailbox import read_due, read_own_mailbox
from shared.findings import Level
from shared.mail.accounts.sending_account import set_account
from shared.mail.transport import providers
from shared.storage.models import Event
from tests.support.imap_server import ImapServer
from tests.support.lying_server import IMAP_LIES
from tests.support.mailing import invite, wait_until, working
from tests.support.own_provider import PASSWORD, imap
from tests.support.smtp_sink import SmtpSink, answering
from tests.support.trusted_sink import sink

__all__ = ["imap", "sink"]


def enter(installation: Installation, event_id: int, sink: SmtpSink, **more: Any) -> None:
    values = {
        "username": "thanks@example.org", "password": PASSWORD, "server_address": sink.host,
        "smtp_port": sink.port, "reach": ANYWHERE,
    }  # fmt: skip
    with installation.database.writing() as session:
        event = event_for_change(session, event_id)
        set_account(session, installation.seal, event, **values | more)


def check_and_save(
    installation: Installation, event_id: int, sink: SmtpSink
) -> tuple[Level, Level | None]:
    """How the account and its mailbox did."""
    enter(installation, event_id, sink)
    found = check_and_go_live(installation, event_id)
    tried = read_own_mailbox(installation, event_id)
    return found.level, tried.level if tried else None


def mailbox(installation: Installation) -> BounceMailbox | None:
    with installation.database.reading() as session:
        return session.query(BounceMailbox).one_or_none()


def test_an_account_that_is_accepted_is_read_with_its_own_password(
    installation: Installation, event_id: int, sink: SmtpSink, imap: ImapServer
) -> None:
    assert check_and_save(installation, event_id, sink) == (Level.GREEN, Level.GREEN)
    row = mailbox(installation)
    assert row is not None
    assert (row.host, row.port, row.username) == ("127.0.0.1", imap.port, imap.user)
    assert PASSWORD not in (row.sealed_password or "")
    look(installation, row)
    looked = mailbox(installation)
    assert looked is not None
    assert (looked.trouble, looked.looked_at is not None) == ("", True)


def test_a_mailbox_that_does_not_open_keeps_no_account_from_being_saved(
    installation: Installation, event_id: int, sink: SmtpSink, imap: ImapServer
) -> None:
    imap.password = "another"
    assert check_and_save(installation, event_id, sink) == (Level.GREEN, Level.AMBER)
    assert mailbox(installation) is None
    with installation.database.reading() as session:
        assert session.get_one(Event, event_id).live_account is not None


def test_a_server_that_never_answers_is_left_after_a_while(
    installation: Installation,
    event_id: int,
    sink: SmtpSink,
    imap: ImapServer,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    imap.lie = IMAP_LIES["a letter at a time"]
    monkeypatch.setattr(own_mailbox, "_WHOLE_SECONDS", 0.3)
    assert check_and_save(installation, event_id, sink) == (Level.GREEN, Level.AMBER)
    assert mailbox(installation) is None


def test_a_server_that_is_not_in_the_table_is_never_guessed(
    installation: Installation,
    event_id: int,
    sink: SmtpSink,
    imap: ImapServer,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    unknown = tuple(one for one in providers.PROVIDERS if one.host != sink.host)
    monkeypatch.setattr(providers, "PROVIDERS", unknown)
    assert check_and_save(installation, event_id, sink) == (Level.GREEN, None)
    assert imap.sessions == 0


def test_no_password_is_shown_that_the_mail_server_did_not_accept(
    installation: Installation, event_id: int, sink: SmtpSink, imap: ImapServer
) -> None:
    sink.script = answering("auth", "535 5.7.8 wrong password")
    assert check_and_save(installation, event_id, sink) == (Level.RED, None)
    assert imap.sessions == 0


def test_who_switched_it_off_is_not_asked_again_by_the_next_check(
    installation: Installation, event_id: int, sink: SmtpSink, imap: ImapServer
) -> None:
    check_and_save(installation, event_id, sink)
    with installation.database.writing() as session:
        forget_mailbox(session, event_for_change(session, event_id))
    sessions = imap.sessions
    assert check_and_save(installation, event_id, sink) == (Level.GREEN, None)
    assert (mailbox(installation), imap.sessions) == (None, sessions)


def test_a_worker_does_so_for_an_account_that_a_call_entered(
    installation: Installation, event_id: int, sink: SmtpSink, imap: ImapServer
) -> None:
    enter(installation, event_id, sink)
    read_due(installation)
    assert imap.sessions == 0  # No server has accepted the password yet.
    check_and_go_live(installation, event_id)
    invite(installation, event_id, 1)
    with working(installation):
        wait_until(lambda: mailbox(installation) is not None)


def test_a_worker_tries_a_password_once(
    installation: Installation, event_id: int, sink: SmtpSink, imap: ImapServer
) -> None:
    imap.password = "another"
    enter(installation, event_id, sink)
    check_and_go_live(installation, event_id)
    read_due(installation)
    read_due(installation)
    assert (mailbox(installation), len(imap.said("LOGIN"))) == (None, 1)
