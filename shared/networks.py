"""Where a visitor comes from, as precisely as counting their attempts needs."""

from ipaddress import IPv6Address, ip_address

# A household or a server gets a whole /64 (RFC 6177) and may use every address in it.
_SHARED_BITS = 64
# Longer than any address; a proxy may pass on whatever its client wrote.
_LONGEST_ADDRESS = 45


def network_of(address: str) -> str:
    """What `address` is counted as: IPv4 as it is, IPv6 by its /64, anything else cut to a
    limit."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return address[:_LONGEST_ADDRESS]
    if isinstance(parsed, IPv6Address):
        # A dual-stack socket writes IPv4 this way (RFC 4291, 2.5.5.2).
        free = 128 - _SHARED_BITS
        return str(parsed.ipv4_mapped or IPv6Address(int(parsed) >> free << free))
    return str(parsed)
