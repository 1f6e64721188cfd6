"""A new appointment at the desk, by its page."""

import re

import pytest
from flask import Flask
from sqlalchemy import update

from app.domain.staff import Role
from app.storage import models
from app.storage.database import db
from tests.clinics import OKAFOR, RIVERA, TUESDAY_NOON
from tests.desk import put
from tests.services.looking import clinic_changed, rows
from tests.staffing import Colleague
from tests.web.reception.caller import OWN, WHO, key_of, made, opened


def test_a_caller_is_booked_with_one_form_and_told_what_to_write_down(site: Flask) -> None:
    jo, page = opened(site, date="2027-03-03")
    slot = re.findall(r'name="slot" value="(2027-03-03T15:00:00Z[^"]+)"', page)[0]

    answer = jo.post("/staff/new", WHO | key_of(page) | {"visit": "1", "slot": slot})

    (appointment,) = made(site)
    assert f"{appointment.starts_at:%dT%H:%M}" == "03T15:00"
    said = jo.follow(answer).text
    assert f"The reference is {appointment.reference}." in said
    assert "Jo Brandt booked it" in said


def test_a_place_on_the_board_leads_to_the_form_with_its_time(site: Flask) -> None:
    jo = Colleague(site)
    board = jo.get("/staff/day?date=2027-03-03").text
    link = re.findall(r'<a class="free" href="([^"]+)"', board)[0].replace("&amp;", "&")

    page = jo.get(link).text

    assert "time=09:00" in link
    assert 'value="own" checked' in page
    assert 'name="day" type="date" value="2027-03-03"' in page
    assert 'name="clock" type="time" value="09:00"' in page
    assert f'<option value="{RIVERA}" selected>' in page


def test_a_place_on_a_board_of_another_clock_is_said_on_the_clock_of_the_doctor(
    site: Flask,
) -> None:
    _jo, page = opened(site, date="2027-03-03", time="12:00", doctor=str(OKAFOR), clock="clinic")

    assert 'name="clock" type="time" value="11:00"' in page  # Nashville is an hour behind


def test_somebody_known_is_filled_in_and_looked_at_only_in_the_journal(site: Flask) -> None:
    reference = put(site, phone="+18655550199", email="marian@example.org")
    jo, page = opened(site, again=reference)

    for value in ("Marian Hale", "1968-04-21", "+18655550199", "marian@example.org"):
        assert f'value="{value}"' in page
    with site.app_context():
        assert [line.verb for line in rows(models.JournalEntry)] == ["see"]
    assert f"/staff/new?again={reference}" in jo.get("/staff/find?q=hale").text
    assert f"/staff/new?again={reference}" in jo.get(f"/staff/appointment/{reference}").text


def test_who_is_known_is_named_and_one_press_takes_their_details(site: Flask) -> None:
    reference = put(site, phone="+18655550199")
    jo, page = opened(site)

    looked = jo.post("/staff/new", OWN | key_of(page) | {"act": "look", "name": "hale"}).text
    taken = jo.post("/staff/new", OWN | key_of(page) | {"known": reference, "name": "hale"}).text

    assert f'name="known" value="{reference}"' in looked
    assert 'value="hale"' in looked
    assert 'value="+18655550199"' in taken
    assert 'name="clock" type="time" value="12:05"' in taken


def test_a_script_asks_the_same_by_what_is_being_typed(site: Flask) -> None:
    reference = put(site)
    jo, page = opened(site)
    asked = OWN | key_of(page) | {"act": "look", "name": "Somebody else"}

    assert reference in jo.post("/staff/new", asked | {"said": "(865) 555-0178"}).text
    assert "Nobody known fits." in jo.post("/staff/new", asked | {"said": "qqq"}).text
    assert jo.post("/staff/new", asked | {"said": "h"}).status_code == 422


def test_everything_that_is_wrong_is_said_at_once_and_all_is_kept(site: Flask) -> None:
    jo, page = opened(site)
    typed = WHO | {"name": "", "birth": "soon", "phone": "12", "email": "marian@"}

    answer = jo.post("/staff/new", typed | key_of(page) | {"visit": "2", "needs": "interpreter"})

    assert answer.status_code == 422
    for field in ("slot", "name", "birth", "phone", "email"):
        assert f'<a href="#{field}">' in answer.text
        assert f'id="{field}-e"' in answer.text
    for value in ("soon", "12", "marian@"):
        assert f'value="{value}"' in answer.text
    assert 'value="interpreter" checked' in answer.text
    assert '<option value="2" selected>' in answer.text
    assert key_of(answer.text) == key_of(page)
    assert made(site) == []


