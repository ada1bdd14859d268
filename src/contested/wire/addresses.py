"""Addresses that may be asked over the network: http and https, at hosts outside of it.

A host is resolved once, and what was resolved is what is connected to: a name that means another address a moment later
leads nowhere. Hosts inside the network are refused, unless the operator names them.
"""

import ipaddress
import os
import socket
from collections.abc import Callable, Collection
from typing import NamedTuple
from urllib.parse import urlsplit

from contested.model.problem import RefusedAddressError

INSIDE = "CONTESTED_INSIDE"
"""The variable that names the hosts inside the network that may be asked all the same, parted by spaces."""
_PORTS = {"http": 80, "https": 443}
_WRAPPED = tuple(map(ipaddress.ip_network, ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32", "::/96")))
"""Networks whose addresses stand for one of IPv4, which may be inside."""
IP = ipaddress.IPv4Address | ipaddress.IPv6Address
Resolve = Callable[[str, int], Collection[str]]


class Address(NamedTuple):
    """An address that may be asked: what it says, and the IP address to connect to."""

    url: str
    scheme: str
    host: str
    port: int
    path: str
    ip: str

    @property
    def is_secure(self) -> bool:
        """Whether what is sent there is encrypted."""
        return self.scheme == "https"


def inside() -> tuple[str, ...]:
    """Name the hosts inside the network that the operator allows."""
    return tuple(os.environ.get(INSIDE, "").casefold().split())


def resolved(host: str, port: int) -> list[str]:
    """Resolve a host to its IP addresses."""
    return [str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


def checked(url: str, allowed: Collection[str] = (), resolve: Resolve = resolved) -> Address:
    """Resolve an address; raises `RefusedAddressError` where it may not be asked, saying why."""
    try:
        parts = urlsplit(url)
        host, port = (parts.hostname or "").rstrip("."), parts.port or _PORTS.get(parts.scheme, 0)
    except ValueError as error:
        raise RefusedAddressError(url, f"it is no address: {error}") from None
    if parts.scheme not in _PORTS:
        raise RefusedAddressError(url, "it begins with neither https:// nor http://")
    if not host or parts.username is not None or parts.password is not None or not url.isprintable() or " " in url:
        raise RefusedAddressError(url, "it names no host, or a person, or holds letters that no address has")
    try:
        ips = list(resolve(host, port))
    except (OSError, UnicodeError) as error:
        raise RefusedAddressError(url, f"its host is not found: {error}") from None
    if not ips:
        raise RefusedAddressError(url, "its host is not found")
    if host.casefold() not in allowed and not all(is_outside(ip) for ip in ips):
        raise RefusedAddressError(url, f"its host is inside the network; its operator allows it by {INSIDE}")
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Address(url, parts.scheme, host, port, path, ips[0])


def is_outside(ip: str) -> bool:
    """Say whether an IP address is of the open network, and stands for none that is not."""
    try:
        found: IP = ipaddress.ip_address(ip)
    except ValueError:
        return False
    if isinstance(found, ipaddress.IPv6Address):
        if found.ipv4_mapped is not None:
            return is_outside(str(found.ipv4_mapped))
        if any(found in network for network in _WRAPPED):
            return False
    return found.is_global and not found.is_multicast
