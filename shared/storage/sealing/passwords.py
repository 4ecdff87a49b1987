"""The stored passwords of mail accounts, each sealed for one user name and server only."""

from collections.abc import Sequence

from shared.storage.models import BounceMailbox, Event, MailSignIn, SendingAccount
from shared.storage.sealing.tokens import Seal

Binding = Sequence[str]


def binding_of(account: SendingAccount) -> Binding:
    """What the password is bound to: who signs in where, and with which encryption."""
    return (account.username, account.host, str(account.port), account.security.value)


def early_binding_of(event: Event) -> Binding:
    """What a password is bound to that comes before its user name, when no server can be asked."""
    return ("early account", str(event.id))


def mailbox_binding_of(mailbox: BounceMailbox) -> Binding:
    """What the password of the mailbox is bound to that is read: a sending password opens nothing
    there."""
    place = (mailbox.username, mailbox.host, str(mailbox.port), mailbox.security.value)
    return ("imap", *place)


def refresh_binding_of(account: SendingAccount) -> Binding:
    """What a refresh token is bound to, so that it never passes for the account's password."""
    return ("refresh token", *binding_of(account))


def access_binding_of(account: SendingAccount, scope: str) -> Binding:
    """What the access tokens of one scope are bound to."""
    return ("access token", *binding_of(account), scope)


def client_binding_of(sign_in: MailSignIn) -> Binding:
    """What the secret of a client is bound to that an organizer registered."""
    place = (str(sign_in.account_id), sign_in.authorize_url, sign_in.token_url)
    return ("client secret", *place, sign_in.client_id)


def open_mailbox_password(seal: Seal, mailbox: BounceMailbox) -> str:
    """The password of a mailbox that has one. Raises SettingRefused if none of the keys sealed
    it."""
    return seal.open_bound(mailbox.sealed_password or "", mailbox_binding_of(mailbox))


def open_password(seal: Seal, account: SendingAccount) -> str:
    """The password of an account that has one. Raises SettingRefused if none of the keys sealed
    it."""
    return seal.open_bound(account.sealed_password or "", binding_of(account))


def proofs(seal: Seal, account: SendingAccount, password: str) -> list[str]:
    """The keyed hash by which equal accounts are recognized, for each key, newest first."""
    user, host = account.username.lower(), account.host.lower()
    return seal.fingerprints(user, host, str(account.port), password)
