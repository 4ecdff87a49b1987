"""Signing in to a mailbox with the token of the account whose mails return to it."""

import imaplib

from imap_tools import BaseMailBox

from shared.errors import MailboxTrouble, SignInBusy, SignInEnded
from shared.events.installation import Installation
from shared.mail.bounces.imap import SignIn
from shared.mail.tokens.access import access_token
from shared.storage.models import BounceMailbox


def sign_in_by_token(installation: Installation, mailbox: BounceMailbox) -> SignIn | None:
    """The sign-in for a mailbox without a password of its own; None if it has one.

    Using it raises MailboxTrouble if there is no token.
    """
    if mailbox.sealed_password is not None:
        return None

    def token(refused: str) -> str:
        try:
            return access_token(installation, mailbox.account_id, refused=refused)
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
