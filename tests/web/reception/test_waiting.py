"""The waiting list at the desk, page by page."""

import re
from datetime import timedelta

import pytest
from flask import Flask

from app.domain.staff import Role
from app.domain.waiting import Wishes
from app.services import clinic as clinics
from app.services import waiting
from app.storage import models
from tests.clinics import GENERAL, OKAFOR, RIVERA, days, person
from tests.conftest import MONDAY_8AM
from tests.desk import appoint
from tests.offers import held_times
from tests.services.looking import rows
from tests.services.people import THURSDAY
from tests.staffing import Colleague, hire
from tests.web.patient.wanting import WHO, WISHES

SLOT = "2027-03-02T17:00:00Z|1|1|0|2"


@pytest.fixture
def place(site: Flask) -> str:
    """Give the place of somebody who waits for Dr Rivera."""
    wishes = Wishes(visit_type_id=GENERAL, clinician_ids=frozenset({RIVERA}))
    with site.app_context():
        return waiting.put_on_new(
            person(name="Abena Mensah"), wishes, actor=hire(), clinic=clinics.load(),
            now=MONDAY_8AM,
        )  # fmt: skip


def closed(site: Flask) -> list[str | None]:
    with site.app_context():
        return [one.closed for one in rows(models.Waiting)]


def test_an_empty_list_says_what_it_is_for(site: Flask) -> None:
    page = Colleague(site).get("/staff/waiting")

    assert "Nobody waits." in page.text
    assert 'href="/staff/waiting/new"' in page.text


def test_the_list_says_who_waits_for_what_since_when(site: Flask, place: str) -> None:
    page = Colleague(site).get("/staff/waiting")

    assert "Waiting list: one person" in page.text
    assert "Abena Mensah" in page.text
    assert "Dr Ana Rivera" in page.text
    assert "Waits since Monday 1 March" in page.text
    assert "Nothing offered yet" in page.text


@pytest.mark.parametrize(("ask", "there"), [("visit=2", True), ("visit=3", False),
                                            ("doctor=1", True), ("doctor=2", False)])  # fmt: skip
def test_the_list_is_narrowed(site: Flask, place: str, ask: str, there: bool) -> None:
    page = Colleague(site).get(f"/staff/waiting?{ask}")

    assert ("Abena Mensah" in page.text) is there
    assert ("Nobody waits for this." in page.text) is not there


def test_the_desk_offers_one_now(site: Flask, place: str) -> None:
    jo = Colleague(site)
    page = jo.get(f"/staff/waiting/{place}?date=2027-03-02")
    assert SLOT in page.text

    done = jo.follow(jo.post(f"/staff/waiting/{place}", {"slot": SLOT}))

    assert "Offered time: <bdi>Abena Mensah</bdi>" in done.text
    assert "Not answered yet" in jo.get("/staff/waiting").text
    again = jo.post(f"/staff/waiting/{place}", {"slot": SLOT.replace("17:00", "18:00")})
    assert again.status_code == 409
    assert 'data-refusal="already_offered"' in again.text


def test_taking_off_twice_takes_off_once(site: Flask, place: str) -> None:
    jo = Colleague(site)
    jo.get(f"/staff/waiting/{place}?date=2027-03-02")
    jo.post(f"/staff/waiting/{place}", {"slot": SLOT})

    for _twice in range(2):
        done = jo.follow(jo.post(f"/staff/waiting/{place}/off"))
        assert "They are off the list" in done.text
    with site.app_context():
        assert held_times() == []
    assert closed(site) == ["taken_off"]
    assert "is not on the waiting list any more" in jo.get(f"/staff/waiting/{place}").text


def test_a_caller_is_put_on_the_list(site: Flask) -> None:
    jo = Colleague(site)
    jo.get("/staff/waiting/new")

    wrong = jo.post("/staff/waiting/new", {**WHO, **WISHES, "name": ""})
    done = jo.follow(jo.post("/staff/waiting/new", {**WHO, **WISHES, "email": ""}))

    assert wrong.status_code == 422
    assert "They are on the list." in done.text
    assert "No mail: please call" in done.text


def test_somebody_with_an_appointment_is_put_on_the_list(site: Flask) -> None:
    jo = Colleague(site)
    with site.app_context():
        reference = appoint(THURSDAY.start)
    assert f"/staff/appointment/{reference}/wait" in jo.get(f"/staff/appointment/{reference}").text
    jo.get(f"/staff/appointment/{reference}/wait")

    done = jo.follow(jo.post(f"/staff/appointment/{reference}/wait", WISHES))

    assert "has Thursday 4 March" in done.text
    assert "Keep these wishes" in jo.get(f"/staff/appointment/{reference}/wait").text


def test_t12_a_doctor_sees_who_may_come_to_them(site: Flask, place: str) -> None:
    okafor = Colleague(site, Role.CLINICIAN, clinician_id=OKAFOR)

    assert "Abena Mensah" not in okafor.get("/staff/waiting").text
    assert okafor.get(f"/staff/waiting/{place}").status_code == 404
    assert okafor.post(f"/staff/waiting/{place}/off").status_code == 404
    assert closed(site) == [None]


def test_t12_a_doctor_is_shown_times_of_their_own_calendar_only(site: Flask) -> None:
    with site.app_context():
        place = waiting.put_on_new(
            person(), Wishes(visit_type_id=GENERAL), actor=hire(), clinic=clinics.load(),
            now=MONDAY_8AM,
        )  # fmt: skip
    rivera = Colleague(site, Role.CLINICIAN, clinician_id=RIVERA)
    slots = re.compile(r'value="[^"|]+Z\|(\d+)\|')

    page = rivera.get(f"/staff/waiting/{place}?date=2027-03-02")

    assert set(slots.findall(Colleague(site).get(f"/staff/waiting/{place}").text)) == {"1", "2"}
    assert set(slots.findall(page.text)) == {str(RIVERA)}


def test_somebody_who_was_found_is_put_on_the_list_without_typing(site: Flask) -> None:
    jo = Colleague(site)
    with site.app_context():
        reference = appoint(MONDAY_8AM - days(30), name="Abena Mensah")

    found = jo.get("/staff/find?q=mensah")
    page = jo.get(f"/staff/waiting/new?like={reference}")

    assert f"/staff/waiting/new?like={reference}" in found.text
    assert 'value="Abena Mensah"' in page.text
    assert 'value="1968"' in page.text


def test_the_owner_sets_how_long_an_offer_is_kept(site: Flask) -> None:
    owner = Colleague(site, Role.OWNER)
    page = owner.get("/staff/waiting/rules")
    assert 'name="offer_hours" type="number" min="1" max="48" required value="4"' in page.text

    rules = {"offer_hours": "6", "short_offer_hours": "2", "short_notice_hours": "36"}
    wrong = [
        owner.post("/staff/waiting/rules", rules | odd).status_code
        for odd in ({"offer_hours": "0"}, {"offer_hours": "x"}, {"short_notice_hours": "999"},
                    {"short_offer_hours": ""})
    ]  # fmt: skip
    for _twice in range(2):
        done = owner.follow(owner.post("/staff/waiting/rules", rules))

    assert wrong == [422] * 4
    assert "Kept." in done.text
    with site.app_context():
        house = clinics.load()
        assert (house.offer_hours, house.short_offer_hours) == (6, 2)
        assert house.short_notice == timedelta(hours=36)
        lines = rows(models.JournalEntry, models.JournalEntry.verb == "waiting_rules")
        assert [line.change["changed"]["offer_hours"] for line in lines] == [[4, 6]]
    assert Colleague(site).get("/staff/waiting/rules").status_code == 403
