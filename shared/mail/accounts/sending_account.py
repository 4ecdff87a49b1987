"""Which account an event sends from, and changes to it.

An event uses one account. If others share it, the event may change how fast mails leave; changes to
who signs in where affect only this event, which gets a row of its own.
"""

from dataclasses import replace
from typing import Unpack

from sqlalchemy import delete, exists, select
from sqlalchemy.orm import Session

from shared.destinations import PUBLIC, Reach
from shared.errors import AccountChanged, ProductError
from shared.language import N_
from shared.log import audit
from shared.mail.accounts import signing_in
from shared.mail.accounts.account_change import AccountChange, Wanted, judge
from shared.mail.accounts.credentials import enter_password, move_password, proof_of
from shared.mail.accounts.health import (
    PASSWORD_NEEDED,
    ask_a_person,
    clear_trouble,
    waits_for,
)
from shared.mail.accounts.sharing import account_name, is_shared, tell_others
from shared.mail.accounts.signing_in import forget_sign_in, is_elsewhere
from shared.mail.accounts.suppressions import has_to_be_marked
from shared.mail.kinds.registry import is_to_people
from shared.mail.transport.providers import Limits
from shared.storage.models import (
    IMAP,
    NOT_SENT,
    Action,
    BounceMailbox,
    Event,
    Mail,
    SendingAccount,
)
from shared.storage.sealing.passwords import Binding, binding_of
from shared.storage.sealing.tokens import Seal

# What a row of its own copies from the shared one.
_COPIED = (
    *("transport", "username", "host", "port", "host_by_owner", "security", "skip_auth"),
    *("min_second", "max_second", *Limits._fields, "bad_counted_from"),
    *("paused_until", "next_at", "pauses_in_a_row"),
    *("needs_fixing", "trouble_code", "trouble_text"),
)


def set_account(
    session: Session,
    seal: Seal,
    event: Event,
    *,
    reach: Reach = PUBLIC,
    **given: Unpack[AccountChange],
) -> SendingAccount:
    """Change what is given and leave the rest; derived values are filled in.

    A password that a server was shown is not kept for another server or user: the account waits for
    a new one (`PASSWORD_NEEDED`). Entering an account does not end a rehearsal
    (`going_live`). `reach` is that of the person who makes the change. Call with the event locked.
    Returns the account that the event uses now: a new row if others go on using the old one. Raises
    SettingRefused, naming the field as the API does, with nothing changed.
    """
    old = _locked(session, event)
    wanted = judge(given, old, event.from_address, reach)
    account = old or SendingAccount()
    if old and is_shared(session, old, event):
        if _is_another(session, seal, old, wanted):
            # A row of its own, which may change without affecting other events.
            account = SendingAccount(**{name: getattr(old, name) for name in _COPIED})
            if old.sealed_password is not None or old.by_token:
                ask_a_person(account, PASSWORD_NEEDED)
        else:
            # Keep the others' spelling, for which the password is sealed.
            wanted = replace(wanted, sign_in={})
    before, bound = (_opened(account, event), binding_of(account)) if old else (None, ())
    waits = waits_for(account, PASSWORD_NEEDED) and wanted.password is None
    if not wanted.by_token:
        forget_sign_in(session, account)
    _use(session, event, account, wanted)
    live = select(Event.id).where(Event.account_id == account.id, Event.live_at.is_not(None))
    is_live = session.scalar(live.limit(1)) is not None
    has_changed = _opened(account, event) != before or not is_live
    if wanted.password is not None or has_changed:
        clear_trouble(account)
    if wanted.by_token:
        _sign_in_at_provider(session, seal, account, wanted, bound, by_owner=reach.is_unlimited)
    elif wanted.password is not None:
        enter_password(session, seal, account, wanted.password)
    elif not move_password(session, seal, account, bound) or waits:
        _wait_for_password(account)
    session.flush()
    return account


def use_account_of(session: Session, other: Event, event: Event) -> SendingAccount:
    """Let the event send from the account of another one, under the same address.

    For people who may manage both. It goes live by the same rules as with an entered account
    (`going_live`). Call with the event locked. Raises AccountChanged if there is none by now.
    """
    account = _locked(session, other)
    if account is None:
        raise AccountChanged
    if event.account_id != account.id:
        leave_account(session, event)
    event.account, event.from_address = account, other.from_address
    event.suppressions_due = has_to_be_marked(session, event, account)
    # Somebody who only chose it must not take its password elsewhere, even if nobody else uses it.
    account.password_shown = account.sealed_password is not None
    audit.record(session, Action.ACCOUNT_CHANGED, event.id, fields=["account"])
    session.flush()
    return account


