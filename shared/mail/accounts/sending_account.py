"""The account that an event sends from: choosing it, entering and checking it, and leaving it.

An event uses one account. If others share it, the event may change how fast mails are sent; changes
to who signs in where affect only this event, which gets a row of its own.
"""

import re
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any, TypedDict, Unpack

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from shared.addresses import deliverable_address
from shared.destinations import PUBLIC, Reach
from shared.errors import AccountChanged, ProductError, SettingRefused
from shared.language import N_
from shared.log import audit
from shared.mail.accounts import bucket, signing_in
from shared.mail.accounts.credentials import enter_password, move_password, proof_of
from shared.mail.accounts.health import PASSWORD_NEEDED, ask_a_person, clear_trouble, waits_for
from shared.mail.accounts.sharing import account_name, is_shared, tell_others
from shared.mail.accounts.signing_in import (
    SignInChoice,
    forget_sign_in,
    is_elsewhere,
    judged_choice,
)
from shared.mail.accounts.suppressions import has_to_be_marked
from shared.mail.kinds.registry import is_to_people
from shared.mail.transport.providers import SendingLimits
from shared.mail.transport.smtp import SMTP_KIND
from shared.mail.transport.transports import kind_of
from shared.storage import hooks
from shared.storage.clock import database_time
from shared.storage.models import NOT_SENT, Action, Event, Mail, Security, SendingAccount
from shared.storage.sealing.passwords import Binding, binding_of
from shared.storage.sealing.tokens import Seal

# The name of a server, or its address.
HOST = re.compile(r"(?=.{1,253}$)[A-Za-z0-9](?:[A-Za-z0-9.:-]*[A-Za-z0-9])?")
_LONGEST_DELAY = 3600.0
_USUAL_PORTS = {Security.TLS: 465, Security.STARTTLS: 587, Security.NONE: 25}
# The columns that a row of its own copies from the shared one.
_COPIED = (
    *("transport", "username", "host", "port", "host_by_owner", "security", "skip_auth"),
    *("min_second", "max_second", *SendingLimits._fields, "bad_counted_from"),
    *("paused_until", "next_at", "pauses_in_a_row"),
    *("needs_fixing", "trouble_code", "trouble_text"),
    "mailbox_declined",
)


class AccountChange(TypedDict, total=False):
    """Entered values; omitted ones and None leave what is stored.

    A new `username` moves to `smtp.<its domain>` unless a server is given. `limits` replaces all
    limits. `security` takes precedence over `smtp_ssl`. A password, or the choice of none, replaces
    a sign-in at the provider.
    """

    username: str | None
    password: str | None
    server_address: str | None
    smtp_port: int | None
    smtp_ssl: bool | None
    skip_auth: bool | None
    security: Security | None
    from_address: str | None
    min_second: float | None
    max_second: float | None
    limits: SendingLimits | None
    # Whether the owner vouches for the list: no mail waits for news of returned mail.
    vouched: bool | None
    # The name of one of `mail.transport.transports`.
    transport: str | None
    # Replaces a password.
    sign_in: SignInChoice | None


@dataclass(frozen=True)
class _WantedAccount:
    """The account after a change.

    `sign_in` and `pace` map columns to values: who signs in where, and how fast mails are sent.
    """

    sign_in: dict[str, Any]
    pace: dict[str, Any]
    sender: str
    host_by_owner: bool
    # Whether it uses a sign-in at its provider, and the one that was chosen.
    by_token: bool
    choice: SignInChoice | None
    password: str | None
    # The new transport; None keeps the current one.
    transport: str | None


def set_account(
    session: Session,
    seal: Seal,
    event: Event,
    *,
    reach: Reach = PUBLIC,
    **given: Unpack[AccountChange],
) -> SendingAccount:
    """Change the given values of the event's account, and fill in derived ones.

    Returns the account that the event uses now: a new row if other events still use the old one. A
    password that a server was shown is not kept for another server or user: the account waits for a
    new one (`PASSWORD_NEEDED`). A rehearsal is not ended (see `acts.go_live`). `reach` is that of
    the person who makes the change. Call with the event locked. Raises SettingRefused, with the
    API's name of the field, and nothing is changed.
    """
    old = _locked(session, event)
    wanted = _judged(given, old, event.from_address, reach)
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
    _answer(session, event, account, given)
    live = select(Event.id).where(Event.account_id == account.id, Event.live_at.is_not(None))
    is_live = session.scalar(live.limit(1)) is not None
    has_changed = _opened(account, event) != before or not is_live
    if wanted.password is not None or has_changed:
        clear_trouble(account)
    if wanted.by_token:
        _sign_in_at_provider(session, seal, account, wanted, bound, by_owner=reach.is_unlimited)
    elif wanted.password is not None:
        enter_password(session, seal, account, wanted.password)
        account.mailbox_due = True
    elif not move_password(session, seal, account, bound) or waits:
        _wait_for_password(account)
    session.flush()
    return account


