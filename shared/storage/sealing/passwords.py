"""The stored passwords of mail accounts, each sealed for one user name and server only, and the
proof by which equal accounts are found and joined into one row."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from shared.storage import hooks
from shared.storage.models import Event, MailSignIn, SendingAccount
from shared.storage.sealing.tokens import Seal

Binding = Sequence[str]


def binding_of(account: SendingAccount) -> Binding:
    """Return the binding of an account's password: user name, server and encryption."""
    return (account.username, account.host, str(account.port), account.security.value)


def early_binding_of(event: Event) -> Binding:
    """Return the binding of a password that came before its user name: no server gets it yet."""
    return ("early account", str(event.id))


def refresh_binding_of(account: SendingAccount) -> Binding:
    """Return the binding of a refresh token, which never passes for the account's password."""
    return ("refresh token", *binding_of(account))


def access_binding_of(account: SendingAccount, scope: str) -> Binding:
    """Return the binding of access tokens of one scope."""
    return ("access token", *binding_of(account), scope)


def client_binding_of(sign_in: MailSignIn) -> Binding:
    """Return the binding of the secret of a client that an organizer registered."""
    place = (str(sign_in.account_id), sign_in.authorize_url, sign_in.token_url)
    return ("client secret", *place, sign_in.client_id)


def open_password(seal: Seal, account: SendingAccount) -> str:
    """Return the password of an account that has one. Raises SettingRefused if no key opens it."""
    return seal.open_bound(account.sealed_password or "", binding_of(account))


def proofs(seal: Seal, account: SendingAccount, password: str) -> list[str]:
    """The keyed hash by which equal accounts are recognized, for each key, newest first."""
    user, host = account.username.lower(), account.host.lower()
    return seal.fingerprints(user, host, str(account.port), password)


_LIMITS = ("per_minute", "per_hour", "per_day", "connections")
_GREATEST = (
    *("min_second", "max_second", "pauses_in_a_row", "next_at", "paused_until"),
    *("needs_fixing", "password_shown", "host_by_owner", "bad_counted_from"),
    *("mailbox_due", "mailbox_declined"),
)


def join_equal(session: Session, account: SendingAccount) -> SendingAccount:
    """Return the row for `account`, whose server has taken its password, from now on.

    If another one has the same proof, that one is kept: the events of both use it, with the
    stricter of their settings. Call with these rows locked.
    """
    earlier = select(SendingAccount).where(
        SendingAccount.proof == account.proof,
        SendingAccount.signed_in,
        SendingAccount.id != account.id,
    )
    kept = session.scalar(earlier)
    if kept is None:
        account.signed_in = True
        return account
    if _badness(account) > _badness(kept):
        kept.trouble_code, kept.trouble_text = account.trouble_code, account.trouble_text
    for name in _LIMITS:
        setattr(kept, name, min(_given(name, kept, account), default=None))
    for name in _GREATEST:
        setattr(kept, name, max(_given(name, kept, account), default=None))
    for event in session.scalars(select(Event).where(Event.account_id == account.id)):
        event.account, event.suppressions_due = kept, True
    hooks.features().accounts_joined(session, kept, account)
    session.flush()
    session.delete(account)
    session.flush()
    return kept


def _badness(account: SendingAccount) -> tuple[bool, float]:
    """Return a key that orders accounts by their wait: longer for a person than for a time."""
    until = account.paused_until
    return account.needs_fixing, until.timestamp() if until else 0.0


def _given(name: str, *accounts: SendingAccount) -> list[Any]:
    return [value for account in accounts if (value := getattr(account, name)) is not None]
