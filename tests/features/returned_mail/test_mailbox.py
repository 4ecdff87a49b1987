"""What an organizer enters of a mailbox, and what becomes of its password."""

from dataclasses import replace

import pytest

from shared.destinations import PUBLIC
from shared.errors import SettingRefused
from shared.events.installation import Installation
from shared.features.returned_mail.mailbox import (
    MailboxChange,
    forget_mailbox,
    mailbox_of,
    set_mailbox,
    usual_mailbox,
)
from shared.features.returned_mail.models import BounceMailbox, open_mailbox_password
from shared.storage.models import Event, Security, SendingAccount
from shared.storage.sealing.key_rotation import count_lost, rotate_keys
from shared.storage.sealing.tokens import Seal
from tests.support.sending_steps import account_of, add_account

ENTERED = MailboxChange(
    "imap.example.org", 993, Security.TLS, "thanks@example.org", "its own password"
)


def enter(installation: Installation, event_id: int, change: MailboxChange) -> BounceMailbox:
    with installation.database.writing() as session:
        event = session.get_one(Event, event_id)
        return set_mailbox(session, installation.seal, event, change, PUBLIC)


@pytest.fixture
def entered(installation: Installation, event_id: int) -> BounceMailbox:
    add_account(installation.database, event_id)
    return enter(installation, event_id, ENTERED)


def test_the_password_is_kept_sealed_and_stays_when_nothing_is_typed(
    installation: Installation, event_id: int, entered: BounceMailbox
):
    assert "password" not in (entered.sealed_password or "")
    again = enter(installation, event_id, replace(ENTERED, password=None, move_to="Reports"))
    assert (again.move_to, again.id) == ("Reports", entered.id)
    assert open_mailbox_password(installation.seal, again) == "its own password"


@pytest.mark.parametrize(
    "elsewhere",
    [{"host": "imap.example.com"}, {"port": 1993}, {"username": "bo@example.org"}],
)
def test_a_stored_password_is_shown_to_no_other_server(
    installation: Installation, event_id: int, entered: BounceMailbox, elsewhere: dict[str, object]
):
    with pytest.raises(SettingRefused) as refused:
        enter(installation, event_id, replace(ENTERED, password=None, **elsewhere))
    assert refused.value.details["field"] == "password"
    with installation.database.reading() as session:
        assert session.query(BounceMailbox).one().host == "imap.example.org"


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"host": "127.0.0.1"}, "host"),
        ({"host": "no server"}, "host"),
        ({"port": 0}, "port"),
        ({"security": Security.NONE}, "security"),
        ({"folder": "IN\r\nBOX"}, "folder"),
    ],
)
def test_what_cannot_be_used_is_refused_by_its_field(
    installation: Installation, event_id: int, wrong: dict[str, object], field: str
):
    add_account(installation.database, event_id)
    with pytest.raises(SettingRefused) as refused:
        enter(installation, event_id, replace(ENTERED, **wrong))
    assert refused.value.details["field"] == field
    with installation.database.reading() as session:
        assert session.query(BounceMailbox).count() == 0


def test_a_new_key_seals_the_password_as_well(
    installation: Installation, event_id: int, entered: BounceMailbox
):
    old = installation.settings.data_dir / "secret.key"
    keys = ["k" * 43 + "=", old.read_text().strip()]
    seal = Seal(keys)
    assert rotate_keys(installation.database, seal)["passwords"] == 1
    assert count_lost(installation.database, Seal(keys[:1])) == 0


@pytest.mark.parametrize(
    ("host", "imap"),
    [
        ("smtp.qq.com", "imap.qq.com"),
        ("smtp.163.com", "imap.163.com"),
        ("smtp.office365.com", "outlook.office365.com"),
        ("smtp.mail.me.com", "imap.mail.me.com"),
    ],
)
def test_the_usual_mailbox_is_that_of_the_account(host: str, imap: str):
    account = SendingAccount(username="thanks@example.org", host=host)
    assert usual_mailbox(account) == MailboxChange(imap, 993, Security.TLS, "thanks@example.org")


def test_a_mailbox_is_forgotten_with_its_password(
    installation: Installation, event_id: int, entered: BounceMailbox
):
    with installation.database.writing() as session:
        forget_mailbox(session, session.get_one(Event, event_id))
    with installation.database.reading() as session:
        assert mailbox_of(session, account_of(installation.database, event_id)) is None