def use_account_of(session: Session, other: Event, event: Event) -> SendingAccount:
    """Let the event send from the account of `other`, under the same address, and return it.

    For people who may manage both. A rehearsal ends by the same rules as with an entered account
    (`acts.go_live`). Call with the event locked. Raises AccountChanged if `other` has no account by
    now.
    """
    account = _locked(session, other)
    if account is None:
        raise AccountChanged
    if event.account_id != account.id:
        leave_account(session, event)
    event.account, event.from_address = account, other.from_address
    event.suppressions_due = has_to_be_marked(session, event, account)
    # Somebody who only chose an account must not take its password to another server.
    account.password_shown = account.sealed_password is not None
    audit.record(session, Action.ACCOUNT_CHANGED, event.id, fields=["account"])
    session.flush()
    return account


def forget_account(session: Session, event: Event) -> None:
    """Return the event to rehearsal, with mails to the local mailbox. Call with the event locked.

    Raises ProductError while mails to people wait for the account, which would go to that mailbox
    and count as sent.
    """
    if event.account:
        waiting = exists().where(
            Mail.event_id == event.id, is_to_people(), Mail.state.in_(NOT_SENT)
        )
        if event.live_at and session.scalar(select(waiting)):
            raise ProductError(
                N_(
                    "The account is not removed, because mails of this event still need "
                    "it. Wait until they are sent, or take the invitations back first."
                )
            )
        leave_account(session, event)
        event.live_at = None
        audit.record(session, Action.ACCOUNT_FORGOTTEN, event.id)
        session.flush()


def leave_account(session: Session, event: Event) -> None:
    """Detach the event from its account, and delete the account if nobody uses it."""
    account = _locked(session, event)
    is_for_others = account is not None and is_shared(session, account, event)
    event.account, event.from_address = None, ""
    session.flush()
    if account and not is_for_others:
        session.delete(account)


def _locked(session: Session, event: Event) -> SendingAccount | None:
    """Lock the event's account, so that no worker shows its password to a server meanwhile, and
    return it; None without one."""
    session.flush()
    if event.account_id is None:
        return None
    return session.get(
        SendingAccount, event.account_id, with_for_update=True, populate_existing=True
    )


def _is_another(session: Session, seal: Seal, old: SendingAccount, wanted: _WantedAccount) -> bool:
    """Return whether user, server, transport, sign-in or password would differ."""
    as_wanted, password = SendingAccount(**wanted.sign_in), wanted.password
    return (
        wanted.transport not in (None, old.transport)
        or account_name(as_wanted) != account_name(old)
        or (as_wanted.security, as_wanted.skip_auth) != (old.security, old.skip_auth)
        or wanted.by_token != old.by_token
        or is_elsewhere(session, old, wanted.choice)
        or (password is not None and proof_of(session, seal, old, password) != old.proof)
    )


def _use(session: Session, event: Event, account: SendingAccount, wanted: _WantedAccount) -> None:
    for name, value in {**wanted.sign_in, **wanted.pace}.items():
        setattr(account, name, value)
    if wanted.transport and wanted.transport != account.transport:
        account.transport = wanted.transport
        hooks.features().transport_changed(session, account)
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
    wanted: _WantedAccount,
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


def _answer(session: Session, event: Event, account: SendingAccount, given: AccountChange) -> None:
    """Store answers to our questions: that the limits are right, and whether the owner vouches for
    the list."""
    if given.get("limits"):
        account.limits_in_doubt = False
    if given.get("vouched") not in (None, account.vouched):
        bucket.vouch(session, account, not account.vouched, database_time(session))
        audit.record(session, Action.ACCOUNT_CHANGED, event.id, fields=["vouched"])
        tell_others(session, account, event, ["vouched"])


def _opened(account: SendingAccount, event: Event) -> tuple[object, ...]:
    """Return what a server judges when it answers: account, encryption, sender, and sign-in or
    none."""
    return account_name(account), account.security, event.from_address, account.skip_auth


# Checking and completing what is entered

# `AccountChange` without omitted values and None.
_Entered = dict[str, Any]


