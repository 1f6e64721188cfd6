"""Somebody whose calendar said no, on the page of their appointment."""

from flask import Flask

from app.storage.models import Status
from tests.services.looking import booked
from tests.services.sent_back import Invited, take_in
from tests.web.patient.booking_walk import by_link


def test_whoever_comes_after_all_says_so_and_the_appointment_stays(
    site: Flask, reference: str
) -> None:
    with site.app_context():
        take_in(Invited(reference).says("DECLINED"))
    walker = by_link(site, reference)
    page = walker.get(f"/appointment/{reference}").text
    assert "Your calendar told us that you are not coming." in page

    pressed = [walker.post(f"/appointment/{reference}/coming", {}) for _ in range(2)]

    for one in pressed:
        shown = walker.follow(one).text
        assert "the appointment stays yours" in shown
        assert "told us that you are not coming" not in shown
    with site.app_context():
        assert booked(reference).status == Status.BOOKED


def test_nothing_is_said_to_somebody_whose_calendar_said_yes(site: Flask, reference: str) -> None:
    with site.app_context():
        take_in(Invited(reference).says("ACCEPTED"))

    page = by_link(site, reference).get(f"/appointment/{reference}").text

    assert "Your calendar" not in page
