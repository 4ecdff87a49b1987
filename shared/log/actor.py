"""Who changes something, and from where, as the log of changes names them."""

from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address

from shared.storage.models import Role

# A household or a server gets a whole /64 (RFC 6177) and may use every address in it.
_SHARED_BITS = 64
# What a customer may get, whose networks are then 65 536 (RFC 6177).
_SITE_BITS = 48
# Longer than any address; a proxy may pass on whatever its client wrote.
_LONGEST_ADDRESS = 45


@dataclass(frozen=True)
class Actor:
    """A person at work.

    `key_id` is None for the holder of the owner's token or of an event's first token; `name` is
    then empty. `network` is where they connect from, as `network_of` writes it; empty on
    the command line.
    """

    key_id: int | None
    role: Role
    name: str = ""
    network: str = ""


# Anyone who can reach the database runs the installation.
AT_THE_MACHINE = Actor(None, Role.OWNER)


def network_of(address: str) -> str:
    """Where somebody comes from, as precisely as counting their attempts needs: IPv4 as it is, IPv6
    by its /64, anything else cut to a limit."""
    return _beginning_of(address, _SHARED_BITS)


def site_of(address: str) -> str:
    """The same for those who may change between networks of their own: IPv6 by its /48."""
    return _beginning_of(address, _SITE_BITS)


def _beginning_of(address: str, bits: int) -> str:
    try:
        parsed = ip_address(address)
    except ValueError:
        return address[:_LONGEST_ADDRESS]
    if isinstance(parsed, IPv6Address):
        # A dual-stack socket writes IPv4 this way (RFC 4291, 2.5.5.2).
        free = 128 - bits
        return str(parsed.ipv4_mapped or IPv6Address(int(parsed) >> free << free))
    return str(parsed)
