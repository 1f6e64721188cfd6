from flask import Flask
from sqlalchemy import update

from app.services import letters, link
from app.storage import models
from app.storage.database import db
from tests.clinics import TUESDAY_NOON, Guest, days, person, wish
from tests.conftest import MONDAY_8AM
from tests.services.looking import booked, rows, statements

KNOWN, UNKNOWN = "m.hale@example.org", "nobody@example.org"


def ask(email: str) -> None:
    link.request(email, language="en", now=MONDAY_8AM)


def links_of(mail: models.Mail) -> list[str]:
    """Return the references that a mail leads to."""
    letter = letters.letter(
        mail.id, base_url="https://harbor.example.org", emergency_number="911", now=MONDAY_8AM
    )
    assert letter is not None
    return [one.reference for one in letter.links]


def test_an_address_gets_the_links_of_its_coming_appointments(app: Flask) -> None:
    guest = Guest(MONDAY_8AM)
    later = guest.book(wish(TUESDAY_NOON + days(2)), person(KNOWN))
    sooner = guest.book(wish(TUESDAY_NOON + days(1)), person(KNOWN.upper()))
    guest.book(wish(TUESDAY_NOON), person(UNKNOWN))
    db.session.execute(update(models.Mail).values(state="handed_over"))
    db.session.commit()
    ask(KNOWN)

    (mail,) = rows(models.Mail, models.Mail.state == "owed")

    assert links_of(mail) == [sooner, later]


def test_t10_a_known_and_an_unknown_address_take_the_same_way(app: Flask) -> None:
    Guest(MONDAY_8AM).book(wish(), person(KNOWN))
    asked = []
    for email in (KNOWN, UNKNOWN):
        db.session.rollback()
        with statements() as seen:
            ask(email)
        asked.append(seen)

    assert asked[0] == asked[1]
    assert not any("patient" in one for one in asked[0])


def test_t10_three_mails_a_day_go_to_one_address_however_it_is_written(app: Flask) -> None:
    for email in (KNOWN, KNOWN.upper(), KNOWN, KNOWN, KNOWN.title()):
        ask(email)
    ask(UNKNOWN)

    owed = rows(models.Mail)
    assert len(owed) == 4

    link.request(KNOWN, language="en", now=MONDAY_8AM + days(1))
    assert len(rows(models.Mail)) == 5


def test_the_address_is_sealed_until_the_mail_leaves(app: Flask) -> None:
    ask(KNOWN)

    (mail,) = rows(models.Mail)

    assert mail.appointment_id is None
    assert b"hale" not in mail.recipient
    assert links_of(mail) == []


def test_an_unknown_address_gets_a_mail_without_links(app: Flask) -> None:
    reference = Guest(MONDAY_8AM).book(wish(), person(KNOWN))
    db.session.execute(update(models.Mail).values(state="handed_over"))
    db.session.commit()
    ask(UNKNOWN)

    (mail,) = rows(models.Mail, models.Mail.state == "owed")

    assert links_of(mail) == []
    assert booked(reference)
