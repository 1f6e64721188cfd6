"""Where the worker goes for a calendar, and where nobody can send it."""

import os
from collections.abc import Iterator

import pytest

from app.domain.busy import Fault, NotRead
from app.fetch.outside import Outside
from tests.fetch.server import MARK, Calendars
from tests.ics.calendars import GOOD, calendar

INSIDE = [
    "127.0.0.1", "127.1.2.3", "10.0.0.1", "172.16.0.1", "172.31.255.254", "192.168.1.1",
    "169.254.169.254", "169.254.0.1", "100.64.0.1", "100.127.255.254", "0.0.0.1",
    "224.0.0.1", "239.255.255.250", "255.255.255.255", "240.0.0.1", "192.0.0.9", "192.0.0.170",
    "192.0.2.1", "192.88.99.1", "198.18.0.1", "198.51.100.1", "203.0.113.1", "::1", "::",
    "::127.0.0.1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:169.254.169.254",
    "64:ff9b::7f00:1", "64:ff9b:1::1", "2002:7f00:1::", "2001::1", "2001:db8::1", "3fff::1",
    "fe80::1", "fe80::1%eth0", "fec0::1", "fc00::1", "fd00:ec2::254", "ff02::1",
]  # fmt: skip


def of(calendars: Calendars, *answers: list[str]) -> tuple[Outside, list[str]]:
    """Go out with a name server that answers in turn, and say what it was asked."""
    asked: list[str] = []

    def resolve(name: str) -> list[str]:
        asked.append(name)
        return answers[min(len(asked), len(answers)) - 1]

    trusting = str(calendars.certificate)
    return Outside(resolve=resolve, allow={calendars.allow}, trusting=trusting), asked


def why(outside: Outside, address: str) -> Fault:
    """Say why a calendar was not fetched."""
    with pytest.raises(NotRead) as refused:
        outside.get(address)
    return refused.value.fault


def test_a_calendar_is_fetched_plainly(calendars: Calendars) -> None:
    outside, _ = of(calendars, ["127.0.0.1"])

    answer = outside.get("https://localhost/good?key=9f2c")

    assert (answer.body, answer.etag) == (calendar(GOOD), MARK)
    ((path, headers),) = calendars.asked
    assert path == "/good?key=9f2c"
    assert (headers["Host"], headers["Accept-Encoding"]) == ("localhost", "identity")
    assert not {"Cookie", "Authorization"} & set(headers)


def test_what_is_as_it_was_is_not_sent_again(calendars: Calendars) -> None:
    outside, _ = of(calendars, ["127.0.0.1"])

    assert outside.get("https://localhost/good", etag=MARK).body is None


@pytest.mark.parametrize("inside", INSIDE)
def test_t19_a_name_that_leads_inside_is_not_followed(calendars: Calendars, inside: str) -> None:
    outside, _ = of(calendars, [inside])
    strict = Outside(resolve=outside.resolve)

    assert why(strict, "https://calendar.example.org/a.ics") is Fault.NOT_OUTSIDE
    assert calendars.asked == []


def test_t19_one_address_inside_among_others_is_one_too_many(calendars: Calendars) -> None:
    outside, _ = of(calendars, ["127.0.0.1", "10.0.0.1"])

    assert why(outside, "https://localhost/good") is Fault.NOT_OUTSIDE
    assert calendars.asked == []


@pytest.mark.parametrize(
    "host", ["2130706433", "0x7f000001", "017700000001", "127.1", "localhost", "[::1]", "0"]
)
def test_t19_loopback_is_not_asked_however_it_is_written(calendars: Calendars, host: str) -> None:
    faults = Fault.NOT_OUTSIDE, Fault.UNKNOWN_NAME

    assert why(Outside(), f"https://{host}/good") in faults
    assert calendars.asked == []


def test_t19_a_name_is_looked_up_once_so_that_it_cannot_turn_meanwhile(
    calendars: Calendars,
) -> None:
    outside, asked = of(calendars, ["127.0.0.1"], ["10.0.0.1"])

    outside.get("https://localhost/good")

    assert asked == ["localhost"]


@pytest.mark.parametrize(
    ("target", "fault"),
    [
        ("https://inside.example.org/good", Fault.NOT_OUTSIDE),
        ("https://169.254.169.254/latest/meta-data", Fault.NOT_OUTSIDE),
        ("http://localhost/good", Fault.NO_ADDRESS),
        ("https://localhost:8443/good", Fault.NO_ADDRESS),
        ("file:///etc/passwd", Fault.NO_ADDRESS),
    ],
)
def test_t19_wherever_a_server_sends_us_on_to_is_looked_at_anew(
    calendars: Calendars, target: str, fault: Fault
) -> None:
    outside, _ = of(calendars, ["127.0.0.1"], ["10.0.0.1"])

    assert why(outside, f"https://localhost/to/{target}") is fault
    assert len(calendars.asked) == 1


def test_t19_nobody_is_sent_on_more_than_three_times(calendars: Calendars) -> None:
    outside, _ = of(calendars, ["127.0.0.1"])

    assert why(outside, "https://localhost/round") is Fault.SENT_ON
    assert len(calendars.asked) == 4


@pytest.fixture
def proxied() -> Iterator[None]:
    """Live where the environment names a proxy, which is not there."""
    before = dict(os.environ)
    os.environ.update(
        dict.fromkeys(("HTTPS_PROXY", "https_proxy", "ALL_PROXY"), "http://127.0.0.1:9")
    )
    yield
    os.environ.clear()
    os.environ.update(before)


@pytest.mark.usefixtures("proxied")
def test_t19_no_proxy_of_the_environment_is_used_and_no_cookie_is_kept(
    calendars: Calendars,
) -> None:
    outside, _ = of(calendars, ["127.0.0.1"])

    assert outside.get("https://localhost/cookie").body == calendar(GOOD)
    assert "Cookie" not in calendars.asked[-1][1]


@pytest.mark.parametrize(
    ("path", "fault"),
    [
        ("packed", Fault.PACKED),
        ("endless", Fault.TOO_BIG),
        ("missing", Fault.TURNED_AWAY),
        ("broken", Fault.TURNED_AWAY),
    ],
)
def test_t20_a_server_that_does_not_hand_out_a_calendar_is_left_with_its_reason(
    calendars: Calendars, path: str, fault: Fault
) -> None:
    outside, _ = of(calendars, ["127.0.0.1"])

    assert why(outside, f"https://localhost/{path}") is fault


def test_a_server_that_cannot_show_who_it_is_is_not_believed(calendars: Calendars) -> None:
    stranger = Outside(resolve=lambda _name: ["127.0.0.1"], allow={calendars.allow})
    outside, _ = of(calendars, ["127.0.0.1"])

    assert why(stranger, "https://localhost/good") is Fault.NOT_TRUSTED
    assert why(outside, "https://calendar.example.org/good") is Fault.NOT_TRUSTED
    assert calendars.asked == []
