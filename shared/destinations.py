"""Destinations to which this program connects when an organizer names a server or a page.

A name is resolved once, and the connection goes to an address that was checked, so it does not
matter what the name resolves to a moment later.
"""

import socket
from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Any
from urllib.parse import SplitResult, urlsplit
from urllib.request import getproxies, proxy_bypass

from shared.errors import DestinationRefused, SettingRefused
from shared.language import N_

Network = IPv4Network | IPv6Network
# As socket.getaddrinfo.
Resolver = Callable[..., list[Any]]

# The only part of IPv6 allocated for the public internet (RFC 4291, 2.4). ::/96, 64:ff9b:: and
# other ways to write an IPv4 address are outside of it, as are local and multicast addresses.
_PUBLIC_IPV6 = ip_network("2000::/3")
# Networks that Python calls global, but that are for tunnels, documentation or protocols (RFC 7526,
# 3056, 4380, 9637, 6890: its anycast services are no mail servers or pages).
_NOT_PUBLIC = tuple(
    map(
        ip_network,
        ("192.0.0.0/24", "192.88.99.0/24", "2002::/16", "2001::/32", "3fff::/20", "3ffe::/16"),
    )
)


@dataclass(frozen=True)
class Reach:
    """The destinations that a person may name: the public internet, and `trusted` networks."""

    trusted: tuple[Network, ...] = ()
    # For the owner of the installation.
    is_unlimited: bool = False
    # PUBLIC_URL, whose pages anybody may name.
    own_site: str = ""
    # Whether HTTPS_PROXY is used. A proxy connects to anything, so it gets only destinations that
    # the settings name, never one that somebody entered.
    by_proxy: bool = False

    def resolve(self, host: str, port: int, ask: Resolver = socket.getaddrinfo) -> list[str]:
        """Return the addresses of `host` that may be connected to, best first.

        Raises DestinationRefused if there are none, and OSError for an unknown name.
        """
        found = _unique(ask(host, port, type=socket.SOCK_STREAM))
        allowed = [address for address in found if self._allows(address)]
        if found and not allowed:
            raise DestinationRefused()
        return allowed

    def connect(
        self, host: str, port: int, timeout: float, ask: Resolver = socket.getaddrinfo
    ) -> socket.socket:
        """Return an open connection to `host`. Raises DestinationRefused and OSError."""
        failure = OSError(f"{host} has no address")
        for address in self.resolve(host, port, ask):
            try:
                return socket.create_connection((address, port), timeout)
            except OSError as fault:
                failure = fault
        raise failure

    def refuse_written(self, field: str, host: str) -> None:
        """Raise SettingRefused if `host` is an address, in any spelling, that is out of reach.

        Names are checked when they are connected to: resolving one takes time, and the result may
        be another one later.
        """
        if not all(map(self._allows, _written_addresses(host))):
            raise SettingRefused(field=field, reason=_PRIVATE)

    def of_page(self, page: str) -> "Reach":
        """Return the reach for `page`: anybody may name pages of this program."""
        return ANYWHERE if self.own_site and _origin(page) == _origin(self.own_site) else self

    def proxy_for(self, page: str) -> str | None:
        """Return the proxy for `page` by HTTPS_PROXY and NO_PROXY, if any.

        Only HTTP proxies are used, and only for https, which they cannot read.
        """
        parts = urlsplit(page)
        if not self.by_proxy or parts.scheme != "https" or proxy_bypass(parts.netloc):
            return None
        proxy = getproxies().get("https", "")
        return proxy if proxy.startswith(("http://", "https://")) else None

    def _allows(self, written: str) -> bool:
        address = ip_address(written)
        if isinstance(address, IPv6Address) and address.ipv4_mapped:
            address = address.ipv4_mapped
        return (
            self.is_unlimited
            or _is_public(address)
            or any(address in network for network in self.trusted)
        )


ANYWHERE = Reach(is_unlimited=True)
BY_SETTINGS = Reach(is_unlimited=True, by_proxy=True)
PUBLIC = Reach()
_PRIVATE = N_(
    "is in a private network, which only the owner of this installation can enter or "
    "allow (TRUSTED_NETWORKS)"
)


def parts_of_site(address: str) -> SplitResult | None:
    """Return the parts of the address of a page or a server; None without a host, or with an
    impossible port."""
    try:
        parts = urlsplit(address)
        # Reading the port validates it.
        return parts if parts.hostname and parts.port != 0 else None
    except ValueError:
        return None


def _is_public(address: IPv4Address | IPv6Address) -> bool:
    return (
        address.is_global
        and not address.is_multicast
        and (address.version == 4 or address in _PUBLIC_IPV6)
        and not any(address in network for network in _NOT_PUBLIC)
    )


def _written_addresses(host: str) -> list[str]:
    """Return the address that `host` spells out (127.1, 0x7f.1, 2130706433 …); none for names."""
    name = host.lower().rstrip(".")
    if name == "localhost" or name.endswith(".localhost"):  # RFC 6761, 6.3
        return ["127.0.0.1"]
    try:
        flags = socket.AI_NUMERICHOST
        return _unique(socket.getaddrinfo(name, None, type=socket.SOCK_STREAM, flags=flags))
    except (OSError, UnicodeError):
        return []


def _unique(found: list[Any]) -> list[str]:
    return list(dict.fromkeys(str(address[0]) for *_, address in found))


def _origin(page: str) -> tuple[str, str | None, int | None] | None:
    try:
        parts = urlsplit(page)
        return (parts.scheme, parts.hostname, parts.port or {"http": 80}.get(parts.scheme, 443))
    except ValueError:
        return None