def forget_account(session: Session, event: Event) -> None:
    """Go back to rehearsal: mails go to the local mailbox again. Call with the event locked.

    Raises ProductError while mails to people wait for the account: they would go to that mailbox
    and count as sent.
    """
    if event.account:
        waiting = exists().where(
            Mail.event_id == event.id,
            is_to_people(),
            Mail.state.in_(NOT_SENT),
        )
        if event.live_at and session.scalar(select(waiting)):
            raise ProductError(
                N_(
                    "The account is kept: mails of this event still wait for it. Wait until they "
                    "have left, or take the invitations back first."
                )
            )
        leave_account(session, event)
        event.live_at = None
        audit.record(session, Action.ACCOUNT_FORGOTTEN, event.id)
        session.flush()


def _locked(session: Session, event: Event) -> SendingAccount | None:
    """The event's account, locked so that no worker shows its password to a server while it
    changes."""
    session.flush()
    if event.account_id is None:
        return None
    return session.get(
        SendingAccount, event.account_id, with_for_update=True, populate_existing=True
    )


def _is_another(session: Session, seal: Seal, old: SendingAccount, wanted: Wanted) -> bool:
    """Whether the user, the server or the password would differ."""
    as_wanted, password = SendingAccount(**wanted.sign_in), wanted.password
    return (
        wanted.transport not in (None, old.transport)
        or account_name(as_wanted) != account_name(old)
        or (as_wanted.security, as_wanted.skip_auth) != (old.security, old.skip_auth)
        or wanted.by_token != old.by_token
        or is_elsewhere(session, old, wanted.choice)
        or (password is not None and proof_of(session, seal, old, password) != old.proof)
    )


def _use(session: Session, event: Event, account: SendingAccount, wanted: Wanted) -> None:
    for name, value in {**wanted.sign_in, **wanted.pace}.items():
        setattr(account, name, value)
    if wanted.transport and wanted.transport != account.transport:
        # Forget an inbox that is read with the account's sign-in, which has changed.
        session.execute(
            delete(BounceMailbox).where(
                BounceMailbox.account_id == account.id, BounceMailbox.way != IMAP
            )
        )
        account.transport = wanted.transport
    account.host_by_owner = wanted.host_by_owner
    account.signed_in = bool(account.signed_in and not account.skip_auth)
    if event.account is not account:
        event.suppressions_due = has_to_be_marked(session, event, account)
    event.account, event.from_address = account, wanted.sender
    session.add(account)
    of_account = audit.changed_fields(account)
    changed = [*of_account, *audit.changed_fields(event)]
    if wanted.password is not None:
        changed.append("password")
    if wanted.choice:
        changed.append("sign_in")
    if changed:
        audit.record(session, Action.ACCOUNT_CHANGED, event.id, fields=changed)
    session.flush()
    tell_others(session, account, event, of_account)


def _sign_in_at_provider(
    session: Session,
    seal: Seal,
    account: SendingAccount,
    wanted: Wanted,
    before: Binding,
    *,
    by_owner: bool,
) -> None:
    """Use the chosen sign-in, or the previous one, which has to be repeated for another server or
    user."""
    if wanted.choice:
        signing_in.choose(session, seal, account, wanted.choice, by_owner=by_owner)
    elif not account.by_token:
        _wait_for_password(account)
    if binding_of(account) != before:
        signing_in.end(session, account)


def _wait_for_password(account: SendingAccount) -> None:
    if not account.skip_auth:
        ask_a_person(account, PASSWORD_NEEDED)


def _opened(account: SendingAccount, event: Event) -> tuple[object, ...]:
    """What a server's answers were about; the first is the account itself."""
    return account_name(account), account.security, event.from_address, account.skip_auth


def leave_account(session: Session, event: Event) -> None:
    """Detach the event from its account, and delete the account if nobody uses it."""
    account = _locked(session, event)
    is_for_others = account is not None and is_shared(session, account, event)
    event.account, event.from_address = None, ""
    session.flush()
    if account and not is_for_others:
        session.delete(account)
