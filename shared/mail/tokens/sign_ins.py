"""The sign-in of an account: how it is chosen, what is stored, and how it ends."""

from dataclasses import dataclass, field

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from shared.destinations import Reach, parts_of_site
from shared.errors import SettingRefused
from shared.language import N_
from shared.mail.tokens.access import keep_access_token
from shared.mail.tokens.provider import Grant
from shared.mail.transport.protocol import MailProvider
from shared.settings import THIS_MACHINE
from shared.storage.database import database_time
from shared.storage.models import MailAccessToken, MailSignIn, SendingAccount
from shared.storage.sealing.passwords import client_binding_of, refresh_binding_of
from shared.storage.sealing.tokens import Seal


@dataclass(frozen=True)
class SignInChoice:
    """Where to sign in to an account, and for what; for providers in the settings that is all.

    Without a secret the stored one stays, if it is for the same client.
    """

    provider: MailProvider
    scope: str
    authorize_url: str = ""
    token_url: str = ""
    client_id: str = ""
    client_secret: str | None = field(default=None, repr=False)


def place_of(one: MailSignIn | SignInChoice) -> tuple[str, ...]:
    """What a sign-in is valid for: another place or scope needs another sign-in."""
    urls = (one.authorize_url, one.token_url)
    return (str(one.provider), one.scope, *urls, one.client_id)


def judged_choice(choice: SignInChoice, reach: Reach) -> SignInChoice:
    """What somebody entered, as it is stored. Raises SettingRefused, naming the field."""
    scope = " ".join(choice.scope.split())
    if not scope or not scope.isprintable() or not scope.isascii():
        raise SettingRefused(field="scope", reason=N_("is needed, as the provider names it"))
    if choice.provider is not MailProvider.OTHER:
        return SignInChoice(choice.provider, scope)
    client_id = choice.client_id.strip()
    if not client_id or not client_id.isprintable():
        raise SettingRefused(field="client_id", reason=N_("is needed, as the provider gave it"))
    return SignInChoice(
        choice.provider,
        scope,
        _page("authorize_url", choice.authorize_url.strip(), reach),
        _page("token_url", choice.token_url.strip(), reach),
        client_id,
        choice.client_secret or None,
    )


def _page(field: str, url: str, reach: Reach) -> str:
    """Encrypted (RFC 6749, 3.1 and 3.2), except on this machine, which also has to be within
    reach."""
    parts = parts_of_site(url)
    host = (parts and parts.hostname) or ""
    schemes = ("https", "http") if host in THIS_MACHINE else ("https",)
    is_visible = url.isprintable() and url.isascii() and " " not in url
    is_plain = parts and "@" not in parts.netloc and not parts.fragment
    if not (parts and is_plain and is_visible and parts.scheme in schemes):
        raise SettingRefused(field=field, reason=_NO_PAGE)
    reach.refuse_written(field, host)
    return url


_NO_PAGE = N_("must be an address like https://login.example.org/oauth2/token")


def sign_in_of(session: Session, account_id: int) -> MailSignIn | None:
    """The sign-in of an account that uses tokens, whether or not somebody has signed in yet."""
    return session.scalar(select(MailSignIn).where(MailSignIn.account_id == account_id))


def is_elsewhere(session: Session, account: SendingAccount, choice: SignInChoice | None) -> bool:
    """Whether `choice` differs in place or scope from the current sign-in of `account`."""
    sign_in = sign_in_of(session, account.id)
    return choice is not None and (sign_in is None or place_of(sign_in) != place_of(choice))


def choose_sign_in(
    session: Session, seal: Seal, account: SendingAccount, choice: SignInChoice, *, by_owner: bool
) -> MailSignIn:
    """Let `account` use the sign-in of `choice`, which was validated.

    Somebody who signed in elsewhere, or for less, has to sign in again. Call with the account
    locked.
    """
    sign_in = sign_in_of(session, account.id)
    if sign_in is None:
        sign_in = MailSignIn(account_id=account.id, version=0, provider="", scope="")
        _take(sign_in, choice, by_owner=by_owner)
        session.add(sign_in)
    elif place_of(sign_in) != place_of(choice):
        end_sign_in(session, sign_in)
        _take(sign_in, choice, by_owner=by_owner)
    if choice.client_secret:
        sign_in.sealed_client_secret = seal.seal_bound(
            choice.client_secret, client_binding_of(sign_in)
        )
    account.by_token = True
    session.flush()
    return sign_in


def _take(sign_in: MailSignIn, choice: SignInChoice, *, by_owner: bool) -> None:
    """A secret stays with its client."""
    sign_in.provider, sign_in.scope = choice.provider.value, choice.scope
    sign_in.authorize_url, sign_in.token_url = choice.authorize_url, choice.token_url
    sign_in.client_id, sign_in.sealed_client_secret = choice.client_id, None
    sign_in.urls_by_owner = by_owner


def keep_sign_in(
    session: Session, seal: Seal, account: SendingAccount, sign_in: MailSignIn, grant: Grant
) -> None:
    """Store that somebody signed in, and the provider gave `grant`, with a refresh token.

    It replaces whoever was signed in before. Call with the account locked.
    """
    assert grant.refresh_token is not None
    end_sign_in(session, sign_in)
    sign_in.sealed_refresh_token = seal.seal_bound(grant.refresh_token, refresh_binding_of(account))
    sign_in.address, sign_in.signed_in_at = grant.address, database_time(session)
    keep_access_token(session, seal, sign_in, account, grant)
    session.flush()


def end_sign_in(session: Session, sign_in: MailSignIn) -> None:
    """End the sign-in, and delete its tokens."""
    sign_in.sealed_refresh_token = sign_in.signed_in_at = sign_in.renewing_until = None
    sign_in.address = sign_in.trouble = ""
    sign_in.version += 1
    session.execute(delete(MailAccessToken).where(MailAccessToken.sign_in_id == sign_in.id))
    session.flush()


def forget_sign_in(session: Session, account: SendingAccount) -> None:
    """Let the account use tokens no longer. Call with it locked."""
    if account.by_token:
        session.execute(delete(MailSignIn).where(MailSignIn.account_id == account.id))
        account.by_token = False
