"""Links that are guessed, garbled, old or revoked open nothing (T04, T05)."""

import secrets
from base64 import b32encode
from datetime import timedelta

import pytest
from sqlalchemy import update

from app.domain.refusals import NotYours
from app.services import appointment
from app.storage import models
from app.storage.database import db
from app.storage.types import new_id
from tests.clinics import Guest, days
from tests.conftest import MONDAY_8AM, Make
from tests.services.looking import booked, counts, statements
from tests.services.people import NETWORK, opened, reader, see, token_of


def revoke(reference: str) -> None:
    """Send somebody a new link, so that the old one opens nothing."""
    known = models.Appointment.reference == reference
    later = update(models.Appointment).where(known)
    db.session.execute(later.values(link_version=models.Appointment.link_version + 1))
    db.session.commit()


def test_t04_every_letter_of_a_link_counts(reference: str) -> None:
    good = token_of(reference)
    before = counts()

    for place, letter in enumerate(good):
        other = "b" if letter == "a" else "a"
        with pytest.raises(NotYours):
            opened(good[:place] + other + good[place + 1 :])
    assert counts() == before


def garbled(good: str) -> list[str]:
    """What people, mail programs and guessers make of a link."""
    name, code = good.split(".")
    return [
        "",
        ".",
        name,
        f"{name}.",
        f".{code}",
        good[:-1],
        good + "a",
        f"{good}.{good}",
        good.upper(),
        good + " ",
        "\0" + good[1:],
        good[:-1] + "\0",
        good[:-1] + "\ud800",
        "\N{CYRILLIC SMALL LETTER A}" * 20 + good[20:],
        good + "a" * 1_000_000,
        "\u202e" + good,
        f"{name}.2",
    ]


def test_t04_a_garbled_link_opens_nothing(reference: str) -> None:
    tokens = garbled(token_of(reference))
    before = counts()

    for token in tokens:
        with pytest.raises(NotYours):
            opened(token)

    assert counts() == before


def test_t04_ten_thousand_guesses_open_nothing_and_write_nothing(
    make_app: Make, sqlite_url: str
) -> None:
    with make_app(sqlite_url).app_context():
        known = booked(Guest(MONDAY_8AM).book()).id
        before = counts()
        for number in range(10_000):
            code = b32encode(secrets.token_bytes(16)).decode().rstrip("=").lower()
            with pytest.raises(NotYours):
                opened(f"{known if number % 2 else new_id()}.{code}")

        assert counts() == before


def test_t04_known_and_unknown_links_ask_the_same_of_the_database(reference: str) -> None:
    known = token_of(reference)
    asked = []
    for token in (known[:-1] + "aa", "a" * 20 + known[20:], "garbled", "\0"):
        with statements() as seen, pytest.raises(NotYours):
            opened(token)
        asked.append(seen)

    assert asked[0] == asked[1] == asked[2] == asked[3]


def test_t05_a_link_opens_until_thirty_days_after_the_appointment(reference: str) -> None:
    token = token_of(reference)
    end = booked(reference).ends_at + days(30)

    assert appointment.open_link(token, visit=None, network=NETWORK, now=end)
    with pytest.raises(NotYours):
        appointment.open_link(token, visit=None, network=NETWORK, now=end + timedelta(seconds=1))


def test_t05_a_new_link_closes_the_old_one_and_its_sessions(guest: Guest, reference: str) -> None:
    old = token_of(reference)
    other = reader(reference)

    revoke(reference)

    with pytest.raises(NotYours):
        opened(old)
    for one in (guest, other):
        with pytest.raises(NotYours):
            see(one, reference)
    assert see(reader(reference), reference).appointment.reference == reference


def test_t05_the_new_link_opens_in_a_session_that_had_the_old_one(reference: str) -> None:
    other = reader(reference)
    revoke(reference)

    other.open_link(token_of(reference))

    assert see(other, reference)
