"""Where returned mail is read: entered below the sending account, told of beside a sending."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from shared.events.installation import Installation
from shared.features.returned_mail.looking import look
from shared.features.returned_mail.models import BounceMailbox, BounceWebhook
from shared.features.returned_mail.webhooks.entering import address_of
from shared.mail.accounts.sharing import account_name
from shared.storage.clock import database_time
from shared.storage.models import Attempt, Event, Mail, MailState, Security, Verdict
from tests.support import factories
from tests.support.console_screens import Open, fill, give_account, press
from tests.support.imap_server import ImapServer, trust
from tests.support.own_provider import PASSWORD, imap
from tests.support.smtp_sink import SmtpSink
from tests.support.trusted_sink import sink

__all__ = ["imap", "sink"]


def test_a_mailbox_is_entered_read_and_forgotten(
    open_screen: Open,
    installation: Installation,
    event_id: int,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
):
    give_account(installation, event_id)
    screen = open_screen("account", event_id)
    assert "Bounced mail is not checked yet." in [one.value for one in screen.info]
    with ImapServer() as server:
        trust(server, tmp_path, monkeypatch)
        fill(screen, "IMAP server", "127.0.0.1")
        fill(screen, "Mailbox port", server.port)
        fill(screen, "Mailbox user name", server.user)
        fill(screen, "Mailbox password", server.password)
        press(screen, "Save the mailbox")
        with installation.database.reading() as session:
            mailbox = session.query(BounceMailbox).one()
        assert (mailbox.port, mailbox.security) == (server.port, Security.TLS)
        look(installation, mailbox)
    screen = open_screen("account", event_id)
    assert any("Last read at" in one.value for one in screen.success)
    press(screen, "Stop reading this mailbox")
    with installation.database.reading() as session:
        assert session.query(BounceMailbox).count() == 0


def test_check_and_save_reads_the_own_mailbox_and_says_so(
    open_screen: Open,
    installation: Installation,
    event_id: int,
    sink: SmtpSink,
    imap: ImapServer,
):
    def check_and_save() -> str:
        screen = open_screen("account", event_id)
        fill(screen, "Mail address or user name", "thanks@example.org")
        screen.run()
        for label, value in (("Server", sink.host), ("Port", sink.port), ("Password", PASSWORD)):
            fill(screen, label, value)
        screen = press(screen, "Check and save")
        return " ".join(one.value for one in (*screen.success, *screen.warning, *screen.info))

    imap.password = "another"
    said = check_and_save()
    assert "mails are sent from" in said
    assert "Bounced mail is not read," in said
    imap.password = PASSWORD
    assert "Bounced mail is now read in this account's mailbox at" in check_and_save()
    press(open_screen("account", event_id), "Stop reading this mailbox")
    assert "Bounced mail is not checked yet." in check_and_save()


def test_without_an_account_nothing_can_come_back(
    open_screen: Open, installation: Installation, event_id: int
):
    def headers() -> list[str]:
        return [one.value for one in open_screen("account", event_id).header]

    assert "Bounced mail" not in headers()
    give_account(installation, event_id)
    assert "Bounced mail" in headers()


def test_a_webhook_is_entered_shown_renewed_and_removed(
    open_screen: Open, installation: Installation, event_id: int
):
    give_account(installation, event_id)

    def stored() -> list[BounceWebhook]:
        with installation.database.reading() as session:
            return session.query(BounceWebhook).all()

    screen = open_screen("account", event_id)
    fill(screen, "Mail service", "mailgun")
    screen.run()
    fill(screen, "HTTP webhook signing key", "key-of-mailgun")
    press(screen, "Save the webhook")
    (webhook,) = stored()
    address = address_of(installation.settings, installation.seal, webhook)
    screen = open_screen("account", event_id)
    assert address in [one.value for one in screen.code]
    assert "key-of-mailgun" not in str(screen)
    assert any("Mailgun has not reported yet" in one.value for one in screen.info)
    press(screen, "Renew the address")
    (renewed,) = stored()
    assert renewed.secret_hash != webhook.secret_hash
    press(open_screen("account", event_id), "Remove the webhook")
    assert stored() == []


def test_behind_the_first_few_it_is_said_whether_returned_mail_was_looked_at_since(
    open_screen: Open, installation: Installation, listed: int
):
    give_account(installation, listed)
    factories.invite(installation, listed)
    with installation.database.writing() as session:
        account = session.get_one(Event, listed).account
        assert account is not None
        first, second = session.scalars(select(Mail).order_by(Mail.id)).all()
        first.state, second.state = MailState.SENT, MailState.HELD
        left = database_time(session) - timedelta(minutes=5)
        tried = {"mail_id": first.id, "account": account_name(account), "try_number": 1}
        session.add(Attempt(**tried, at=left, ended_at=left, verdict=Verdict.SENT))
        place = {"host": "imap.example.org", "port": 993, "security": Security.TLS}
        mailbox = BounceMailbox(account_id=account.id, username="thanks", **place)
        session.add(mailbox)
    told = " ".join(caption.value for caption in open_screen("send", listed).caption)
    assert "Bounced mail was not checked after the last mail was sent" in told
    with installation.database.writing() as session:
        session.merge(mailbox).looked_at = database_time(session)
    told = " ".join(caption.value for caption in open_screen("send", listed).caption)
    assert "Bounced mail was checked after the last mail was sent." in told
