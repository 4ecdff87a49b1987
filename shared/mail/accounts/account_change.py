"""What somebody enters about a mail account, and what follows from it."""

import re
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, TypedDict

from shared.addresses import deliverable_address
from shared.destinations import Reach
from shared.errors import SettingRefused
from shared.language import N_
from shared.mail.accounts.signing_in import SignInChoice, judged_choice
from shared.mail.transport.providers import Limits
from shared.mail.transport.smtp import SMTP_KIND
from shared.mail.transport.transports import kind_of
from shared.storage.models import Security, SendingAccount

# The name of a server, or its address.
HOST = re.compile(r"(?=.{1,253}$)[A-Za-z0-9](?:[A-Za-z0-9.:-]*[A-Za-z0-9])?")
_LONGEST_DELAY = 3600.0
_USUAL_PORTS = {Security.TLS: 465, Security.STARTTLS: 587, Security.NONE: 25}


class AccountChange(TypedDict, total=False):
    """What is entered; omitted values and None stay as they are.

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
    limits: Limits | None
    # What carries the messages, one of `mail.transport.transports`.
    transport: str | None
    # In place of a password.
    sign_in: SignInChoice | None


@dataclass(frozen=True)
class Wanted:
    """An account as it should become.

    `sign_in` and `pace` map columns to values: who signs in where, and how fast mails leave.
    """

    sign_in: dict[str, Any]
    pace: dict[str, Any]
    sender: str
    host_by_owner: bool
    # Whether it uses a sign-in at its provider, and which one was chosen for it.
    by_token: bool
    choice: SignInChoice | None
    password: str | None
    # The transport from now on; None keeps the current one.
    transport: str | None


# What is entered, without what stays as it is.
_Entered = dict[str, Any]


def judge(given: AccountChange, old: SendingAccount | None, sender: str, reach: Reach) -> Wanted:
    """What the account `old` of an event that sends as `sender` becomes with `given`.

    `reach` is that of the person who makes the change. Raises SettingRefused, naming the field as
    the API does.
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
    return Wanted(
        sign_in={
            "username": user,
            "host": host,
            "port": port,
            "security": security,
            "skip_auth": skip_auth,
        },
        pace=delay | (limits._asdict() if limits else {}),
        sender=address,
        # The address of a service that is no mail server is set by the owner, in the settings.
        host_by_owner=not to_service and _is_owners(reach, host, port, start, is_named=is_named),
        by_token=by_token,
        choice=judged_choice(choice, reach) if choice else None,
        password=entered.get("password"),
        transport=transport,
    )


def _leaves_service(entered: _Entered, old: SendingAccount) -> bool:
    """Whether an account moves from a service to a mail server without saying so, as calls do that
    know of mail servers alone."""
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
    """Whether the server counts as entered by the owner; raises SettingRefused if it is out of
    reach.

    The owner vouches for a server that they name, not for one that was already there.
    """
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
    # Some services sign in with a name that is not an address; then the sender is given separately.
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
