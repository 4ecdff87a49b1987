"""The obstacles to reading returned mail, for the owner and for metrics."""

from collections.abc import Iterator

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from shared.features.returned_mail.models import BounceMailbox, BounceWebhook
from shared.language import N_, translate
from shared.storage.models import SendingAccount

_TROUBLE = N_("Bounced mail of {address} cannot be read: {words}")


def gauges(session: Session) -> Iterator[tuple[str, str, float]]:
    """Return how many mailboxes cannot be read."""
    in_trouble = select(func.count()).where(BounceMailbox.trouble != "")
    words = "Mailboxes whose returned mail cannot be read"
    yield "certs_mailboxes_in_trouble", words, session.scalars(in_trouble).one()


def troubles(session: Session, language: str) -> Iterator[tuple[str, str]]:
    """Yield a sentence for each mailbox and webhook that cannot be read, by its name."""
    # What passes by itself is worth telling when it does not.
    lasts = ~BounceMailbox.failed_looks.between(1, 4)
    unread = select(BounceMailbox).where(BounceMailbox.trouble != "", lasts)
    for mailbox in session.scalars(unread.order_by(BounceMailbox.id)):
        details = {"address": mailbox.username, "words": mailbox.trouble}
        yield f"mailbox {mailbox.id}", translate(_TROUBLE, language, **details)
    refused = select(BounceWebhook, SendingAccount.username).join(SendingAccount)
    refused = refused.where(BounceWebhook.trouble != "").order_by(BounceWebhook.id)
    for webhook, username in session.execute(refused):
        details = {"address": username, "words": translate(webhook.trouble, language)}
        yield f"webhook {webhook.id}", translate(_TROUBLE, language, **details)
