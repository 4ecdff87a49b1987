"""The webhook of an account, as an organizer enters it, and the address to paste at the provider.

The address has a secret, which is derived from a key outside of the database and kept there as a
hash: whoever reads the database alone can call no address.
"""

from urllib.parse import urlencode

from sqlalchemy import select
from sqlalchemy.orm import Session

from shared.errors import AccountChanged, SettingRefused
from shared.features.returned_mail.mailbox import note_entered
from shared.features.returned_mail.models import BounceWebhook, webhook_binding_of
from shared.features.returned_mail.webhooks.services import SERVICES
from shared.language import N_
from shared.settings import Settings
from shared.storage.models import Event, SendingAccount
from shared.storage.sealing.tokens import Seal, new_public_id, token_hash

PATH = "/returned"
_PURPOSE = "webhook for returned mail"


def webhook_of(session: Session, account: SendingAccount) -> BounceWebhook | None:
    """Return the webhook of an account, if one was entered."""
    return session.scalar(select(BounceWebhook).where(BounceWebhook.account_id == account.id))


def set_webhook(
    session: Session, seal: Seal, event: Event, service: str, entered: str = ""
) -> BounceWebhook:
    """Store that `service` tells of the returned mail of the event's account; another one than
    before gets a new address. Call with the event locked.

    Nothing `entered` keeps what is stored. Raises SettingRefused, naming the field, and
    AccountChanged when there is no account by now.
    """
    account = event.account
    if account is None:
        raise AccountChanged
    kind = SERVICES[service]
    row = webhook_of(session, account)
    if row is None or row.service != service:
        row = row or BounceWebhook(account_id=account.id)
        row.service, row.sealed_key = service, None
        _give_address(seal, row)
    if kind.asks and entered.strip():
        row.sealed_key = seal.seal_bound(kind.judged(entered), webhook_binding_of(service))
        row.trouble = ""
    elif kind.asks and row.sealed_key is None:
        raise SettingRefused(field="webhook_key", reason=N_("is needed"))
    session.add(row)
    note_entered(session, account, event)
    return row


def renew_address(session: Session, seal: Seal, event: Event) -> None:
    """Give the webhook another address; events to the one before are refused. Call with the event
    locked."""
    if event.account and (row := webhook_of(session, event.account)):
        _give_address(seal, row)
        note_entered(session, event.account, event)


def forget_webhook(session: Session, event: Event) -> None:
    """Take no more events; what is known stays. Call with the event locked."""
    if event.account and (row := webhook_of(session, event.account)):
        session.delete(row)
        note_entered(session, event.account, event)


def address_of(settings: Settings, seal: Seal, row: BounceWebhook) -> str:
    """Return what is pasted at the provider; empty if the key is gone that it was made with, though
    events that come there still count."""
    for secret in seal.fingerprints(_PURPOSE, row.nonce):
        if token_hash(secret) == row.secret_hash:
            return f"{settings.public_url}{PATH}?{urlencode({'webhook': row.id, 'key': secret})}"
    return ""


def _give_address(seal: Seal, row: BounceWebhook) -> None:
    row.nonce = new_public_id()
    row.secret_hash = token_hash(seal.fingerprints(_PURPOSE, row.nonce)[0])
    row.heard_at, row.trouble = None, ""
