"""The account as a transport sees it."""

from collections.abc import Callable
from dataclasses import dataclass, field

from shared.destinations import ANYWHERE, PUBLIC, Reach
from shared.storage.models import Security, SendingAccount

# A function that returns a token of the account, other than the given one, which a server refused,
# or "". Raises SignInEnded and SignInBusy.
Token = Callable[[str], str]


@dataclass(frozen=True)
class Account:
    """Where messages are handed over, and as whom.

    `timeout` is in seconds, for each answer; `dot_timeout` is for the answer to the content, for
    which RFC 5321 (4.5.3.2.6) gives ten minutes, since servers scan it then.
    """

    host: str
    port: int
    security: Security
    from_address: str
    username: str = ""
    password: str | None = field(default=None, repr=False)
    # Shown to the server in place of a password.
    token: Token | None = field(default=None, repr=False)
    timeout: float = 30.0
    dot_timeout: float = 600.0
    reach: Reach = PUBLIC
    # The transport, one of `TRANSPORTS`.
    transport: str = "smtp"
    # The address of a service that is not a mail server.
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
        """`sender`: an event's own address, or empty. `token` is for accounts that use one.

        `reach` is that of organizers; servers entered by the owner may be anywhere.
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
