"""The findings of `certs doctor` about returned mail."""

from collections.abc import Iterator

from sqlalchemy import select

from shared.cli.doctor import Diagnosis
from shared.events.installation import Installation
from shared.features.returned_mail.models import BounceMailbox, BounceWebhook
from shared.storage.models import SendingAccount


def diagnosed(installation: Installation) -> Iterator[Diagnosis]:
    """Yield how the last look into each mailbox for returned mail went, and the last call of each
    webhook."""
    with installation.database.reading() as session:
        mailboxes = session.scalars(select(BounceMailbox).order_by(BounceMailbox.id)).all()
        named = select(BounceWebhook, SendingAccount.username).join(SendingAccount)
        webhooks = session.execute(named.order_by(BounceWebhook.id)).all()
    for mailbox in mailboxes:
        fine = (
            f"read at {mailbox.looked_at:%Y-%m-%d %H:%M} UTC"
            if mailbox.looked_at
            else "not read yet"
        )
        subject = f"returned mail: {mailbox.username} at {mailbox.host}"
        yield Diagnosis(subject, not mailbox.trouble, mailbox.trouble or fine)
    for webhook, username in webhooks:
        at = webhook.heard_at
        fine = f"told of at {at:%Y-%m-%d %H:%M} UTC" if at else "nothing was told yet (take care)"
        subject = f"returned mail: {username} by {webhook.service}"
        yield Diagnosis(subject, not webhook.trouble, webhook.trouble or fine)
