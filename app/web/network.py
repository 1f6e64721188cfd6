"""Which network a request comes from; the address itself is never kept."""

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from flask import current_app, request

from app.settings import Settings

PREFIX = {4: 24, 6: 56}
NOBODY = "0.0.0.0"  # noqa: S104  nobody's address


def network() -> str:
    """Return the network a request comes from, as wide as one household or office."""
    address = _address()
    return str(ip_network(f"{address}/{PREFIX[address.version]}", strict=False))


def from_this_machine() -> bool:
    """Say whether whoever asks sits at the machine itself."""
    return _address().is_loopback


def exempt() -> bool:
    """Say whether the clinic counts this network's tries."""
    settings: Settings = current_app.extensions["settings"]
    address = _address()
    return any(
        address.version == known.version and address in known for known in settings.exempt_networks
    )


def counted() -> str | None:
    """Return the network whose tries are counted, None for the clinic's own."""
    return None if exempt() else network()


def _address() -> IPv4Address | IPv6Address:
    try:
        address = ip_address((request.remote_addr or NOBODY).partition("%")[0])
    except ValueError:  # a proxy that passes on what a client made up: all such people are one
        address = ip_address(NOBODY)
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return mapped or address
