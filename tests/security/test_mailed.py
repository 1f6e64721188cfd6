"""What is typed reaches mails as words, and no mail is about health (T16, T17, T23)."""

import re
from email.utils import getaddresses
from pathlib import Path

import pytest
from flask import Flask
from icalendar import Calendar

from app.web.patient.booking_form import NEEDS
from tests.clinics import days
from tests.conftest import StoppedClock
from tests.security.hostile import HOSTILE, delivered, details, words
from tests.services.looking import booked
from tests.web.patient.booking_walk import DETAILS, HOLD, by_link, keep, slots
from tests.web.walker import PRIMER, Walker, hidden

HEALTH = re.compile(
    r"\b(spine|spinal|back pain|stem|cells?|disc|discs|pain|surgery|injection|symptoms?|diagnos\w*|"
    r"treatments?|nerve|sciatica|consultation|second opinion)\b",
    re.IGNORECASE,
)


def booked_with(site: Flask, **given: str) -> tuple[Walker, str] | None:
    """Book with these details; None when they were refused."""
    person = details(site)
    if person.post("/details", DETAILS | given).location != "/review":
        return None
    page = person.get("/review").text
    done = person.post("/review", {"hold": HOLD.findall(page)[0]})
    return person, done.location.split("/")[2]


@pytest.mark.parametrize("kind", sorted(set(HOSTILE) - {"long"}))
@pytest.mark.parametrize("field", ["booker_name", "email"])
def test_t16_a_mail_has_one_recipient_whoever_booked_it(
    site: Flask, tmp_path: Path, field: str, kind: str
) -> None:
    given = {"who_for": "other", "booker_name": "Jo Hale", field: HOSTILE[kind]}
    if booked_with(site, **given) is None:
        return  # refused before there was anything to send

    (mail,) = delivered(site, tmp_path)

    assert len(mail.get_all("To", [])) == 1
    assert len(mail["To"].addresses) == 1
    assert len(getaddresses([str(mail["To"])])) == 1
    assert (
        mail["To"]
        .addresses[0]
        .addr_spec.endswith(".org" if field != "email" else mail["To"].addresses[0].domain)
    )
    assert mail.keys().count("Bcc") == mail.keys().count("Cc") == 0
    assert not mail.defects


def test_t23_no_mail_says_a_word_about_health(
    site: Flask, clock: StoppedClock, tmp_path: Path
) -> None:
    """Not the visit, not the question, not a need: whoever reads a wrong mail learns a time."""
    person = Walker(site)
    told = PRIMER.safety.tiers[-1].items[0]
    person.be_safe("general", **{told.id: "yes"})
    keep(person, -1)
    person.get("/details")
    asked = "Will my spinal stenosis need surgery?"
    person.post("/details", DETAILS | {"question": asked, "needs": "cannot_sit_long"})
    page = person.get("/review").text
    reference = person.post("/review", {"hold": HOLD.findall(page)[0]}).location.split("/")[2]
    delivered(site, tmp_path)
    with site.app_context():
        starts = booked(reference).starts_at
    clock.now = starts - days(2)
    delivered(site, tmp_path)
    holder = by_link(site, reference)
    place = f"/appointment/{reference}"
    chosen = {"slot": slots(holder.get(f"{place}/move").text)[-1]}
    holder.post(f"{place}/move", chosen)
    holder.get(f"{place}/move/confirm")
    holder.post(f"{place}/move/confirm", chosen)
    delivered(site, tmp_path)
    seen = hidden(holder.get(f"{place}/cancel").text, "seen")
    holder.post(f"{place}/cancel", {"seen": seen})
    holder.get("/find")
    holder.post("/find", {"email": DETAILS["email"]})

    mails = delivered(site, tmp_path)

    assert len(mails) == 5
    needs = [str(words) for words in NEEDS.values()]
    for mail in mails:
        for text in words(mail):
            said = text.replace("http://localhost", "")
            assert not HEALTH.findall(said), mail["Subject"]
            assert asked not in said
            assert not [need for need in needs if need in said]
            assert DETAILS["bday_year"] not in said


def test_t17_a_name_that_looks_like_a_calendar_stays_a_name(site: Flask, tmp_path: Path) -> None:
    kept = booked_with(site, name='X;CN="Y":END:VEVENT\\nBEGIN:VEVENT, Z')
    assert kept is not None

    (mail,) = delivered(site, tmp_path)

    person, reference = kept
    file = person.get(f"/appointment/{reference}/appointment.ics").data
    parts = [part for part in mail.walk() if part.get_content_type() == "text/calendar"]
    inside = parts[0].get_payload(decode=True)
    assert isinstance(inside, bytes)
    for data in (file, inside):
        assert len(Calendar.from_ical(data).walk("VEVENT")) == 1


def test_a_name_with_marks_of_direction_stays_a_name(site: Flask, tmp_path: Path) -> None:
    kept = booked_with(site, name="José \u200fDíaz\u200f")
    assert kept is not None

    (mail,) = delivered(site, tmp_path)

    assert mail["To"].addresses[0].display_name == "José Díaz"
