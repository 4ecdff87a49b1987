"""The mailbox for returned mail is entered below the sending account."""

from pathlib import Path

import pytest

from shared.events.installation import Installation
from shared.mail.bounces.looking import look
from shared.mail.bounces.webhooks.entering import address_of
from shared.storage.models import BounceMailbox, BounceWebhook, Security
from tests.support.console_screens import Open, fill, give_account, press
from tests.support.imap_server import ImapServer, trust


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
        fill(screen, "Port of the mailbox", server.port)
        fill(screen, "User name of the mailbox", server.user)
        fill(screen, "Password of the mailbox", server.password)
        press(screen, "Save the mailbox")
        with installation.database.reading() as session:
            mailbox = session.query(BounceMailbox).one()
        assert (mailbox.port, mailbox.security) == (server.port, Security.TLS)
        look(installation, mailbox)
    screen = open_screen("account", event_id)
    assert any("Read for the last time at" in one.value for one in screen.success)
    press(screen, "Read this mailbox no more")
    with installation.database.reading() as session:
        assert session.query(BounceMailbox).count() == 0


def test_without_an_account_nothing_can_come_back(
    open_screen: Open, installation: Installation, event_id: int
):
    def headers() -> list[str]:
        return [one.value for one in open_screen("account", event_id).header]

    assert "Returned mail" not in headers()
    give_account(installation, event_id)
    assert "Returned mail" in headers()


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
    assert any("Mailgun has not called yet" in one.value for one in screen.info)
    press(screen, "Renew the address")
    (renewed,) = stored()
    assert renewed.secret_hash != webhook.secret_hash
    press(open_screen("account", event_id), "Remove the webhook")
    assert stored() == []