@pytest.mark.parametrize(
    ("wrong", "field"),
    [({"day": "soon"}, "day"), ({"clock": "25:00"}, "clock"), ({"doctor": ""}, "doctor"),
     ({"doctor": "99"}, "doctor"), ({"slot": "x"}, "slot"), ({"slot": ""}, ""),
     ({"slot": "2027-03-03T15:00:00Z|1|1|0|1"}, "slot"), ({"birth": "2027-12-01"}, "birth"),
     ({"birth": "1868-04-21"}, "birth"), ({"day": ""}, "slot")],
)  # fmt: skip
def test_what_makes_no_time_or_no_person_is_said_at_its_field(
    site: Flask, wrong: dict[str, str], field: str
) -> None:
    jo, page = opened(site)

    answer = jo.post("/staff/new", WHO | OWN | key_of(page) | wrong)

    assert answer.status_code == (422 if field else 302 + 1)
    assert not field or f'<a href="#{field}">' in answer.text
    assert len(made(site)) == (0 if field else 1)


def test_a_time_that_is_taken_says_so_and_shows_the_next_free_ones(site: Flask) -> None:
    put(site, start=TUESDAY_NOON, name="Ada Abbott", phone="+18655550111")
    jo, page = opened(site)

    answer = jo.post("/staff/new", WHO | OWN | key_of(page))

    assert answer.status_code == 409
    assert 'data-refusal="slot_taken"' in answer.text
    assert 'name="slot" value="2027-' in answer.text
    assert 'value="Marian Hale"' in answer.text
    assert '<details class="fold" open><summary>Two at one time' in answer.text
    assert len(made(site)) == 1


def test_two_at_one_time_on_purpose_give_their_reason(site: Flask) -> None:
    put(site, start=TUESDAY_NOON, name="Ada Abbott", phone="+18655550111")
    jo, page = opened(site)

    answer = jo.post("/staff/new", WHO | OWN | key_of(page) | {"overlap": "urgent"})

    assert "over another appointment: It cannot wait" in jo.follow(answer).text


def test_somebody_who_comes_already_is_said_and_the_second_press_books(site: Flask) -> None:
    known = put(site, start=TUESDAY_NOON.replace(day=3))
    jo, page = opened(site)

    warned = jo.post("/staff/new", WHO | OWN | key_of(page))
    again = jo.post("/staff/new", WHO | OWN | key_of(page) | {"aware": known})

    assert warned.status_code == 409
    assert 'data-refusal="looks_known"' in warned.text
    assert "has an appointment to come" in warned.text
    assert f'/staff/appointment/{known}" target="_blank"' in warned.text
    assert f'name="aware" value="{known}"' in warned.text
    assert "Book anyway" in warned.text
    assert again.status_code == 303
    assert len(made(site)) == 2


def test_pressing_twice_books_once(site: Flask) -> None:
    jo, page = opened(site)
    form = WHO | OWN | key_of(page)

    first, second = jo.post("/staff/new", form), jo.post("/staff/new", form)

    assert first.location == second.location
    assert len(made(site)) == 1


def test_without_an_address_the_desk_is_told_to_call(site: Flask) -> None:
    jo, page = opened(site)

    answer = jo.post("/staff/new", WHO | OWN | key_of(page) | {"email": " "})

    assert "No e-mail: call" in jo.follow(answer).text


def test_a_clinician_is_offered_their_own_calendar_and_no_overlap(site: Flask) -> None:
    rivera, page = opened(site, Role.CLINICIAN)
    foreign = OWN | {"doctor": str(OKAFOR), "slot": "2027-03-03T15:00:00Z|2|2|0|2"}

    answer = rivera.post("/staff/new", WHO | foreign | key_of(page))

    assert "Dr Samuel Okafor" not in page
    assert "on purpose" not in page
    assert answer.status_code == 404
    assert made(site) == []


def test_a_table_pasted_into_a_name_is_refused_in_a_sentence(site: Flask) -> None:
    jo, page = opened(site)
    pasted = "Ada Abbott\t1950-01-01\n" * 2000

    looked = jo.post("/staff/new", OWN | key_of(page) | {"act": "look", "name": pasted})
    booked = jo.post("/staff/new", WHO | OWN | key_of(page) | {"name": pasted})

    assert (looked.status_code, booked.status_code) == (422, 422)
    assert 'data-refusal="too_much_typed"' in looked.text
    assert made(site) == []


def test_a_clinic_without_kinds_of_visit_says_so(site: Flask) -> None:
    with site.app_context():
        db.session.execute(update(models.VisitType).values(active=False))
        clinic_changed()

    _jo, page = opened(site)

    assert 'data-refusal="nothing_offered"' in page or "no visit" in page
