"""Which addresses of the network the clinic's computer may be sent to by somebody else's words.

`ipaddress.is_global` alone lets through what leads back inside: NAT64, 6to4, multicast.
"""

from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

NOT_OUTSIDE_4 = (IPv4Network("192.0.0.0/24"), IPv4Network("192.88.99.0/24"))
OUTSIDE_6 = IPv6Network("2000::/3")
NOT_OUTSIDE_6 = (
    IPv6Network("2001::/23"),
    IPv6Network("2001:db8::/32"),
    IPv6Network("2002::/16"),
    IPv6Network("3fff::/20"),
)


def is_outside(address: str) -> bool:
    """Say whether an address is one of the public network, whichever way it is written."""
    try:
        found = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(found, IPv6Address) and found.ipv4_mapped is not None:
        found = found.ipv4_mapped
    return _outside_4(found) if isinstance(found, IPv4Address) else _outside_6(found)


def _outside_4(found: IPv4Address) -> bool:
    inside = any(found in network for network in NOT_OUTSIDE_4)
    return found.is_global and not found.is_multicast and not inside


def _outside_6(found: IPv6Address) -> bool:
    return found in OUTSIDE_6 and not any(found in network for network in NOT_OUTSIDE_6)
