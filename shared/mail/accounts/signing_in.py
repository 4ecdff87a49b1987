"""Signing in to an account at its provider: when it continues to send, and when it waits."""

import json
from hashlib import sha256

from sqlalchemy import select
from sqlalchemy.orm import Session

from shared.errors import SIGN_IN_NEEDED, AccountChanged, ProductError
from shared.language import N_
from shared.log import audit
from shared.mail.accounts.health import ask_a_person, clear_trouble
from shared.mail.tokens import sign_ins
from shared.mail.tokens.provider import Grant
from shared.mail.tokens.sign_ins import SignInChoice
from shared.mail.transport.transports import kind_of
from shared.storage.models import Action, Event, MailSignIn, SendingAccount
from shared.storage.sealing.passwords import binding_of
from shared.storage.sealing.tokens import Seal


def choose(
    session: Session, seal: Seal, account: SendingAccount, choice: SignInChoice, *, by_owner: bool
) -> MailSignIn:
    """See `sign_ins.choose_sign_in`; it removes a stored password, and the account waits until
    somebody signs in."""
    sign_in = sign_ins.choose_sign_in(session, seal, account, choice, by_owner=by_owner)
    account.sealed_password = account.proof = None
    account.password_shown = account.signed_in = account.skip_auth = False
    if sign_in.sealed_refresh_token is None:
        ask_a_person(account, SIGN_IN_NEEDED.message)
    return sign_in


def goal_of(account: SendingAccount, sign_in: MailSignIn) -> str:
    """A hash of what somebody signs in to: provider and client, user and server.

    If any of it changes while they are away, their answer no longer fits; a renewed token does not
    matter.
    """
    parts = [sign_in.id, *sign_ins.place_of(sign_in), *binding_of(account)]
    return sha256(json.dumps(parts).encode()).hexdigest()


def let_in(session: Session, seal: Seal, event: Event, goal: str, grant: Grant) -> None:
    """Note that somebody signed in to the event's account; what waited for that continues.

    `goal` is that of when they began. Call with the event locked. Raises AccountChanged if the
    account is another one by now, ProductError for an answer
    that is of no use, with nothing changed.
    """
    account, row = locked_sign_in(session, event)
    if goal_of(account, row) != goal:
        raise AccountChanged()
    is_theirs = grant.address.casefold() in ("", account.username.casefold())
    if not (is_theirs or kind_of(account.transport).is_shared):
        raise ProductError(
            N_(
                "You signed in as {address}, but this account sends as {expected}: nothing was "
                "changed. Sign in again with the other address, or enter yours as the account's. "
                "If {expected} is a shared mailbox at Microsoft, choose that under “How to sign "
                "in”."
            ),
            address=grant.address,
            expected=account.username,
        )
    if grant.refresh_token is None:
        raise ProductError(
            N_(
                "The provider gave access for an hour only, so nothing was changed. Whoever "
                "registered this program there has to allow lasting access (a refresh token)."
            )
        )
    sign_ins.keep_sign_in(session, seal, account, row, grant)
    clear_trouble(account)
    audit.record(session, Action.MAIL_SIGNED_IN, event.id)


def let_out(session: Session, event: Event) -> None:
    """End the sign-in to the event's account, which then waits. Call with the event locked.

    Raises AccountChanged if it is another one by now.
    """
    account, row = locked_sign_in(session, event)
    sign_ins.end_sign_in(session, row)
    ask_a_person(account, SIGN_IN_NEEDED.message)
    audit.record(session, Action.MAIL_SIGNED_OUT, event.id)


def end(session: Session, account: SendingAccount) -> None:
    """End a sign-in that was for another server or user: somebody has to sign in again."""
    if row := sign_ins.sign_in_of(session, account.id):
        sign_ins.end_sign_in(session, row)
        ask_a_person(account, SIGN_IN_NEEDED.message)


def locked_sign_in(session: Session, event: Event) -> tuple[SendingAccount, MailSignIn]:
    """The event's account and its sign-in, both locked. Raises AccountChanged without these."""
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
