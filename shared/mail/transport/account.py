"""The account as a transport sees it."""

from collections.abc import Callable
from dataclasses import dataclass, field

from shared.destinations import ANYWHERE, PUBLIC, Reach
from shared.storage.models import Security, SendingAccount

# A token of the account, other than the one that is given, which a server refused, or "".
# Raises SignInEnded and SignInBusy.
Token = Callable[[str], str]


@dataclass(frozen=True)
class Account:
    """Where messages are handed over, and as whom. `timeout` is in seconds, for each answer."""

    host: str
    port: int
    security: Security
    from_address: str
    username: str = ""
    password: str | None = field(default=None, repr=False)
    # What is shown to the server in place of a password.
    token: Token | None = field(default=None, repr=False)
    timeout: float = 30.0
    reach: Reach = PUBLIC
    # What carries them, one of `TRANSPORTS`.
    transport: str = "smtp"
    # Where a service is that is no mail server, and has an address of its own.
    service_url: str = ""

    @classmethod
    def of(
        cls,
        row: SendingAccount,
        sender: str,
        password: str | None,
        reach: Reach,
        timeout: float = 30.0,
        token: Token | None = None,
    ) -> "Account":
        """`sender`: an event's own address, or empty. `token` counts for who signs in with one.

        `reach` is the organizers': what the owner has entered may lie anywhere.
        """
        return cls(
            host=row.host,
            port=row.port,
            security=row.security,
            from_address=sender or row.username,
            username=row.username,
            password=None if row.skip_auth or row.by_token else password,
            token=token if row.by_token else None,
            timeout=timeout,
            reach=ANYWHERE if row.host_by_owner else reach,
            transport=row.transport,
        )
