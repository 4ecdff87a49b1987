"""The interface of transports, and all that the rest of the program asks about them.

A transport is a class and one row of `transports`. An account names the transport of its messages,
and has credentials: a secret that was entered, or a sign-in at a provider.
"""

from abc import abstractmethod
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Protocol
from urllib.parse import urlsplit

from shared.destinations import ANYWHERE, PUBLIC, Reach
from shared.findings import Finding
from shared.language import N_
from shared.mail.transport.outcome import Outcome
from shared.mail.transport.providers import Provider, SendingLimits
from shared.settings import Settings
from shared.storage.models import Security, SendingAccount

# A function that returns a token of the account, other than the given one, which a server refused,
# or "". Raises SignInEnded and SignInBusy.
Token = Callable[[str], str]


@dataclass(frozen=True)
class Account:
    """An account as a transport sees it: where messages are handed over, and as whom.

    `timeout` is in seconds, for each answer; `dot_timeout` is for the answer to the content, for
    which RFC 5321 (4.5.3.2.6) gives ten minutes, since servers scan it then.
    """

    host: str
    port: int
    security: Security
    from_address: str
    username: str = ""
    # The secret that was entered: a password, or a key of a service.
    password: str | None = field(default=None, repr=False)
    # Replaces a password.
    token: Token | None = field(default=None, repr=False)
    timeout: float = 30.0
    dot_timeout: float = 600.0
    reach: Reach = PUBLIC
    # The transport, one of `TRANSPORTS`.
    transport: str = "smtp"
    # The address of a service that is not a mail server.
    service_url: str = ""

    @classmethod
    def of(cls, row: SendingAccount, sender: str, reach: Reach, timeout: float = 30.0) -> "Account":
        """Return the account of `row` without its credentials. `sender` is an event's own address,
        or empty.

        `reach` is that of organizers; servers entered by the owner may be anywhere.
        """
        return cls(
            host=row.host,
            port=row.port,
            security=row.security,
            from_address=sender or row.username,
            username=row.username,
            timeout=timeout,
            reach=ANYWHERE if row.host_by_owner else reach,
            transport=row.transport,
        )


class Transport(Protocol):
    """A carrier of the messages of one account.

    Used by one thread at a time, except `cut`. A transport that derives from this defines three
    methods; if it keeps nothing open and waits for nothing, the others need no definition.
    """

    @abstractmethod
    def deliver(
        self, message: bytes, recipient: str, before_content: Callable[[], bool] = lambda: True
    ) -> Outcome:
        """Hand `message` (RFC 5322, lines end with CRLF) over for the address `recipient`.

        `before_content` is called once, at the last point at which the message can be held back; if
        it returns False the outcome is HELD_BACK. After it returned True, a lost answer is UNSURE.
        Only raises what `before_content` raises: failures are outcomes.
        """

    @abstractmethod
    def check(self) -> list[Finding]:
        """Return what can be known about the account without a message; takes some seconds.

        Findings that `stop` mean that nothing would be accepted from it now.
        """

    @abstractmethod
    def close(self) -> None:
        """Close the connection; the next message would open it again."""

    def is_open(self) -> bool:
        """Return whether something is open that the next message can use."""
        return False

    def cut(self) -> None:
        """Abort what another thread waits for in `deliver`, which becomes its outcome."""


# Headers of mails by their ids in the mailbox, and the columns of its row that say how far it is
# read with them.
Batch = tuple[Mapping[Any, bytes], Mapping[str, Any]]


# In bytes; all that matters in a report comes before the returned mail.
REPORT_SIZE = 256 * 1024


class Inbox(Protocol):
    """A mailbox that is read for returned mail. Failures raise MailboxTrouble.

    Used by one thread at a time, except `cut`.
    """

    # Whether it is on an Exchange server, which may have given our mails other Message-IDs.
    at_exchange: bool = False

    @abstractmethod
    def batches(self, first: datetime, read_until: datetime | None) -> Iterator[Batch]:
        """Yield what arrived since `read_until`, which the last batch of the reading before said,
        oldest first; the first time, since `first`."""

    @abstractmethod
    def beginnings(self, ids: Sequence[Any]) -> Mapping[Any, bytes]:
        """Return the mails by id, up to REPORT_SIZE bytes of each, without those that are gone."""

    @abstractmethod
    def source(self, message_id: str, since: datetime, most: int) -> bytes | None:
        """Return the mail with this Message-ID that arrived since then, up to `most` bytes; None
        without it."""

    def put_away(self, ids: Sequence[Any]) -> None:
        """Move reports that were read to where an organizer wants them, if anywhere."""
        return

    @abstractmethod
    def close(self) -> None:
        """Close the connection."""

    @abstractmethod
    def cut(self) -> None:
        """Abort what another thread is waiting for."""


class MailProvider(StrEnum):
    """The providers where people sign in to a mail account."""

    MICROSOFT = "microsoft"
    GOOGLE = "google"
    # Providers at which an organizer registered this program.
    OTHER = "other"


@dataclass(frozen=True)
class Way:
    """A way to get access to accounts of a transport, as the form offers it; its texts are msgids.

    `conditions` are the provider's requirements.
    """

    title: str
    conditions: str = ""
    # The provider, the button to sign in, and the provider's name of the scope. None: a secret is
    # entered, called `secret`.
    provider: MailProvider | None = None
    button: str = ""
    scope: Callable[[Settings], str] = lambda settings: ""
    secret: str = N_("Password")
    # The name of the preset for its mail server.
    preset: str = ""


@dataclass(frozen=True)
class Service:
    """A service that takes messages, in place of a mail server that is entered with the account.

    `url` gives its address, which is fixed or in the settings. The provider's own servers send the
    mails; `servers` are those to which its customers otherwise hand mails over.
    """

    url: Callable[[Settings], str]
    limits: SendingLimits
    servers: tuple[str, ...] = ()

    def preset(self, settings: Settings) -> Provider:
        """Return the service as a preset, with its host in place of a mail server, and its
        limits."""
        host = urlsplit(self.url(settings)).hostname or ""
        return Provider("", (), host, 443, Security.TLS, self.limits)


# Explanations of answers: a msgid by a pattern, which ignores case. The first match explains.
Advice = Mapping[str, str]


@dataclass(frozen=True)
class TransportKind:
    """One way to hand messages over. Accounts store its `name`."""

    name: str
    carrier: Callable[[Account], Transport]
    # None for a mail server, which is entered with each account.
    service: Service | None
    ways: tuple[Way, ...]
    # Opens the account's own inbox; with None, returned mail is read over IMAP, if at all.
    inbox: Callable[[Account], Inbox] | None = None
    # Whether several people share the mailbox, of whom none signs in as its address.
    is_shared: bool = False
    # Explanations of its own answers; those of others are in `verdicts`.
    advice: Advice = field(default_factory=dict)
