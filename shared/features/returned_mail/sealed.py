"""The secrets of returned mail, each sealed for the place alone for which it was entered."""

from shared.storage.models import BounceMailbox, BounceWebhook
from shared.storage.sealing.key_rotation import bound
from shared.storage.sealing.passwords import Binding
from shared.storage.sealing.tokens import Seal


def mailbox_binding_of(mailbox: BounceMailbox) -> Binding:
    """Return the binding of a mailbox's password: a sending password opens nothing there."""
    place = (mailbox.username, mailbox.host, str(mailbox.port), mailbox.security.value)
    return ("imap", *place)


def webhook_binding_of(service: str) -> Binding:
    """Return the binding of the key that proves a webhook's reports."""
    return ("webhook", service)


def open_mailbox_password(seal: Seal, mailbox: BounceMailbox) -> str:
    """Return the password of a mailbox that has one. Raises SettingRefused if no key opens it."""
    return seal.open_bound(mailbox.sealed_password or "", mailbox_binding_of(mailbox))


SEALED = (
    bound(BounceMailbox.sealed_password, mailbox_binding_of, BounceMailbox),
    bound(BounceWebhook.sealed_key, webhook_binding_of, BounceWebhook.service),
)
