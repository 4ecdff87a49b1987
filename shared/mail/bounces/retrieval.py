"""The mailbox that reports come to, opened; and a mail of ours, taken back from it."""

from contextlib import closing

from shared.errors import AccountChanged, MailboxTrouble, SettingRefused
from shared.events.installation import Installation
from shared.mail.accounts.credentials import opened_account
from shared.mail.bounces.imap import ImapInbox
from shared.mail.transport.protocol import Inbox
from shared.mail.transport.transports import kind_of
from shared.storage.models import BounceMailbox, Mail, SendingAccount

# For each answer of a service that keeps an inbox.
_SECONDS = 30.0


def opened(installation: Installation, mailbox: BounceMailbox) -> Inbox:
    """What `mailbox` stands for, to be closed at the end: one that an organizer entered, or the
    inbox of the account. Raises MailboxTrouble if the account is gone by now."""
    opens = kind_of(mailbox.way).inbox
    if opens is None:
        return ImapInbox(installation, mailbox)
    with installation.database.reading() as session:
        row = session.get(SendingAccount, mailbox.account_id)
    try:
        if row is None:
            raise AccountChanged
        return opens(opened_account(installation, row, "", _SECONDS))
    except (AccountChanged, SettingRefused) as refusal:
        raise MailboxTrouble(reason=refusal.details.get("reason", refusal.message)) from None


def source_of(
    installation: Installation, mailbox: BounceMailbox, mail: Mail, most: int
) -> bytes | None:
    """The source of a sent mail up to `most` bytes, as it arrived; None if it is not there.

    Asks the mail server: some seconds. Raises MailboxTrouble.
    """
    with closing(opened(installation, mailbox)) as inbox:
        return inbox.source(mail.message_id, mail.created_at, most)
