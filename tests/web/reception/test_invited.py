"""Invitations instead of a feed, as doctors and owners choose them on their pages."""

from flask import Flask

from app.domain.staff import Role
from tests.clinics import OKAFOR, RIVERA
from tests.desk import appoint
from tests.staffing import Colleague


def test_a_doctor_chooses_invitations_and_ends_them(site: Flask) -> None:
    with site.app_context():
        appoint()
    doctor = Colleague(site, Role.CLINICIAN, email="rivera@example.org")

    before = doctor.get("/staff/me").text
    on = doctor.follow(doctor.post("/staff/me/invitations", {"invited": "yes"})).text
    off = doctor.follow(doctor.post("/staff/me/invitations", {"invited": "no"})).text

    assert "One appointment is to come: that is one mail now." in before
    assert "Each of your appointments comes to rivera@example.org" in on
    assert "End the invitations" in on
    assert "No more invitations." in off
    assert "Send me invitations" in off


def test_reception_has_no_appointments_of_its_own(site: Flask) -> None:
    jo = Colleague(site)

    assert "Your appointments by mail" not in jo.get("/staff/me").text
    assert jo.post("/staff/me/invitations", {"invited": "yes"}).status_code == 404


def test_an_owner_chooses_to_whom_a_doctors_invitations_go(site: Flask) -> None:
    doctor = Colleague(site, Role.CLINICIAN, email="rivera@example.org")
    owner = Colleague(site, Role.OWNER)
    page = f"/staff/settings/doctors/{RIVERA}"

    assert "rivera@example.org" in owner.get(page).text
    owner.post(f"{page}/invitations", {"account": doctor.who.id})

    assert f'<option value="{doctor.who.id}" selected>' in owner.get(page).text
    assert "They come as" not in doctor.get("/staff/me").text
    assert "Invitations to" not in owner.get("/staff/journal").text
    assert "let the appointments of Dr Ana Rivera come as invitations" in (
        owner.get("/staff/journal").text
    )


def test_a_doctor_whom_nobody_signs_in_as_can_be_sent_nothing(site: Flask) -> None:
    owner = Colleague(site, Role.OWNER)

    page = owner.get(f"/staff/settings/doctors/{OKAFOR}").text

    assert "Nobody who signs in has this calendar as their own." in page
