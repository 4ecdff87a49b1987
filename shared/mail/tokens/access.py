"""The access token of an account: the stored one, or a new one that one process requests.

Two workers may need one at once. The first to find none reserves the request, for a short time, in
a row for which no other waits; the provider is asked outside any transaction. A provider that sees
a refresh token twice may end the sign-in, so a new one is stored at once.
"""

import time
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, CursorResult, or_, select, update
from sqlalchemy.orm import Session

from shared.errors import SIGN_IN_NEEDED, SettingRefused, SignInBusy, SignInEnded
from shared.events.installation import Installation
from shared.mail.tokens.provider import LONGEST_SECONDS, Grant, registration_of, renew
from shared.storage.clock import database_time
from shared.storage.models import MailAccessToken, MailSignIn, SendingAccount
from shared.storage.sealing.passwords import access_binding_of, refresh_binding_of
from shared.storage.sealing.tokens import Seal

# A token is replaced that long before its end, since it has to last for a conversation.
_EARLY = timedelta(seconds=60)
_LEASE = timedelta(seconds=3 * LONGEST_SECONDS)
_PATIENCE_SECONDS = 2 * LONGEST_SECONDS
_POLL_SECONDS = 0.1


def access_token(installation: Installation, account_id: int, refused: str = "") -> str:
    """Return a token that opens the account for at least a minute, for the scope of the sign-in;
    never `refused`, which a server did not accept.

    Asks the provider if necessary, for some seconds, so never call it within a transaction. Raises
    SignInEnded if a person has to sign in, and SignInBusy if it may work later.
    """
    until = time.monotonic() + _PATIENCE_SECONDS
    while time.monotonic() < until:
        found = (
            select(MailSignIn, SendingAccount)
            .join(SendingAccount, SendingAccount.id == MailSignIn.account_id)
            .where(
                MailSignIn.account_id == account_id, MailSignIn.sealed_refresh_token.is_not(None)
            )
        )
        with installation.database.reading() as session:
            rows = session.execute(found).one_or_none()
            if rows is None:
                raise SignInEnded(SIGN_IN_NEEDED)
            sign_in, account = rows
            at = database_time(session)
            token = _stored(session, installation.seal, sign_in, account, at)
        if token and token != refused:
            return token
        if renewed := _renewed(installation, sign_in, account, at):
            return renewed
        time.sleep(_POLL_SECONDS)
    raise SignInBusy()


@dataclass(frozen=True)
class AccountToken:
    """The tokens of one account, for a transport to call."""

    installation: Installation = field(compare=False, repr=False)
    account_id: int

    def __call__(self, refused: str) -> str:
        """Return a token other than the one that was `refused`: see `access_token`."""
        return access_token(self.installation, self.account_id, refused)


def _stored(
    session: Session, seal: Seal, sign_in: MailSignIn, account: SendingAccount, at: datetime
) -> str | None:
    lasting = select(MailAccessToken.sealed_token).where(
        MailAccessToken.sign_in_id == sign_in.id,
        MailAccessToken.scope == sign_in.scope,
        MailAccessToken.expires_at > at + _EARLY,
    )
    sealed = session.scalar(lasting)
    try:
        binding = access_binding_of(account, sign_in.scope)
        return seal.open_bound(sealed, binding) if sealed else None
    except SettingRefused:
        # It is for another server, or its key is lost: a new one can be requested.
        return None


def _renewed(
    installation: Installation, sign_in: MailSignIn, account: SendingAccount, at: datetime
) -> str | None:
    """Return a new token; None while another process requests one, or if one has since the rows
    were read, at `at`.

    Raises SignInEnded if the sign-in was for another server, or can no longer be opened.
    """
    database, seal = installation.database, installation.seal
    registration = registration_of(installation.settings, seal, sign_in)
    try:
        known = seal.open_bound(sign_in.sealed_refresh_token or "", refresh_binding_of(account))
    except SettingRefused:
        raise SignInEnded() from None
    free = or_(MailSignIn.renewing_until.is_(None), MailSignIn.renewing_until < at)
    with database.writing() as session:
        if not _change(session, sign_in, free, renewing_until=at + _LEASE):
            return None
    try:
        grant = renew(registration, known, sign_in.scope if registration.names_scope else "")
    except (SignInEnded, SignInBusy) as refusal:
        trouble = {"trouble": refusal.stored} if isinstance(refusal, SignInEnded) else {}
        with database.writing() as session:
            _change(session, sign_in, renewing_until=None, **trouble)
        raise
    with database.writing() as session:
        # Nothing is stored if somebody signed in again in the meantime.
        refresh = seal.seal_bound(grant.refresh_token or known, refresh_binding_of(account))
        values = {"sealed_refresh_token": refresh, "version": sign_in.version + 1}
        if not _change(session, sign_in, renewing_until=None, trouble="", **values):
            raise SignInBusy()
        keep_access_token(session, seal, sign_in, account, grant)
    return grant.access_token


def keep_access_token(
    session: Session, seal: Seal, sign_in: MailSignIn, account: SendingAccount, grant: Grant
) -> None:
    """Store a token in place of the previous one. Call with the sign-in's row changed or locked."""
    scope = sign_in.scope
    old = select(MailAccessToken).where(
        MailAccessToken.sign_in_id == sign_in.id, MailAccessToken.scope == scope
    )
    cached = session.scalar(old) or MailAccessToken(sign_in_id=sign_in.id, scope=scope)
    cached.sealed_token = seal.seal_bound(grant.access_token, access_binding_of(account, scope))
    cached.expires_at = database_time(session) + grant.lives
    session.add(cached)


def _change(
    session: Session, sign_in: MailSignIn, *conditions: ColumnElement[bool], **values: Any
) -> bool:
    as_read = [MailSignIn.id == sign_in.id, MailSignIn.version == sign_in.version]
    result = session.execute(update(MailSignIn).where(*as_read, *conditions).values(**values))
    assert isinstance(result, CursorResult)
    return bool(result.rowcount)
