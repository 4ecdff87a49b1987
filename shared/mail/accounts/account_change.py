"""What somebody enters about a mail account, and what follows from it."""

import re
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, TypedDict

from shared.addresses import deliverable_address
from shared.destinations import Reach
from shared.errors import SettingRefused
from shared.language import N_
from shared.mail.tokens.sign_ins import SignInChoice, judged_choice
from shared.mail.transport.providers import Limits
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
    password: str | None
    choice: SignInChoice | None
    # The transport from now on; None keeps the current one.
    transport: str | None = None

    def is_by_token(self, old: SendingAccount | None) -> bool:
        """Whether the account, which was `old`, uses a sign-in at its provider from now on."""
        if self.choice or self.transport:
            return self.choice is not None
        is_without = self.password is not None or self.sign_in.get("skip_auth")
        return old is not None and old.by_token and not is_without


def judge(given: AccountChange, old: SendingAccount | None, sender: str, reach: Reach) -> Wanted:
    """What the account `old` of an event that sends as `sender` becomes with `given`.

    `reach` is that of the person who makes the change. Raises SettingRefused, naming the field as
    the API does.
    """
    choice, transport = given.get("sign_in"), given.get("transport")
    if transport is None and _leaves_service(given, old):
        transport = "smtp"
    if old and transport and not kind_of(transport).service and kind_of(old.transport).service:
        old = None
    username, server = given.get("username"), given.get("server_address")
    host = _server(username, server, old)
    skip_auth = given.get("skip_auth")
    if skip_auth is None:
        skip_auth = old.skip_auth if old else False
    security = given.get("security") or _security(given.get("smtp_ssl"), skip_auth, old)
    user = _user(username, old)
    address = _sender(given.get("from_address"), user, old, sender)
    delay = _delay(given.get("min_second"), given.get("max_second"), old)
    port = _port(given.get("smtp_port"), security, old)
    limits = given.get("limits")
    if limits and any(limit is not None and limit < 1 for limit in limits):
        raise SettingRefused(field="limits", reason=N_("must be at least 1, or empty for no limit"))
    # The address of a service that is not a mail server is set only by the owner, in the settings.
    by_owner = (transport is None or kind_of(transport).service is None) and _is_owners(
        reach, host, port, old, is_named=server is not None
    )
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
        host_by_owner=by_owner,
        password=given.get("password"),
        choice=judged_choice(choice, reach) if choice else None,
        transport=transport,
    )


def _leaves_service(given: AccountChange, old: SendingAccount | None) -> bool:
    """Whether an account moves from a service to a mail server without saying so, as calls do that
    know of mail servers alone."""
    if old is None or kind_of(old.transport).service is None or given.get("sign_in"):
        return False
    places = ((given.get("username"), old.username), (given.get("server_address"), old.host))
    is_moved = any(new and new.strip().lower() != known.lower() for new, known in places)
    has_secret = given.get("password") is not None
    return is_moved or bool(given.get("skip_auth")) or (has_secret and old.by_token)


def _server(username: str | None, server: str | None, old: SendingAccount | None) -> str:
    if server is None:
        if username is None or "@" not in username:
            if old is None:
                raise SettingRefused(
                    field="server_address", reason=N_("is needed, as in smtp.example.org")
                )
            return old.host
        server = f"smtp.{username.rpartition('@')[2]}"
    host = server.strip()
    if not HOST.fullmatch(host):
        raise SettingRefused(
            field="server_address",
            reason=N_("must be the name of a server, as in smtp.example.org"),
        )
    return host.lower()


def _is_owners(
    reach: Reach, host: str, port: int, old: SendingAccount | None, *, is_named: bool
) -> bool:
    """Whether the server counts as entered by the owner; raises SettingRefused if it is out of
    reach.

    The owner vouches for a server that they name, not for one that was already there.
    """
    moved = old is None or (old.host, old.port) != (host, port)
    if moved:
        reach.refuse_written("server_address", host)
    if reach.is_unlimited and (is_named or old is None or old.host != host):
        return True
    return old is not None and old.host_by_owner and (reach.is_unlimited or not moved)


def _security(smtp_ssl: bool | None, skip_auth: bool, old: SendingAccount | None) -> Security:
    if smtp_ssl is None:
        return old.security if old else Security.TLS
    if smtp_ssl:
        return Security.TLS
    # A password is never sent unencrypted; a relay without a password may be plain.
    return Security.NONE if skip_auth else Security.STARTTLS


def _port(port: int | None, security: Security, old: SendingAccount | None) -> int:
    if port is None:
        return old.port if old and old.security == security else _USUAL_PORTS[security]
    if not 1 <= port <= 65535:
        raise SettingRefused(field="smtp_port", reason=N_("must be between 1 and 65535"))
    return port


def _sender(given: str | None, user: str, old: SendingAccount | None, sender: str) -> str:
    if given is None and old and user == old.username:
        return sender
    # Some services sign in with a name that is not an address; then the sender is given separately.
    address = given or user
    with suppress(ValueError):
        sender = deliverable_address(address)
        # Only some servers accept other addresses, and not from every account (RFC 6531).
        if sender.isascii():
            return sender
    raise SettingRefused(
        field="from_address" if given else "username",
        reason=N_("must be an e-mail address, as in thanks@example.org"),
    )


def _delay(low: float | None, high: float | None, old: SendingAccount | None) -> dict[str, float]:
    minimum = low if low is not None else (old.min_second if old else 0.0)
    maximum = high if high is not None else max(minimum, old.max_second if old else 0.0)
    for field, value in (("min_second", minimum), ("max_second", maximum)):
        if not 0 <= value <= _LONGEST_DELAY:
            raise SettingRefused(field=field, reason=N_("must be between 0 and 3600 seconds"))
    if minimum > maximum:
        raise SettingRefused(field="min_second", reason=N_("must not be more than max_second"))
    return {"min_second": minimum, "max_second": maximum}


def _user(username: str | None, old: SendingAccount | None) -> str:
    if username is None:
        return old.username if old else ""
    text = username.strip()
    if len(text) > 254 or not text.isprintable():
        raise SettingRefused(
            field="username", reason=N_("contains characters that cannot be printed")
        )
    return text
