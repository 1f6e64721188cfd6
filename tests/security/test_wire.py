"""What gunicorn lets through, as a client without manners tries it (T10, T39, T40, T41)."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from werkzeug.test import TestResponse

from tests.security.conftest import behind, opened
from tests.security.far import raw, walker
from tests.support.processes import Site
from tests.web.patient.booking_walk import slots

HEAD = b"POST /find HTTP/1.1\r\nHost: %s\r\nContent-Type: application/x-www-form-urlencoded\r\n"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("wire")


@pytest.fixture(scope="module")
def site(demonstration: Path, folder: Path) -> Iterator[Site]:
    with opened(demonstration, folder) as site:
        yield site


def head(site: Site) -> bytes:
    return HEAD % site.address.removeprefix("http://").encode()


def statuses(answer: bytes) -> list[int]:
    return [int(code) for code in re.findall(rb"HTTP/1\.1 (\d{3}) ", answer)]


def seen(answer: TestResponse) -> tuple[int, bytes, dict[str, str]]:
    own = ("X-Request-ID", "Date")
    return (
        answer.status_code,
        answer.data,
        {name: value for name, value in answer.headers if name not in own},
    )


def test_t10_known_and_unknown_addresses_get_the_same_bytes(site: Site, folder: Path) -> None:
    with behind(folder) as book:
        known = book.execute(
            "SELECT p.email FROM patient p JOIN appointment a ON a.patient_id = p.id"
            " WHERE a.status = 'booked'"
        ).fetchone()[0]
    person = walker(site)
    person.get("/find")

    answers = [seen(person.post("/find", {"email": one})) for one in (known, "no@example.org")]

    assert answers[0] == answers[1]
    assert answers[0][0] == 200


@pytest.mark.parametrize(
    "twice",
    [
        b"Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello",
        b"Content-Length: 5\r\nContent-Length: 5\r\n\r\nhello",
        b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        b"Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n",
        b"Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
        b"Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n",
        b"Content-Length: +5\r\n\r\nhello",
        b"Content-Length: -1\r\n\r\n",
        b"Content-Length: 5, 6\r\n\r\nhello",
    ],
)
def test_t40_a_body_whose_length_is_said_twice_or_wrongly_is_refused(
    site: Site, twice: bytes
) -> None:
    smuggled = b"GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n"

    answer = raw(site, head(site) + twice + smuggled)

    assert len(statuses(answer)) == 1
    assert statuses(answer)[0] in (400, 501)
    assert b"foreword_" not in answer


@pytest.mark.parametrize(
    "chunks",
    [b"zz\r\nhello\r\n0\r\n\r\n", b"5\r\nhelloxx0\r\n\r\n", b"5;\x01=a\r\nhello\r\n0\r\n\r\n"],
)
def test_t40_a_garbled_body_is_a_bad_request_and_no_fault_of_ours(
    site: Site, chunks: bytes
) -> None:
    smuggled = b"GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n"

    answer = raw(site, head(site) + b"Transfer-Encoding: chunked\r\n\r\n" + chunks + smuggled)

    assert statuses(answer) == [400]
    assert b"This did not work" in answer
    assert b"foreword_" not in answer
    assert "fault" not in site.log.read_text()


def test_t40_ten_megabytes_are_refused_before_they_are_read(site: Site) -> None:
    """Who waits for a body that is announced and never sent would wait for ever."""
    announced = head(site) + b"Content-Length: 10000000\r\n\r\nemail=" + b"x" * 1000

    answer = raw(site, announced)

    assert statuses(answer) == [413]
    assert b"This is too long" in answer


def test_t40_a_body_in_chunks_has_no_effect(site: Site) -> None:
    """Browsers send none, and a proxy in front puts them together first."""
    chunk = b"10000\r\n" + b"x" * 65536 + b"\r\n"
    request = head(site) + b"Transfer-Encoding: chunked\r\n\r\n" + chunk * 3 + b"0\r\n\r\n"

    assert statuses(raw(site, request))[0] in (400, 413)


def test_t40_more_headers_and_longer_addresses_than_any_browser_sends_are_refused(
    site: Site,
) -> None:
    many = b"".join(b"X-%d: 1\r\n" % number for number in range(200))

    assert statuses(raw(site, head(site) + many + b"\r\n"))[0] in (400, 431)
    assert statuses(raw(site, head(site) + b"X: " + b"x" * 20_000 + b"\r\n\r\n"))[0] in (400, 431)
    assert statuses(raw(site, b"GET /" + b"x" * 10_000 + b" HTTP/1.1\r\n\r\n")) == [414]


def test_t40_a_hundred_years_of_times_are_no_more_work_than_a_week(site: Site) -> None:
    person = walker(site)
    person.be_safe("general")

    for query in ("from=2026-01-01", "from=2126-01-01", "from=2199-12-31"):
        answer = person.get(f"/times?{query}")
        assert answer.status_code == 200
        assert len(slots(answer.text)) < 300


def test_t39_the_server_names_neither_program_nor_version_on_any_answer(site: Site) -> None:
    person = walker(site)
    answers = [person.get(path) for path in ("/", "/healthz", "/nothing", "/readyz", "/metrics")]
    answers.append(person.client.post("/find"))
    broken = raw(site, b"nonsense\r\n\r\n") + raw(site, head(site) + b"Content-Length: x\r\n\r\n")

    for answer in answers:
        assert answer.headers.get_all("Server") == ["foreword"]
    words = b" ".join([str(a.headers).encode() + a.data for a in answers] + [broken]).lower()
    for program in (b"gunicorn", b"werkzeug", b"python", b"flask", b"sqlite", b"traceback"):
        assert program not in words


def test_t41_the_operators_page_is_not_opened_by_a_claim(site: Site) -> None:
    person = walker(site)
    mine = {"X-Request-ID": "mine", "X-Forwarded-For": "192.0.2.7", "Forwarded": "for=192.0.2.7"}

    answer = person.client.get("/metrics", headers=mine)

    assert answer.status_code == 200  # asked from this machine, whatever the header says
    assert "mine" not in answer.headers["X-Request-ID"]
    assert "mine" not in (site.log).read_text()


@pytest.mark.parametrize(
    "headers",
    [
        {"Cookie": "fw=\xff\x00; fw=" + "x" * 3000},
        {"Cookie": "fw=.eJwNx; __Host-fw=1; fw"},
        {"Accept-Language": "\xff;q=9,*;q=-1,en-" + "x" * 500},
        {"If-None-Match": '"' * 300, "If-Modified-Since": "Mon, 99 Foo 0000"},
        {"Range": "bytes=9999999999-0,1-" * 9},
        {"Content-Type": "multipart/form-data; boundary=" + "-" * 300},
        {"Content-Type": "multipart/form-data"},
        {"Sec-Fetch-Site": "\xff", "Origin": "null", "Referer": "http://[::1"},
        {"Accept-Encoding": "gzip;q=nan, *;q=x"},
        {"X-HTTP-Method-Override": "DELETE"},
    ],
    ids=lambda headers: next(iter(headers)),
)
def test_a_header_that_makes_no_sense_breaks_nothing(site: Site, headers: dict[str, str]) -> None:
    lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items()).encode("latin-1")
    host = site.address.removeprefix("http://").encode()

    for line in (b"GET /", b"GET /times", b"GET /brand.css", b"POST /find"):
        end = b"Content-Length: 3\r\n\r\na=b" if line[:4] == b"POST" else b"\r\n"
        answer = raw(site, line + b" HTTP/1.1\r\nHost: " + host + b"\r\n" + lines + end)
        assert statuses(answer)[0] < 500, answer[:300]
