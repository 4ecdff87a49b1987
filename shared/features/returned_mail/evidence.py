"""The knowledge of an account's returned mail in time, for its speed and for who sends."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from shared.features.returned_mail.models import BounceMailbox, mailbox_with, webhook_with
from shared.findings import Finding, Level
from shared.language import N_
from shared.mail.accounts.recent_mails import last_left, reports_come_within
from shared.settings import settings
from shared.storage.clock import database_time
from shared.storage.models import SendingAccount

# To so many people a list may go of which nobody knows what comes back.
UNWATCHED = 200


def is_known(account: SendingAccount, now: datetime) -> bool | None:
    """Return whether the account learns of its returned mail in time; None if it does not at all.

    It does from a mailbox that is read for it, or from a webhook that its provider has called. A
    look that failed is repeated, so it does not count against the mailbox.
    """
    mailbox, webhook = mailbox_with(account), webhook_with(account)
    if mailbox is None:
        return True if webhook is not None and webhook.heard_at is not None else None
    return not is_unread(mailbox, now)


def want(account: SendingAccount, at: datetime) -> None:
    """Look into the account's mailbox as soon as news of what left then can be there."""
    mailbox = mailbox_with(account)
    if mailbox is not None and not mailbox.failed_looks:
        mailbox.next_look_at = min(mailbox.next_look_at, at + reports_come_within())


def needs_person(mailbox: BounceMailbox) -> bool:
    """Return whether the last look failed for a reason that does not pass: a sign-in, a folder."""
    return bool(mailbox.trouble) and not mailbox.failed_looks


def is_unread(mailbox: BounceMailbox, now: datetime) -> bool:
    """Return whether nobody can look into the mailbox until a person mends it, or could for
    long."""
    if needs_person(mailbox):
        return True
    failing = timedelta(minutes=2**mailbox.failed_looks - 1)
    return now - mailbox.next_look_at + failing >= timedelta(seconds=settings().look_patience)


def was_looked_since(session: Session, account: SendingAccount) -> bool | None:
    """Return whether the mailbox was looked at since the last mail left; None if none is read."""
    mailbox, left = mailbox_with(account), last_left(session, account)
    if mailbox is None or left is None:
        return None
    return mailbox.looked_at is not None and mailbox.looked_at > left


def check_departure(session: Session, account: SendingAccount, waiting: int) -> Iterator[Finding]:
    """Yield whether a sending to so many is stopped when many of its mails come back."""
    subject, now = N_("Bounced mail"), database_time(session)
    if waiting > UNWATCHED and is_known(account, now) is None:
        yield Finding(Level.AMBER, subject, _UNWATCHED, {"count": waiting})
    if (mailbox := mailbox_with(account)) is None:
        return
    if mailbox.trouble:
        yield Finding(Level.AMBER, subject, UNREADABLE, {"reason": mailbox.trouble})
    elif is_unread(mailbox, now):
        yield Finding(Level.AMBER, subject, _UNREAD)


_UNWATCHED = N_(
    "Bounces are not read, so we cannot tell whether the addresses of {count} mails are "
    "right. Set this up in “Mail account”, “Bounced mail”."
)
UNREADABLE = N_("Bounced mail cannot be read, so mails are sent slowly: {reason}")
_UNREAD = N_(
    "Bounced mail was not read in time, so mails are sent slowly. Is a worker "
    "running that can reach the mailbox?"
)
