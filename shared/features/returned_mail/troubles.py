"""What keeps returned mail from being read, for the owner."""

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from shared.language import N_, translate
from shared.storage.models import BounceMailbox, BounceWebhook, SendingAccount

_TROUBLE = N_("Bounced mail of {address} cannot be read: {words}")


def troubles(session: Session, language: str) -> Iterator[tuple[str, str]]:
    """A sentence for each mailbox and webhook that stands, by its name."""
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
