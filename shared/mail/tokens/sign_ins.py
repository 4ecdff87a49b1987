"""The sign-in of an account: how it is chosen, what is kept of it, and how it ends."""

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from shared.mail.tokens.access import keep_access_token
from shared.mail.tokens.provider import Grant
from shared.storage.database import database_time
from shared.storage.models import MailAccessToken, MailSignIn, SendingAccount
from shared.storage.sealing.passwords import refresh_binding_of
from shared.storage.sealing.tokens import Seal


def sign_in_of(session: Session, account_id: int) -> MailSignIn | None:
    """Of an account that is signed in to with tokens, whether or not somebody has yet."""
    return session.scalar(select(MailSignIn).where(MailSignIn.account_id == account_id))


def choose_sign_in(
    session: Session, account: SendingAccount, provider: str, scope: str
) -> MailSignIn:
    """Let `account` be signed in to at a `MailProvider`, for `scope`.

    Who signed in elsewhere, or for less, has to sign in again. Call with the account locked.
    """
    sign_in = sign_in_of(session, account.id)
    if sign_in is None:
        sign_in = MailSignIn(account_id=account.id, provider=provider, scope=scope, version=0)
        session.add(sign_in)
    elif (sign_in.provider, sign_in.scope) != (provider, scope):
        end_sign_in(session, sign_in)
        sign_in.provider, sign_in.scope = provider, scope
    account.by_token = True
    session.flush()
    return sign_in


def keep_sign_in(
    session: Session, seal: Seal, account: SendingAccount, sign_in: MailSignIn, grant: Grant
) -> None:
    """Somebody has signed in, and the provider gave `grant`, with a refresh token in it.

    In place of who was signed in before. Call with the account locked.
    """
    assert grant.refresh_token is not None
    end_sign_in(session, sign_in)
    sign_in.sealed_refresh_token = seal.seal_bound(grant.refresh_token, refresh_binding_of(account))
    sign_in.address, sign_in.signed_in_at = grant.address, database_time(session)
    keep_access_token(session, seal, sign_in, account, sign_in.scope, grant)
    session.flush()


def end_sign_in(session: Session, sign_in: MailSignIn) -> None:
    """Nobody is signed in any more, and what was held of it is gone."""
    sign_in.sealed_refresh_token = sign_in.signed_in_at = sign_in.renewing_until = None
    sign_in.address = sign_in.trouble = ""
    sign_in.version += 1
    session.execute(delete(MailAccessToken).where(MailAccessToken.sign_in_id == sign_in.id))
    session.flush()


def forget_sign_in(session: Session, account: SendingAccount) -> None:
    """The account is not signed in to with tokens any more. Call with it locked."""
    session.execute(delete(MailSignIn).where(MailSignIn.account_id == account.id))
    account.by_token = False
