"""An account's sign-in at its provider: choosing, starting and ending it, and waiting for one."""

import json
from dataclasses import dataclass, field
from hashlib import sha256

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from shared.destinations import Reach, parts_of_site
from shared.errors import SIGN_IN_NEEDED, AccountChanged, ProductError, SettingRefused
from shared.language import N_
from shared.log import audit
from shared.mail.accounts.health import ask_a_person, clear_trouble
from shared.mail.tokens.access import keep_access_token
from shared.mail.tokens.provider import Grant
from shared.mail.transport.protocol import MailProvider
from shared.mail.transport.transports import kind_of
from shared.settings import THIS_MACHINE
from shared.storage.clock import database_time
from shared.storage.models import Action, Event, MailAccessToken, MailSignIn, SendingAccount
from shared.storage.sealing.passwords import binding_of, client_binding_of, refresh_binding_of
from shared.storage.sealing.tokens import Seal

# A sign-in is valid for these: another value of one needs another sign-in.
_PLACE = ("provider", "scope", "authorize_url", "token_url", "client_id")


@dataclass(frozen=True)
class SignInChoice:
    """The provider to sign in at, and the scope; the rest only for one that the settings lack.

    Without a secret, the stored one is kept if it is for the same client.
    """

    provider: MailProvider
    scope: str
    authorize_url: str = ""
    token_url: str = ""
    client_id: str = ""
    client_secret: str | None = field(default=None, repr=False)


def _place(sign_in: MailSignIn | SignInChoice) -> dict[str, str]:
    return {name: str(getattr(sign_in, name)) for name in _PLACE}


def judged_choice(choice: SignInChoice, reach: Reach) -> SignInChoice:
    """Return what somebody entered as it is stored. Raises SettingRefused, naming the field."""
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
    """Return `url` if it is encrypted (RFC 6749, 3.1 and 3.2) or on this machine, and within reach.
    Raises SettingRefused, naming the field."""
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
    """Return the row of an account that uses tokens, also before somebody has signed in."""
    return session.scalar(select(MailSignIn).where(MailSignIn.account_id == account_id))


def is_elsewhere(session: Session, account: SendingAccount, choice: SignInChoice | None) -> bool:
    """Return whether `choice` differs in place or scope from the account's current sign-in."""
    if choice is None:
        return False
    sign_in = sign_in_of(session, account.id)
    return sign_in is None or _place(sign_in) != _place(choice)


def choose(
    session: Session, seal: Seal, account: SendingAccount, choice: SignInChoice, *, by_owner: bool
) -> MailSignIn:
    """Let `account` use the sign-in of `choice`, which was validated, in place of a password.

    It waits until somebody signs in, unless its current sign-in is for the same place and scope.
    Call with the account locked.
    """
    sign_in = sign_in_of(session, account.id) or MailSignIn(account_id=account.id, version=0)
    if _place(sign_in) != _place(choice):
        _end(session, sign_in)
        for name, value in _place(choice).items():
            setattr(sign_in, name, value)
        # A secret stays with its client.
        sign_in.sealed_client_secret, sign_in.urls_by_owner = None, by_owner
        session.add(sign_in)
    if choice.client_secret:
        binding = client_binding_of(sign_in)
        sign_in.sealed_client_secret = seal.seal_bound(choice.client_secret, binding)
    account.by_token = True
    account.sealed_password = account.proof = None
    account.password_shown = account.signed_in = account.skip_auth = False
    if sign_in.sealed_refresh_token is None:
        ask_a_person(account, SIGN_IN_NEEDED.message)
    session.flush()
    return sign_in


def goal_of(account: SendingAccount, sign_in: MailSignIn) -> str:
    """Return a hash of what somebody signs in to: provider and client, user and server.

    If any of these changes while they are at the provider, their answer no longer fits.
    """
    parts = [sign_in.id, *_place(sign_in).values(), *binding_of(account)]
    return sha256(json.dumps(parts).encode()).hexdigest()


def let_in(session: Session, seal: Seal, event: Event, goal: str, grant: Grant) -> None:
    """Note that somebody signed in to the event's account, whose mails then continue.

    `goal` is that of when they began. Call with the event locked. Raises AccountChanged if the
    account is another one by now, and ProductError for an answer that is of no use; then nothing is
    changed.
    """
    account, row = _locked(session, event)
    if goal_of(account, row) != goal:
        raise AccountChanged()
    is_theirs = grant.address.casefold() in ("", account.username.casefold())
    if not (is_theirs or kind_of(account.transport).is_shared):
        raise ProductError(
            N_(
                "You signed in as {address}, but this account sends as {expected}. "
                "Nothing was changed. Sign in again with the other address, or enter "
                "yours as the account's. If {expected} is a shared mailbox at "
                "Microsoft, choose that in “How to sign in”."
            ),
            address=grant.address,
            expected=account.username,
        )
    if grant.refresh_token is None:
        raise ProductError(
            N_(
                "The provider gave access for only an hour, so nothing was changed. "
                "Allow lasting access (a refresh token) where this program is "
                "registered."
            )
        )
    _end(session, row)
    row.sealed_refresh_token = seal.seal_bound(grant.refresh_token, refresh_binding_of(account))
    row.address, row.signed_in_at = grant.address, database_time(session)
    keep_access_token(session, seal, row, account, grant)
    clear_trouble(account)
    account.mailbox_due = True
    audit.record(session, Action.MAIL_SIGNED_IN, event.id)


def let_out(session: Session, event: Event) -> None:
    """End the sign-in to the event's account, which then waits for one. Call with the event locked.

    Raises AccountChanged if the account uses no sign-in by now.
    """
    account, _ = _locked(session, event)
    end(session, account)
    audit.record(session, Action.MAIL_SIGNED_OUT, event.id)


def end(session: Session, account: SendingAccount) -> None:
    """End the account's sign-in, if it has one: somebody has to sign in again."""
    if row := sign_in_of(session, account.id):
        _end(session, row)
        ask_a_person(account, SIGN_IN_NEEDED.message)


def _end(session: Session, sign_in: MailSignIn) -> None:
    """Forget who signed in, and delete all tokens."""
    sign_in.sealed_refresh_token = sign_in.signed_in_at = sign_in.renewing_until = None
    sign_in.address = sign_in.trouble = ""
    sign_in.version += 1
    session.execute(delete(MailAccessToken).where(MailAccessToken.sign_in_id == sign_in.id))
    session.flush()


def _locked(session: Session, event: Event) -> tuple[SendingAccount, MailSignIn]:
    """Lock and return the event's account and its sign-in. Raises AccountChanged without these."""
    found = (
        select(SendingAccount, MailSignIn)
        .join(MailSignIn, MailSignIn.account_id == SendingAccount.id)
        .where(SendingAccount.id == event.account_id)
        .with_for_update()
    )
    row = session.execute(found.execution_options(populate_existing=True)).one_or_none()
    if row is None:
        raise AccountChanged()
    account, sign_in = row
    return account, sign_in


def forget_sign_in(session: Session, account: SendingAccount) -> None:
    """End the account's use of tokens. Call with it locked."""
    if account.by_token:
        session.execute(delete(MailSignIn).where(MailSignIn.account_id == account.id))
        account.by_token = False
