"""Where the clinic's computer may be sent: outside, however the address is written."""

import pytest

from app.domain.address import is_outside


@pytest.mark.parametrize("address", ["93.184.215.14", "8.8.8.8", "2606:4700::1111", "2a00:1450::1"])
def test_t19_addresses_of_the_public_network_are_outside(address: str) -> None:
    assert is_outside(address)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1",
        "0.0.0.1", "224.0.0.1", "255.255.255.255", "192.0.0.9", "192.88.99.1", "198.18.0.1",
        "::1", "::", "::127.0.0.1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1",
        "2002:7f00:1::", "2001::1", "2001:db8::1", "3fff::1", "fe80::1", "fe80::1%eth0",
        "fec0::1", "fc00::1", "ff02::1", "localhost", "2130706433", "0x7f.1", "",
    ],
)  # fmt: skip
def test_t19_addresses_that_lead_inside_are_not(address: str) -> None:
    assert not is_outside(address)
