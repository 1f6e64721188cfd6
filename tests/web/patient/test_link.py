import pytest
from flask import Flask
from sqlalchemy import event, select
from werkzeug.test import TestResponse

from app.storage.database import db
from app.storage.models import Mail
from tests.web.patient.booking_walk import book, patient
from tests.web.walker import Walker


@pytest.fixture
def walker(site: Flask) -> Walker:
    walker = Walker(site)
    walker.get("/find")
    return walker


def headers(response: TestResponse) -> dict[str, str]:
    return {name: value for name, value in response.headers if name != "X-Request-ID"}


def owed(site: Flask) -> list[Mail]:
    with site.app_context():
        return list(db.session.scalars(select(Mail).where(Mail.kind == "link_requested")))


def test_t10_known_and_unknown_addresses_get_the_same_answer(site: Flask, walker: Walker) -> None:
    book(patient(site), email="known@example.org")
    statements: list[str] = []
    with site.app_context():
        event.listen(db.engine, "before_cursor_execute", lambda *call: statements.append(call[2]))

    known = walker.post("/find", {"email": "known@example.org"})
    first = len(statements)
    unknown = walker.post("/find", {"email": "nobody@example.org"})

    assert known.text == unknown.text
    assert headers(known) == headers(unknown)
    assert len(statements) == 2 * first
    assert not [one for one in statements if "patient" in one.lower()]


def test_asking_owes_one_mail(site: Flask, walker: Walker) -> None:
    page = walker.post("/find", {"email": "marian@example.org"}).text

    assert "If we know this address, a mail is on its way to it." in page
    assert len(owed(site)) == 1


@pytest.mark.parametrize(
    "address",
    [
        "",
        "marian",
        "marian@",
        "@example.org",
        "a@example.org,b@example.org",
        '"x" <a@example.org>',
        "a@example.org\r\nBcc: b@example.org",
        "a\x00@example.org",
        "\u202ea@example.org",
        "a@localhost",
        "a@" + "x" * 65 + ".org",
        "a" * 60_000 + "@example.org",
    ],
)
def test_t16_what_is_no_address_is_refused_with_a_sentence(
    site: Flask, walker: Walker, address: str
) -> None:
    response = walker.post("/find", {"email": address})

    assert response.status_code == 422
    assert '<a href="#email">' in response.text
    assert not owed(site)
