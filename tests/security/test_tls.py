"""An appointment from end to end over TLS, as browsers treat it there (T14)."""

import urllib.request
from collections.abc import Iterator
from http.cookiejar import CookieJar
from pathlib import Path

import pytest

from app.settings import Settings, WrongSetting
from tests.security.conftest import opened
from tests.security.far import connect, far, raw
from tests.support.processes import Site, environment
from tests.web.patient.booking_walk import DETAILS, HOLD, slots
from tests.web.walker import Walker


@pytest.fixture(scope="module")
def site(demonstration: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with opened(demonstration, tmp_path_factory.mktemp("tls"), tls=True) as site:
        yield site


def arrive(site: Site) -> Walker:
    """Come with a browser: it says from where a form is sent, and never a Referer."""
    return Walker(far(site, **{"Sec-Fetch-Site": "same-origin", "Origin": "null"}))


def test_t14_a_person_books_over_tls_without_ever_sending_a_referer(site: Site) -> None:
    person = arrive(site)
    person.be_safe("general")
    page = person.get("/times").text
    kept = person.post("/times", {"slot": slots(page)[-1]})
    person.get("/details")
    said = person.post("/details", DETAILS | {"email": "tls@example.org"})
    page = person.get("/review").text

    booked = person.post("/review", {"hold": HOLD.findall(page)[0]})

    assert (kept.location, said.location) == ("/details", "/review")
    assert booked.location.endswith("/booked")
    done = person.follow(booked)
    assert "You are booked" in done.text
    assert "max-age=" in done.headers["Strict-Transport-Security"]
    assert person.get(booked.location.replace("booked", "card.svg")).status_code == 200


def test_t14_the_cookie_is_bound_to_this_host_to_tls_and_to_our_own_pages(site: Site) -> None:
    answer = arrive(site).get("/find")

    (cookie,) = answer.headers.get_all("Set-Cookie")
    name, *flags = (part.strip() for part in cookie.split(";"))
    assert name.startswith("__Host-fw=")
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= set(flags)
    assert not [flag for flag in flags if flag.startswith(("Domain", "Expires", "Max-Age"))]


@pytest.mark.parametrize("origin", ["cross-site", "same-site", "nonsense"])
def test_t14_a_form_of_another_site_is_refused_over_tls_too(site: Site, origin: str) -> None:
    person = Walker(far(site, **{"Sec-Fetch-Site": origin}))
    person.get("/find")

    answer = person.post("/find", {"email": "tls@example.org"})

    assert answer.status_code == 400


def test_t14_a_form_without_its_token_or_without_the_cookie_is_refused(site: Site) -> None:
    with_token, stranger = arrive(site), arrive(site)
    with_token.get("/find")
    stranger.token = with_token.token

    answers = [with_token.client.post("/find"), stranger.post("/find", {"email": "a@example.org"})]

    assert {answer.status_code for answer in answers} == {400}


def test_the_cookie_does_not_travel_without_tls(site: Site) -> None:
    """Asked of the standard library's cookie jar, which keeps to what browsers keep to."""
    jar = CookieJar()
    connection = connect(site)
    connection.request("GET", "/find")
    answer = connection.getresponse()
    answer.read()
    connection.close()
    jar.extract_cookies(answer, urllib.request.Request(f"{site.address}/find"))
    plain = urllib.request.Request(site.address.replace("https:", "http:") + "/find")
    secure = urllib.request.Request(f"{site.address}/find")
    for request in (plain, secure):
        jar.add_cookie_header(request)

    assert plain.get_header("Cookie") is None
    assert (secure.get_header("Cookie") or "").startswith("__Host-fw=")


def test_whoever_speaks_plain_http_to_it_gets_no_page(site: Site) -> None:
    try:
        answer = raw(site, b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
    except ConnectionError:
        answer = b""

    assert b"200 OK" not in answer
    assert b"Set-Cookie" not in answer


@pytest.mark.parametrize(
    "address",
    ["http://clinic.example", "http://192.0.2.1", "http://0.0.0.0", "https://", "ftp://localhost",
     "https://clinic.example/path", "localhost", "https://clinic.example:port", "https://[::1"],
)  # fmt: skip
def test_plain_http_is_for_this_machine_only(tmp_path: Path, address: str) -> None:
    env = environment(f"sqlite:///{tmp_path}/c.sqlite", tmp_path, BASE_URL=address)

    with pytest.raises(WrongSetting, match="BASE_URL"):
        Settings.from_env(env)
