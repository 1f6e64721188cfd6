"""Appointment cards that the desk prints: their words, their code, and who may."""

import re
from datetime import timedelta

import pytest
import segno
from flask import Flask
from sqlalchemy import update

from app.domain.staff import Role
from app.services import appointment
from app.storage import models
from app.storage.database import db
from app.storage.models import Status
from app.web.reception.cards import QUIET, code
from tests.clinics import NASHVILLE, OKAFOR, RIVERA, TUESDAY_NOON
from tests.desk import appoint
from tests.services.looking import booked, rows, statements
from tests.staffing import Colleague

DAY = "/staff/day/cards?date=2027-03-02"


def modules(side: int, path: str) -> set[tuple[int, int]]:
    """Return the dark modules that a path draws."""
    found = set()
    for begin, y, strokes in re.findall(r"M(\d+) (\d+)\.5([^M]*)", path):
        x = int(begin)
        for kind, long in re.findall(r"([hm])(\d+)", strokes):
            if kind == "h":
                found |= {(x + step, int(y)) for step in range(int(long))}
            x += int(long)
    assert max(max(one) for one in found) < side - QUIET
    return found


def test_the_code_is_drawn_module_for_module() -> None:
    made = code("https://clinic.example.org/a/abc.def")

    matrix = segno.make("https://clinic.example.org/a/abc.def", error="m").matrix
    dark = {
        (x + QUIET, y + QUIET) for y, row in enumerate(matrix) for x, on in enumerate(row) if on
    }
    assert modules(made.side, made.path) == dark


def test_a_card_says_when_and_where_and_leads_to_the_appointment(site: Flask) -> None:
    with site.app_context():
        reference = appoint(name="Ada Abbott")
        made = booked(reference)
        link = appointment.path(made.id, made.link_version)
    jo = Colleague(site)

    page = jo.get(f"/staff/appointment/{reference}/card").text

    for words in ("Ada Abbott", "Tuesday 2 March 2027", "Dr Ana Rivera", reference):
        assert words in page
    assert code(f"http://localhost{link}").path in page
    assert link.rpartition(".")[2] not in page
    assert f"/staff/appointment/{reference}/card" in jo.get(f"/staff/appointment/{reference}").text


def test_a_card_speaks_the_patients_language(site: Flask) -> None:
    with site.app_context():
        reference = appoint()
        db.session.execute(update(models.Patient).values(language="es"))
        db.session.commit()

    page = Colleague(site).get(f"/staff/appointment/{reference}/card").text

    assert '<article class="take" lang="es-US">' in page
    assert "martes, 2 de marzo de 2027" in page
    assert "<h1>Appointment card</h1>" in page


@pytest.mark.parametrize("status", [Status.CANCELLED, Status.TENTATIVE])
def test_what_does_not_stand_has_no_card(site: Flask, status: Status) -> None:
    until = TUESDAY_NOON if status is Status.TENTATIVE else None
    with site.app_context():
        reference = appoint(status=status, hold_until=until)

    page = Colleague(site).get(f"/staff/appointment/{reference}/card")

    assert page.status_code == 409
    assert "<svg role" not in page.text


def test_the_cards_of_a_day_are_those_still_to_come(site: Flask) -> None:
    with site.app_context():
        appoint(name="Ada Abbott")
        appoint(TUESDAY_NOON + timedelta(hours=1), name="Ben Bauer", status=Status.MISSED)
        appoint(name="Cora Costa", clinician_id=OKAFOR, location_id=NASHVILLE)
    jo = Colleague(site)

    page = jo.get(DAY).text

    assert page.count('class="take"') == 2
    assert "Ben Bauer" not in page
    assert "Nobody is still to come" in jo.get("/staff/day/cards?date=2027-03-03").text


def test_a_full_day_takes_as_many_statements_as_a_quiet_one(site: Flask) -> None:
    jo, counts = Colleague(site), []
    for hours in range(3):
        with site.app_context():
            for number in range(hours * 3 + 1):
                appoint(TUESDAY_NOON + timedelta(hours=hours, minutes=number), overlap_reason="x")
            with statements() as asked:
                jo.get(DAY)
        counts.append(len(asked))

    assert counts[1] == counts[2]


def test_t36_whoever_prints_cards_is_in_the_journal(site: Flask) -> None:
    with site.app_context():
        reference = appoint()
    jo = Colleague(site)
    for _ in range(2):
        jo.get(DAY)
        jo.get(f"/staff/appointment/{reference}/card")

    with site.app_context():
        noted = rows(models.JournalEntry, models.JournalEntry.actor == jo.who.signature)
        said = [(line.verb, line.change) for line in noted]
    assert said == [("cards", {"day": "2027-03-02", "many": 1}), ("card", {})]


def test_t12_a_clinician_prints_the_cards_of_their_own(site: Flask) -> None:
    with site.app_context():
        theirs = appoint(name="Cora Costa", clinician_id=OKAFOR, location_id=NASHVILLE)
    rivera = Colleague(site, Role.CLINICIAN, clinician_id=RIVERA)

    assert rivera.get(f"/staff/appointment/{theirs}/card").status_code == 404
    assert "Cora Costa" not in rivera.get(DAY).text
