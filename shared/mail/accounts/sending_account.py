"""The mail account from which an event sends."""

import re

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from shared.addresses import deliverable_address
from shared.destinations import PUBLIC, Reach
from shared.errors import AccountInUse, SettingRefused
from shared.language import N_
from shared.mail.accounts.credentials import enter_password, move_password
from shared.mail.accounts.health import NO_TROUBLE, ask_for_password, waits_for_password
from shared.mail.accounts.providers import Limits
from shared.mail.accounts.sharing import account_name, share_limits
from shared.storage.models import Event, Mail, MailAccount, MailKind, MailState, Security
from shared.storage.sealing.passwords import binding_of
from shared.storage.sealing.tokens import Seal

_HOST = re.compile(r"(?=.{1,253}$)[A-Za-z0-9](?:[A-Za-z0-9.:-]*[A-Za-z0-9])?")
_LONGEST_DELAY = 3600.0


def set_account(
    session: Session,
    seal: Seal,
    event: Event,
    *,
    username: str | None = None,
    password: str | None = None,
    server_address: str | None = None,
    smtp_port: int | None = None,
    smtp_ssl: bool | None = None,
    skip_auth: bool | None = None,
    security: Security | None = None,
    from_address: str | None = None,
    min_second: float | None = None,
    max_second: float | None = None,
    limits: Limits | None = None,
    reach: Reach = PUBLIC,
) -> MailAccount:
    """Change what is given and leave the rest; what follows from it is filled in.

    A password that a server was shown is not kept for another one or another user: the account
    waits for a new one (`accounts.waits_for_password`). A new `username` moves to
    `smtp.<its domain>` unless a server is given. `limits` replaces all limits. An account alone
    ends no rehearsal (`going_live`). `reach` is that of whoever makes the change.
    Raises SettingRefused, naming the field as the API does, with nothing changed.
    """
    old = _locked(session, event)
    host = _server(username, server_address, old)
    if skip_auth is None:
        skip_auth = old.skip_auth if old else False
    if security is None:
        security = _security(smtp_ssl, skip_auth, old)
    user = (
        _one_word("username", username) if username is not None else (old.username if old else "")
    )
    sender = _sender(from_address, user, old)
    low, high = _delay(min_second, max_second, old)
    port = _port(smtp_port, security, old)
    by_owner = _is_owners(reach, host, port, old, is_named=server_address is not None)
    if limits is not None:
        _check(limits)

    account = old or MailAccount(event_id=event.id, host=host, port=port, security=security)
    before = _opened(account) if old else None
    bound = binding_of(account) if old else ()
    account.host, account.port, account.security = host, port, security
    account.host_by_owner = by_owner
    account.username, account.from_address, account.skip_auth = user, sender, skip_auth
    account.signed_in = bool(account.signed_in and not skip_auth)
    account.min_second, account.max_second = low, high
    if limits is not None:
        account.per_minute, account.per_hour, account.per_day, account.connections = limits
    waits = waits_for_password(account)
    if password is not None or _opened(account) != before or not event.live_at:
        _clear_trouble(account)
    if password is not None:
        enter_password(session, seal, account, password)
    elif not move_password(session, seal, account, bound) or waits:
        _wait_for_password(account)
    if old is None:
        event.account = account
        session.add(account)
    session.flush()
    if limits is not None:
        share_limits(session, account)
    return account


def _locked(session: Session, event: Event) -> MailAccount | None:
    """The event's account: no worker shows its password to a server while it changes."""
    session.flush()
    account = select(MailAccount).where(MailAccount.event_id == event.id).with_for_update()
    return session.scalar(account.execution_options(populate_existing=True))


def _wait_for_password(account: MailAccount) -> None:
    if not account.skip_auth:
        ask_for_password(account)


def _opened(account: MailAccount) -> tuple[object, ...]:
    """What a server's answers were about; the first is the account itself."""
    return account_name(account), account.security, account.from_address, account.skip_auth


