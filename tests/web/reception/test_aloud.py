"""The guide read aloud on the phone: who read stands in the record, and nobody else goes on."""

from flask import Flask

from app.domain.safety import Tier
from app.services import appointment
from app.storage import models
from tests.clinics import CONSULTATION, TUESDAY_NOON
from tests.desk import appoint
from tests.services.looking import booked, rows, verbs_of
from tests.staffing import Colleague
from tests.web.reception.caller import OWN, WHO, key_of, opened
from tests.web.walker import Walker, answers

ASKS = OWN | {"visit": str(CONSULTATION), "clock": "12:00", "guide": "aloud", "email": ""}


def put(site: Flask) -> str:
    with site.app_context():
        return appoint(TUESDAY_NOON.replace(day=5), visit_type_id=CONSULTATION)


def begun(site: Flask) -> tuple[Colleague, str]:
    """Give a colleague who passed the safety check with somebody on the phone."""
    jo, reference = Colleague(site), put(site)
    jo.get(f"/staff/appointment/{reference}/aloud")
    jo.post(f"/staff/appointment/{reference}/aloud")
    jo.be_safe("primer")
    return jo, reference


def test_reading_aloud_begins_with_the_booking_and_ends_at_the_appointment(site: Flask) -> None:
    jo, page = opened(site)
    first = jo.follow(jo.post("/staff/new", WHO | key_of(page) | ASKS)).text
    with site.app_context():
        (made,) = rows(models.Appointment)

    jo.post(f"/staff/appointment/{made.reference}/aloud")
    jo.be_safe("primer")
    part = jo.get("/primer/1").text
    jo.read()
    jo.get("/statements")
    end = jo.post("/statements", {"K1": "talk"})

    assert "21 April 1968" in first
    assert "You read this aloud." in part
    assert "Who reads?" not in part
    assert end.location == f"/staff/appointment/{made.reference}"
    with site.app_context():
        (reading,) = rows(models.Reading)
        (made,) = rows(models.Appointment)
        assert reading.answered_by == jo.who.signature
        assert made.reading_id == reading.id
        verbs = [verb for verb in verbs_of(made.id) if verb != "see"]
    assert verbs == ["book", "read_aloud", "guide_begun", "guide_read"]
    assert "Jo Brandt read the guide to its end" in jo.follow(end).text


def test_when_it_ends_nothing_of_it_is_left_in_the_browser(site: Flask) -> None:
    jo, _reference = begun(site)
    jo.read()
    jo.get("/statements")
    jo.post("/statements")

    assert jo.get("/primer/1").location == "/safety/primer"
    assert jo.get("/staff/day").status_code == 200
    with site.app_context():
        assert rows(models.Visitor) == []


def test_stopped_and_begun_again_it_goes_on_where_it_was(site: Flask) -> None:
    jo, reference = begun(site)
    jo.read(until=2)

    jo.post(f"/staff/appointment/{reference}/aloud")
    jo.be_safe("primer")

    assert jo.get("/primer/3").status_code == 200
    with site.app_context():
        assert len(rows(models.Reading)) == 1


def test_what_somebody_read_alone_is_begun_anew_aloud_since_the_record_says_who_read(
    site: Flask,
) -> None:
    reference, alone = put(site), Walker(site)
    with site.app_context():
        row = booked(reference)
        path = appointment.path(row.id, row.link_version)
    alone.follow(alone.get(f"{path}?to=guide"))
    alone.post(f"/appointment/{reference}/guide")
    alone.be_safe("primer")
    alone.read(until=2)
    jo = Colleague(site)

    jo.get(f"/staff/appointment/{reference}/aloud")
    jo.post(f"/staff/appointment/{reference}/aloud")
    jo.be_safe("primer")
    jo.read(until=1)

    with site.app_context():
        by = {one.id: one.answered_by for one in rows(models.Reading)}
        assert sorted(by.values()) == ["self", jo.who.signature]
        assert by[booked(reference).reading_id or ""] == jo.who.signature


def test_whoever_is_signed_out_reads_no_further(site: Flask) -> None:
    jo, _reference = begun(site)
    jo.read(until=1)

    jo.client.delete_cookie("fw-staff")

    assert jo.get("/primer/2").location == "/safety/primer"


def test_signing_out_ends_the_reading(site: Flask) -> None:
    jo, _reference = begun(site)
    jo.get("/staff/day")

    jo.post("/staff/sign-out")

    with site.app_context():
        assert rows(models.Visitor) == []


def test_the_colleague_may_not_see_the_appointment_as_its_patient(site: Flask) -> None:
    jo, reference = begun(site)

    assert jo.get(f"/appointment/{reference}").status_code == 404


def test_a_stop_of_the_safety_check_is_noted_for_everybody_at_the_desk(site: Flask) -> None:
    jo, reference = Colleague(site), put(site)
    jo.get(f"/staff/appointment/{reference}/aloud")
    jo.post(f"/staff/appointment/{reference}/aloud")
    jo.get("/safety/primer")

    stopped = jo.post("/safety/primer", answers(Tier.EMERGENCY, E1="yes"))

    assert "data-emergency" in stopped.text
    assert "Please call" in jo.get(f"/staff/appointment/{reference}").text


def test_a_visit_without_a_guide_has_nothing_to_read_aloud(site: Flask) -> None:
    with site.app_context():
        reference = appoint()
    jo = Colleague(site)
    jo.get("/staff/day")

    assert "Read it aloud" not in jo.get(f"/staff/appointment/{reference}").text
    assert jo.post(f"/staff/appointment/{reference}/aloud").status_code == 409


def test_somebody_who_is_here_already_can_have_it_read_to_them(site: Flask) -> None:
    with site.app_context():
        reference = appoint(visit_type_id=CONSULTATION, status="arrived")
    jo = Colleague(site)

    assert "Read it aloud" in jo.get(f"/staff/appointment/{reference}").text
    answer = jo.post(f"/staff/appointment/{reference}/aloud")
    assert answer.location == "/safety/primer"


def test_signing_out_leaves_a_patient_of_the_same_browser_alone(site: Flask) -> None:
    jo = Colleague(site)
    jo.be_safe("general")
    jo.get("/staff/day")

    jo.post("/staff/sign-out")

    assert jo.get("/times").status_code == 200
