"""The guide of a visit that the desk booked: asked for, read by the link, shown at the desk."""

import re

from flask import Flask
from sqlalchemy import update

from app.domain.safety import Tier
from app.services import appointment
from app.storage import models
from app.storage.database import db
from tests.clinics import CONSULTATION, TUESDAY_NOON
from tests.desk import appoint
from tests.services.looking import booked, mails_of, verbs_of
from tests.staffing import Colleague
from tests.web.reception.caller import OWN, WHO, key_of, made, opened
from tests.web.walker import PRIMER, Walker, answers

ASKS = OWN | {"visit": str(CONSULTATION), "clock": "12:00"}


def linked(site: Flask) -> tuple[Walker, str]:
    """Open the link of a visit whose guide is open, as its mail gives it."""
    with site.app_context():
        reference = appoint(TUESDAY_NOON.replace(day=5), visit_type_id=CONSULTATION)
        row = booked(reference)
        path = appointment.path(row.id, row.link_version)
    walker = Walker(site)
    page = walker.follow(walker.get(f"{path}?to=guide"))
    assert "To read before this visit" in page.text
    return walker, reference


def begin(walker: Walker, reference: str) -> None:
    walker.post(f"/appointment/{reference}/guide")
    walker.be_safe("primer")


def verbs(site: Flask, reference: str) -> list[str]:
    with site.app_context():
        return verbs_of(booked(reference).id)


def test_a_visit_with_a_guide_needs_an_address_to_send_it_to(site: Flask) -> None:
    jo, page = opened(site)

    refused = jo.post("/staff/new", WHO | ASKS | key_of(page) | {"guide": "mail", "email": ""})
    sent = jo.post("/staff/new", WHO | ASKS | key_of(page) | {"guide": "mail"})

    assert refused.status_code == 422
    assert '<a href="#guide">' in refused.text
    assert sent.status_code == 303
    assert "Not read to the end yet." in jo.follow(sent).text
    assert "Guide not read yet" in jo.get("/staff/day?date=2027-03-02").text


def test_a_visit_without_a_guide_asks_for_none(site: Flask) -> None:
    jo, page = opened(site)

    answer = jo.post("/staff/new", WHO | OWN | key_of(page) | {"email": ""})

    assert answer.status_code == 303
    assert 'name="guide"' not in jo.post("/staff/new", OWN | {"act": "times"}).text
    with site.app_context():
        assert mails_of(made(site)[0].id) == []


def test_the_link_leads_through_safety_check_and_guide_back_to_the_appointment(
    site: Flask,
) -> None:
    walker, reference = linked(site)
    begin(walker, reference)

    walker.read()
    walker.get("/statements")
    page = walker.follow(walker.post("/statements", {"K1": "talk"}))

    assert "You have read the guide." in page.text
    assert "Read the guide" not in page.text
    assert verbs(site, reference) == ["guide_begun", "guide_read"]
    desk = Colleague(site).get(f"/staff/appointment/{reference}").text
    assert "One topic to go over with the doctor." in desk
    assert "The patient read the guide to its end" in desk


def lose_the_binding(site: Flask) -> None:
    """Let what was read stand alone, as where the press died before it was bound."""
    with site.app_context():
        db.session.execute(update(models.Appointment).values(reading_id=None))
        db.session.commit()


def test_a_reading_that_was_not_bound_when_it_began_is_bound_at_the_next_press(
    site: Flask,
) -> None:
    walker, reference = linked(site)
    begin(walker, reference)
    walker.read(until=1)
    lose_the_binding(site)

    walker.post("/primer/1")

    with site.app_context():
        assert booked(reference).reading_id is not None


def test_a_reading_that_was_never_bound_is_bound_at_its_end(site: Flask) -> None:
    walker, reference = linked(site)
    begin(walker, reference)
    walker.read()
    lose_the_binding(site)

    walker.get("/statements")
    page = walker.follow(walker.post("/statements", {"K1": "talk"}))

    assert "You have read the guide." in page.text
    assert verbs(site, reference)[-1] == "guide_read"
    with site.app_context():
        assert booked(reference).reading_id is not None


def test_an_emergency_stops_the_reader_and_asks_the_desk_to_call(site: Flask) -> None:
    walker, reference = linked(site)
    walker.post(f"/appointment/{reference}/guide")
    walker.get("/safety/primer")

    stopped = walker.post("/safety/primer", answers(Tier.EMERGENCY, E1="yes"))
    jo = Colleague(site)
    desk = jo.get(f"/staff/appointment/{reference}").text
    done = jo.follow(jo.post(f"/staff/appointment/{reference}/called"))

    assert "data-emergency" in stopped.text
    assert "Please call: the page asked this person not to wait." in desk
    assert PRIMER.safety.tier(Tier.EMERGENCY).items[0].question not in desk
    assert "Please call" not in done.text.partition("Who changed what")[0]
    assert "Jo Brandt called" in done.text


def test_somebody_else_who_goes_on_gives_the_birth_date_first(site: Flask) -> None:
    walker, reference = linked(site)
    begin(walker, reference)
    walker.read(until=1)
    with site.app_context():
        row = booked(reference)
        path = appointment.path(row.id, row.link_version)

    other = Walker(site)
    page = other.follow(other.get(f"{path}?to=guide"))
    birth = {"bday_month": "4", "bday_day": "21", "bday_year": "1968"}
    known = other.follow(other.post(f"/appointment/{reference}/unlock?to=guide", birth))

    assert "bday_month" in page.text
    assert "Go on with the guide" in known.text
    begin(other, reference)
    assert other.get("/primer/2").status_code == 200


def test_a_link_of_a_visit_with_nothing_to_read_shows_the_visit(site: Flask) -> None:
    with site.app_context():
        row = booked(appoint())
        path = appointment.path(row.id, row.link_version)
        reference = row.reference
    walker = Walker(site)

    page = walker.follow(walker.get(f"{path}?to=guide"))

    assert "Your appointment" in page.text
    assert not re.search("To read before", page.text)
    answer = walker.post(f"/appointment/{reference}/guide")
    assert answer.location == f"/appointment/{reference}"