def forget_account(session: Session, event: Event) -> None:
    """Back to rehearsal: mails go to the local mailbox again. Call with the event locked.

    Raises AccountInUse while mails to people wait for the account: they would go to that mailbox
    and count as sent.
    """
    if event.account:
        if event.live_at and _is_in_use(session, event):
            raise AccountInUse
        session.delete(event.account)
        event.account = event.live_at = None
        session.flush()


def _is_in_use(session: Session, event: Event) -> bool:
    waiting = exists().where(
        Mail.event_id == event.id,
        Mail.kind != MailKind.TEST,
        Mail.state.in_([MailState.HELD, MailState.QUEUED, MailState.SENDING]),
    )
    return bool(session.scalar(select(waiting)))


def _clear_trouble(account: MailAccount) -> None:
    """What a server said of the old settings, or before a person resumed, no longer counts."""
    for name, value in NO_TROUBLE.items():
        setattr(account, name, value)


def _server(username: str | None, server: str | None, old: MailAccount | None) -> str:
    if server is None:
        if username is None or "@" not in username:
            if old is None:
                raise SettingRefused(
                    field="server_address", reason=N_("is needed, as in smtp.example.org")
                )
            return old.host
        server = f"smtp.{username.rpartition('@')[2]}"
    host = server.strip()
    if not _HOST.fullmatch(host):
        raise SettingRefused(
            field="server_address",
            reason=N_("must be the name of a server, as in smtp.example.org"),
        )
    return host.lower()


def _is_owners(
    reach: Reach, host: str, port: int, old: MailAccount | None, *, is_named: bool
) -> bool:
    """Whether the server counts as entered by the owner; raises SettingRefused when out of reach.

    The owner's word is taken for a server that they name, not for one that lies there already.
    """
    moved = old is None or (old.host, old.port) != (host, port)
    if moved:
        reach.refuse_written("server_address", host)
    if reach.is_unlimited and (is_named or old is None or old.host != host):
        return True
    return old is not None and old.host_by_owner and (reach.is_unlimited or not moved)


def _security(smtp_ssl: bool | None, skip_auth: bool, old: MailAccount | None) -> Security:
    if smtp_ssl is None:
        return old.security if old else Security.TLS
    if smtp_ssl:
        return Security.TLS
    # A password never travels unencrypted; a relay that asks for none may be plain.
    return Security.NONE if skip_auth else Security.STARTTLS


def _port(port: int | None, security: Security, old: MailAccount | None) -> int:
    usual = {Security.TLS: 465, Security.STARTTLS: 587, Security.NONE: 25}
    if port is None:
        return old.port if old and old.security == security else usual[security]
    if not 1 <= port <= 65535:
        raise SettingRefused(field="smtp_port", reason=N_("must be between 1 and 65535"))
    return port


def _sender(given: str | None, user: str, old: MailAccount | None) -> str:
    if given is None and old and user == old.username:
        return old.from_address
    # Some services sign in with a name that is no address; then the sender is given apart.
    address = given or user
    try:
        return deliverable_address(address)
    except ValueError:
        field = "from_address" if given else "username"
        raise SettingRefused(
            field=field, reason=N_("must be an e-mail address, as in thanks@example.org")
        ) from None


def _delay(low: float | None, high: float | None, old: MailAccount | None) -> tuple[float, float]:
    minimum = low if low is not None else (old.min_second if old else 0.0)
    maximum = high if high is not None else max(minimum, old.max_second if old else 0.0)
    for field, value in (("min_second", minimum), ("max_second", maximum)):
        if not 0 <= value <= _LONGEST_DELAY:
            raise SettingRefused(field=field, reason=N_("must be between 0 and 3600 seconds"))
    if minimum > maximum:
        raise SettingRefused(field="min_second", reason=N_("must not be more than max_second"))
    return minimum, maximum


def _check(limits: Limits) -> None:
    if any(limit is not None and limit < 1 for limit in limits):
        raise SettingRefused(field="limits", reason=N_("must be at least 1, or empty for no limit"))


def _one_word(field: str, value: str) -> str:
    text = value.strip()
    if len(text) > 254 or not text.isprintable():
        raise SettingRefused(field=field, reason=N_("contains characters that cannot be printed"))
    return text
