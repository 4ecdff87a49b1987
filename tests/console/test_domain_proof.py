"""What proves the sender's domain is shown beside the test mail."""

from pathlib import Path

import pytest
from sqlalchemy import select
from streamlit.testing.v1 import AppTest

from shared.events.installation import Installation
from shared.storage.models import Mail, MailState, SendingAccount
from tests.support.console_screens import Open, fill, give_account, let_a_worker_live, press
from tests.support.imap_server import ImapServer, trust

OURS = "<0-0123456789abcdef@harbour.example>"
ARRIVED = (
    "Authentication-Results: mx.example.net; spf=pass smtp.mailfrom=harbour.example;\r\n"
    " dkim=pass header.d=harbour.example; dmarc=pass header.from=harbour.example\r\n"
    "Received: from smtp.harbour.example by mx.example.net\r\n"
    f"Message-ID: {OURS}\r\nFrom: <thanks@harbour.example>\r\n\r\nHello\r\n"
)


def with_a_test_mail_sent(screen: AppTest, installation: Installation) -> AppTest:
    let_a_worker_live(installation.database)
    fill(screen, "My address", "me@example.net")
    screen = press(screen, "Send the test mail")
    with installation.database.writing() as session:
        mail = session.scalars(select(Mail)).one()
        mail.state, mail.message_id = MailState.SENT, OURS
    return screen


def lines(screen: AppTest) -> list[str]:
    return [one.value for one in screen.markdown if "Sender's domain" in one.value]


def test_the_source_of_a_test_mail_is_pasted_and_says_what_was_found(
    open_screen: Open, installation: Installation, event_id: int
):
    give_account(installation, event_id)
    screen = with_a_test_mail_sent(open_screen("account", event_id), installation)
    fill(screen, "Source of the test mail that arrived", ARRIVED)
    found = lines(press(screen, "Check the source"))
    assert len(found) == 4
    assert "Good · DMARC: mx.example.net believes" in found[2].replace("\\", "")
    assert "Take care · Checked here: the mail has no DKIM signature" in found[3].replace("\\", "")


def test_a_mail_of_somebody_else_is_told_to_be_none_of_ours(
    open_screen: Open, installation: Installation, event_id: int
):
    give_account(installation, event_id)
    screen = open_screen("account", event_id)
    fill(screen, "Source of the test mail that arrived", ARRIVED)
    (found,) = lines(press(screen, "Check the source"))
    assert "This mail is not from this event" in found


def test_a_test_mail_is_looked_for_in_the_mailbox(
    open_screen: Open,
    installation: Installation,
    event_id: int,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
):
    give_account(installation, event_id)
    button = "Find the test mail"
    with ImapServer() as server:
        trust(server, tmp_path, monkeypatch)
        screen = open_screen("account", event_id)
        assert button not in [one.label for one in screen.button]
        fill(screen, "IMAP server", "127.0.0.1")
        fill(screen, "Mailbox port", server.port)
        fill(screen, "Mailbox user name", server.user)
        fill(screen, "Mailbox password", server.password)
        screen = press(screen, "Save the mailbox")
        screen = with_a_test_mail_sent(screen, installation)
        screen = screen.run()
        screen = press(screen, button)
        assert any("The test mail is not there" in one.value for one in screen.error)
        server.put(b"Subject: other\r\n\r\n", ARRIVED.encode())
        screen = press(screen, button)
    assert "Good · SPF" in lines(screen)[0]


def test_what_to_enter_in_the_dns_is_there_to_copy(
    open_screen: Open, installation: Installation, event_id: int
):
    give_account(installation, event_id)
    screen = open_screen("account", event_id)
    assert "v=DMARC1; p=none" in [one.value for one in screen.code]
    assert not any("v=spf1" in one.value for one in screen.code)
    with installation.database.writing() as session:
        session.scalars(select(SendingAccount)).one().host = "smtp.gmail.com"
    screen = open_screen("account", event_id)
    assert "v=spf1 include:_spf.google.com ~all" in [one.value for one in screen.code]
