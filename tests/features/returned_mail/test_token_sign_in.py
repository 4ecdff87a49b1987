"""The mailbox of an account that somebody signed in to is read with the same sign-in."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from shared.destinations import ANYWHERE
from shared.errors import SettingRefused
from shared.events import event_for_change
from shared.events.installation import Installation
from shared.features.returned_mail.looking import look
from shared.features.returned_mail.mailbox import MailboxChange, set_mailbox
from shared.features.returned_mail.models import BounceMailbox
from shared.mail.accounts.sending_account import set_account
from shared.storage.models import Event, Security
from tests.support.imap_server import ImapServer, trust
from tests.support.mail_identity import MailIdentity
from tests.support.mail_sign_ins import SENDER, at_identity, identity, served_identity, sign_in
from tests.support.one_database import database_url

__all__ = ["database_url", "identity", "served_identity"]


@pytest.fixture
def server(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, identity: MailIdentity
) -> Iterator[ImapServer]:
    with ImapServer(capabilities="IMAP4rev1 MOVE ID AUTH=XOAUTH2") as running:
        running.opens = lambda user, token: identity.opens(token, user, "IMAP.AccessAsUser")
        trust(running, tmp_path, monkeypatch)
        yield running


@pytest.fixture
def signed_in(installation: Installation, event_id: int, identity: MailIdentity) -> Installation:
    registered = at_identity(installation, identity)
    with registered.database.writing() as session:
        event = event_for_change(session, event_id)
        set_account(
            session, registered.seal, event,
            username=SENDER, server_address="127.0.0.1", reach=ANYWHERE,
        )  # fmt: skip
    sign_in(registered, event_id, identity)
    return registered


def enter(
    installation: Installation, event_id: int, server: ImapServer, host: str = "127.0.0.1"
) -> BounceMailbox:
    """A mailbox without a password."""
    change = MailboxChange(host, server.port, Security.TLS, SENDER)
    with installation.database.writing() as session:
        event = session.get_one(Event, event_id)
        return set_mailbox(session, installation.seal, event, change, ANYWHERE)


def trouble(installation: Installation) -> str:
    """What is stored as trouble after a look."""
    with installation.database.reading() as session:
        mailbox = session.query(BounceMailbox).one()
    look(installation, mailbox)
    with installation.database.reading() as session:
        return session.query(BounceMailbox).one().trouble


def test_it_is_read_without_a_password(signed_in, event_id, server):
    server.put(b"Subject: hello\r\n\r\nhello\r\n")
    enter(signed_in, event_id, server)
    assert trouble(signed_in) == ""
    assert server.said("FETCH")


def test_after_a_token_that_ended_early_another_one_is_shown(signed_in, event_id, server, identity):
    enter(signed_in, event_id, server)
    identity.end_access()
    assert trouble(signed_in) == ""
    assert identity.renewals == 1


def test_when_the_sign_in_has_ended_it_says_so(signed_in, event_id, server, identity):
    enter(signed_in, event_id, server)
    identity.end_access()
    identity.end_sign_ins()
    assert "sign in again" in trouble(signed_in)


def test_no_other_server_is_shown_the_token(signed_in, event_id, server):
    with pytest.raises(SettingRefused, match="another server"):
        enter(signed_in, event_id, server, host="localhost")
