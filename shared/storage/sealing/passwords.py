"""The passwords of mail accounts as they are kept: sealed for one user name and server alone."""

from collections.abc import Sequence

from shared.storage.models import BounceMailbox, Event, MailSignIn, SendingAccount
from shared.storage.sealing.tokens import Seal

Binding = Sequence[str]


def binding_of(account: SendingAccount) -> Binding:
    """What the password is sealed for: who signs in where, and how that is encrypted."""
    return (account.username, account.host, str(account.port), account.security.value)


def early_binding_of(event: Event) -> Binding:
    """The same for a password that comes before its user name: no server can be asked yet."""
    return ("early account", str(event.id))


def mailbox_binding_of(mailbox: BounceMailbox) -> Binding:
    """The same for the mailbox that is read: what sends opens nothing there."""
    place = (mailbox.username, mailbox.host, str(mailbox.port), mailbox.security.value)
    return ("imap", *place)


def refresh_binding_of(account: SendingAccount) -> Binding:
    """What a refresh token is sealed for: a password of the same account is none."""
    return ("refresh token", *binding_of(account))


def access_binding_of(account: SendingAccount, scope: str) -> Binding:
    """The same for the access tokens of one scope."""
    return ("access token", *binding_of(account), scope)


def client_binding_of(sign_in: MailSignIn) -> Binding:
    """The same for the secret of a program that an organizer registered."""
    place = (str(sign_in.account_id), sign_in.authorize_url, sign_in.token_url)
    return ("client secret", *place, sign_in.client_id)


def open_mailbox_password(seal: Seal, mailbox: BounceMailbox) -> str:
    """Of a mailbox that has one. Raises SettingRefused when none of the keys sealed it."""
    return seal.open_bound(mailbox.sealed_password or "", mailbox_binding_of(mailbox))


def open_password(seal: Seal, account: SendingAccount) -> str:
    """Of an account that has one. Raises SettingRefused when none of the keys sealed it."""
    return seal.open_bound(account.sealed_password or "", binding_of(account))


def proofs(seal: Seal, account: SendingAccount, password: str) -> list[str]:
    """The keyed hash by which equal accounts know each other, of each key, newest first."""
    user, host = account.username.lower(), account.host.lower()
    return seal.fingerprints(user, host, str(account.port), password)
