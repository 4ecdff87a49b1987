"""Which transport carries the messages of an account. A new one is a file, and a line here."""

from collections.abc import Callable

from shared.errors import SettingRefused
from shared.language import N_
from shared.mail.transport.account import Account
from shared.mail.transport.graph import GraphTransport, SharedMailboxTransport
from shared.mail.transport.protocol import Transport
from shared.mail.transport.smtp import SmtpTransport

# A mailbox that several people share, from which they send by a sign-in of their own.
GRAPH_SHARED = "graph_shared"
BY_GRAPH = ("graph", GRAPH_SHARED)
# By the name in the account's row.
TRANSPORTS: dict[str, Callable[[Account], Transport]] = {
    "smtp": SmtpTransport,
    "graph": GraphTransport,
    GRAPH_SHARED: SharedMailboxTransport,
}


def open_transport(account: Account) -> Transport:
    """Raises SettingRefused for an account that another version of this program made."""
    if account.transport not in TRANSPORTS:
        raise SettingRefused(field="transport", reason=_UNKNOWN)
    return TRANSPORTS[account.transport](account)


_UNKNOWN = N_("is not one that this version of the program knows")
