"""Where a visitor comes from, as far as counting what they try goes."""

from ipaddress import IPv6Address, ip_address

# A household or a server is given a whole /64 (RFC 6177), each address of which is free to it.
_SHARED_BITS = 64
# Longer than every address; a proxy may pass on whatever its client has written.
_LONGEST_ADDRESS = 45


def network_of(address: str) -> str:
    """What `address` is counted as: IPv4 by itself, IPv6 by its /64; anything else is cut."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return address[:_LONGEST_ADDRESS]
    if isinstance(parsed, IPv6Address):
        # A socket that takes both families writes IPv4 so (RFC 4291, 2.5.5.2).
        return str(parsed.ipv4_mapped or _prefix(parsed))
    return str(parsed)


def _prefix(address: IPv6Address) -> IPv6Address:
    free = 128 - _SHARED_BITS
    return IPv6Address(int(address) >> free << free)
