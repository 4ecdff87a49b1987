"""A mail of ours, taken back from the mailbox that its reports would come to."""

import imaplib
from contextlib import closing

from imap_tools import BaseMailBox

from shared.errors import AccountChanged, MailboxTrouble, SettingRefused, SignInBusy, SignInEnded
from shared.events.installation import Installation
from shared.mail.accounts.credentials import opened_account
from shared.mail.bounces.imap import SignIn
from shared.mail.bounces.looking import imap_mailbox
from shared.mail.tokens.access import access_token
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


def sign_in_by_token(installation: Installation, mailbox: BounceMailbox) -> SignIn | None:
    """The sign-in for a mailbox without a password of its own; None if it has one.

    Using it raises MailboxTrouble if there is no token.
    """
    if mailbox.sealed_password is not None:
        return None

    def token(refused: str) -> str:
        try:
            return access_token(installation, mailbox.account_id, refused)
        except (SignInBusy, SignInEnded) as refusal:
            raise MailboxTrouble(reason=refusal.message) from None

    def sign_in(box: BaseMailBox) -> None:
        shown = token("")
        try:
            box.xoauth2(mailbox.username, shown, None)
        except imaplib.IMAP4.abort:
            raise
        except imaplib.IMAP4.error:
            # Tokens may expire early, so another one is tried, once.
            box.xoauth2(mailbox.username, token(shown), None)

    return sign_in