def _judged(
    given: AccountChange, old: SendingAccount | None, sender: str, reach: Reach
) -> _WantedAccount:
    """Return what the account `old` of an event that sends as `sender` becomes with `given`.

    `reach` is that of the person who makes the change. Raises SettingRefused, with the API's name
    of the field.
    """
    entered: _Entered = {name: value for name, value in given.items() if value is not None}
    new = SendingAccount(username="", host="", port=_USUAL_PORTS[Security.TLS])
    new.security, new.skip_auth, new.host_by_owner = Security.TLS, False, False
    new.min_second = new.max_second = 0.0
    choice, transport = entered.get("sign_in"), entered.get("transport")
    if transport is None and old and _leaves_service(entered, old):
        transport = SMTP_KIND.name
    by_token = choice is not None
    if old and not choice and not transport:
        by_token = old.by_token and not ("password" in entered or entered.get("skip_auth"))
    to_service = bool(transport and kind_of(transport).service)
    leaves_service = old and transport and not to_service and kind_of(old.transport).service
    start = new if old is None or leaves_service else old
    host = _server(entered, start)
    skip_auth = entered.get("skip_auth", start.skip_auth)
    security = _security(entered, skip_auth, start)
    user = _user(entered, start)
    address = _sender(entered, user, start, sender)
    delay = _delay(entered, start)
    port = _port(entered, security, start)
    limits = entered.get("limits")
    if limits and any(limit is not None and limit < 1 for limit in limits):
        raise SettingRefused(field="limits", reason=N_("must be at least 1, or empty for no limit"))
    is_named = "server_address" in entered
    return _WantedAccount(
        sign_in={
            "username": user,
            "host": host,
            "port": port,
            "security": security,
            "skip_auth": skip_auth,
        },
        pace=delay | (limits._asdict() if limits else {}),
        sender=address,
        # The owner sets the addresses of services that are no mail servers, in the settings.
        host_by_owner=not to_service and _is_owners(reach, host, port, start, is_named=is_named),
        by_token=by_token,
        choice=judged_choice(choice, reach) if choice else None,
        password=entered.get("password"),
        transport=transport,
    )


def _leaves_service(entered: _Entered, old: SendingAccount) -> bool:
    """Return whether a change moves the account from a service to a mail server without naming a
    transport, as calls do that know only mail servers."""
    if kind_of(old.transport).service is None or "sign_in" in entered:
        return False
    places = ((entered.get("username"), old.username), (entered.get("server_address"), old.host))
    is_moved = any(new and new.strip().lower() != known.lower() for new, known in places)
    return is_moved or bool(entered.get("skip_auth")) or ("password" in entered and old.by_token)


def _user(entered: _Entered, start: SendingAccount) -> str:
    text: str = entered.get("username", start.username).strip()
    if len(text) > 254 or not text.isprintable():
        raise SettingRefused(
            field="username", reason=N_("contains characters that cannot be printed")
        )
    return text


def _server(entered: _Entered, start: SendingAccount) -> str:
    server, domain = entered.get("server_address"), entered.get("username", "").rpartition("@")[2]
    if server is None and "@" not in entered.get("username", ""):
        if not start.host:
            raise SettingRefused(
                field="server_address", reason=N_("is needed, as in smtp.example.org")
            )
        return start.host
    host = (f"smtp.{domain}" if server is None else server).strip()
    if not HOST.fullmatch(host):
        raise SettingRefused(
            field="server_address",
            reason=N_("must be the name of a server, as in smtp.example.org"),
        )
    return host.lower()


def _is_owners(
    reach: Reach, host: str, port: int, start: SendingAccount, *, is_named: bool
) -> bool:
    """Return whether the server counts as entered by the owner, who vouches for one that they name,
    not for one that was already there. Raises SettingRefused if it is out of reach."""
    moved = (start.host, start.port) != (host, port)
    if moved:
        reach.refuse_written("server_address", host)
    if reach.is_unlimited:
        return is_named or start.host != host or start.host_by_owner
    return start.host_by_owner and not moved


def _security(entered: _Entered, skip_auth: bool, start: SendingAccount) -> Security:
    if "security" in entered or "smtp_ssl" not in entered:
        return Security(entered.get("security", start.security))
    if entered["smtp_ssl"]:
        return Security.TLS
    # A password is never sent unencrypted; a relay without a password may be plain.
    return Security.NONE if skip_auth else Security.STARTTLS


def _port(entered: _Entered, security: Security, start: SendingAccount) -> int:
    usual = start.port if start.security == security else _USUAL_PORTS[security]
    port: int = entered.get("smtp_port", usual)
    if "smtp_port" in entered and not 1 <= port <= 65535:
        raise SettingRefused(field="smtp_port", reason=N_("must be between 1 and 65535"))
    return port


def _sender(entered: _Entered, user: str, start: SendingAccount, sender: str) -> str:
    given = entered.get("from_address")
    if given is None and start.host and user == start.username:
        return sender
    # Some services sign in with a name that is no address, so the sender is given separately.
    with suppress(ValueError):
        sender = deliverable_address(given or user)
        # Only some servers accept other addresses, and not from every account (RFC 6531).
        if sender.isascii():
            return sender
    raise SettingRefused(
        field="from_address" if given else "username",
        reason=N_("must be an e-mail address, as in thanks@example.org"),
    )


def _delay(entered: _Entered, start: SendingAccount) -> dict[str, float]:
    minimum = entered.get("min_second", start.min_second)
    maximum = entered.get("max_second", max(minimum, start.max_second))
    for field, value in (("min_second", minimum), ("max_second", maximum)):
        if not 0 <= value <= _LONGEST_DELAY:
            raise SettingRefused(field=field, reason=N_("must be between 0 and 3600 seconds"))
    if minimum > maximum:
        raise SettingRefused(field="min_second", reason=N_("must not be more than max_second"))
    return {"min_second": minimum, "max_second": maximum}
