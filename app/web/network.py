"""Which network a request comes from; the address itself is never kept."""

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from flask import current_app, request

from app.settings import Settings

PREFIX = {4: 24, 6: 56}


def network() -> str:
    """Return the network a request comes from, as wide as one household or office."""
    address = _address()
    return str(ip_network(f"{address}/{PREFIX[address.version]}", strict=False))


def exempt() -> bool:
    """Say whether the clinic counts this network's tries."""
    settings: Settings = current_app.extensions["settings"]
    address = _address()
    return any(
        address.version == known.version and address in known for known in settings.exempt_networks
    )


def _address() -> IPv4Address | IPv6Address:
    address = ip_address(request.remote_addr or "0.0.0.0")  # noqa: S104  nobody's address
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return mapped or address
