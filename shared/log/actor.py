"""Actors, as the log names them, and the networks from which they come."""

from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address

from shared.storage.models import Role

# A household or a server gets a whole /64 (RFC 6177) and may use every address in it.
_SHARED_BITS = 64
# A customer may get a /48, with 65 536 networks (RFC 6177).
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
    """Return the network for counting attempts: an IPv4 address, or the /64 of an IPv6 address.

    Anything else is cut to a limit.
    """
    return _beginning_of(address, _SHARED_BITS)


def site_of(address: str) -> str:
    """Return the same with the /48 of IPv6, within which a client may change networks."""
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
