"""A mail of ours, taken back from the mailbox that its reports would come to."""

from contextlib import closing

from shared.errors import AccountChanged, MailboxTrouble, SettingRefused
from shared.events.installation import Installation
from shared.mail.accounts.credentials import opened_account
from shared.mail.bounces.looking import imap_mailbox
from shared.mail.bounces.token_sign_in import sign_in_by_token
from shared.mail.transport.protocol import Inbox
from shared.mail.transport.transports import kind_of
from shared.storage.models import BounceMailbox, Mail, SendingAccount

# For each answer of a service that keeps an inbox.
_SECONDS = 30.0


def source_of(
    installation: Installation, mailbox: BounceMailbox, mail: Mail, most: int
) -> bytes | None:
    """The source of a sent mail up to `most` bytes, as it arrived; None if it is not there.

    Asks the mail server: some seconds. Raises MailboxTrouble.
    """
    if inbox := own_inbox(installation, mailbox):
        with closing(inbox):
            return inbox.source(mail.message_id, mail.created_at, most)
    reach = installation.settings.organizers_reach
    sign_in = sign_in_by_token(installation, mailbox)
    with imap_mailbox(installation.seal, mailbox, reach, sign_in) as opened:
        opened.open(mailbox.folder)
        return opened.source(mail.message_id, most)


def own_inbox(installation: Installation, mailbox: BounceMailbox) -> Inbox | None:
    """The inbox that the account's own credentials open, to be closed at the end; None for a
    mailbox that is read over IMAP. Raises MailboxTrouble if there are none by now."""
    opens = kind_of(mailbox.way).inbox
    if opens is None:
        return None
    with installation.database.reading() as session:
        row = session.get(SendingAccount, mailbox.account_id)
    try:
        if row is None:
            raise AccountChanged
        return opens(opened_account(installation, row, "", _SECONDS))
    except (AccountChanged, SettingRefused) as refusal:
        raise MailboxTrouble(reason=refusal.details.get("reason", refusal.message)) from None
