import re
from datetime import datetime

import pytest
from flask import Flask
from sqlalchemy import delete, select, update

from app.storage.database import db
from app.storage.models import Appointment, Clinic, Location, Patient, Status, WeeklyHours
from tests.conftest import StoppedClock
from tests.web.patient.booking_walk import DETAILS, HOLD, book, keep, patient, slots
from tests.web.walker import Walker


@pytest.fixture
def person(site: Flask) -> Walker:
    return patient(site)


def booked(site: Flask) -> list[Appointment]:
    with site.app_context():
        return list(
            db.session.scalars(select(Appointment).where(Appointment.status == Status.BOOKED))
        )


def held(site: Flask) -> list[Appointment]:
    with site.app_context():
        return list(
            db.session.scalars(select(Appointment).where(Appointment.status == Status.HELD))
        )


def test_whoever_skipped_the_safety_check_is_sent_to_it(site: Flask) -> None:
    walker = Walker(site)

    for path in ("/times", "/details", "/review"):
        assert walker.get(path).location == "/?again=1"


def test_the_next_free_time_stands_first_and_every_time_says_its_instant(person: Walker) -> None:
    page = person.get("/times").text

    first = page.index("data-action")
    assert page.index("Next free time") < first < page.index('class="day"')
    instants = re.findall(r'data-slot="([^"]+)"', page)
    assert len(instants) == len(slots(page)) > 20
    days = page[page.index('class="day"') :]
    listed = [value.split("|")[0] for value in slots(days)]
    assert min(listed) == instants[0]
    assert all(re.fullmatch(r"2027-\d\d-\d\dT\d\d:\d\d:00Z", instant) for instant in instants)


def test_each_row_names_the_zone_where_places_have_different_clocks(person: Walker) -> None:
    page = person.get("/times").text

    assert "Our places are in different time zones." in page
    assert "Eastern time" in page
    assert "Central time" in page


def test_one_place_has_one_clock_which_the_page_names_once(person: Walker) -> None:
    page = person.get("/times?place=1").text

    assert "All times are Eastern time" in page
    assert "It is 8:00\u00a0am there now." in page
    assert "Central time" not in page


def test_the_list_can_be_narrowed_and_says_by_what(person: Walker) -> None:
    page = person.get("/times?doctor=2&part=late").text

    assert "Narrow the list: Dr Samuel Okafor, After 4 pm" in page
    assert {value.split("|")[1] for value in slots(page)} == {"2"}


def test_a_place_that_closed_for_good_is_not_on_the_list_but_on_its_appointments_card(
    site: Flask, person: Walker
) -> None:
    reference = book(person)
    place = person.get(f"/appointment/{reference}/booked").text
    with site.app_context():
        gone = booked(site)[0].location_id
        db.session.execute(update(Location).where(Location.id == gone).values(active=False))
        db.session.execute(update(Clinic).values(revision=Clinic.revision + 1))
        name = db.session.scalar(select(Location.name).where(Location.id == gone))
        db.session.commit()

    page = person.get(f"/times?place={gone}").text

    assert slots(page)
    assert str(gone) not in {value.split("|")[2] for value in slots(page)}
    assert f">{name}</option>" not in page
    assert str(name) in person.get(f"/appointment/{reference}").text
    assert str(name) in place


@pytest.mark.parametrize(
    "query",
    [
        "doctor=99",
        "doctor=x",
        "doctor=1&doctor=2",
        "place=-1",
        "part=noon",
        "how=teleport",
        "visit=surgery",
        "from=2027-02-30",
        "from=0001-01-01",
        "from=9999-12-31",
        "from=%00",
        "doctor=" + "9" * 400,
    ],
)
def test_a_search_that_makes_no_sense_still_gets_a_list(person: Walker, query: str) -> None:
    response = person.get(f"/times?{query}")

    assert response.status_code == 200
    assert slots(response.text)


def test_a_day_without_free_times_says_so_and_leads_to_the_next(person: Walker) -> None:
    page = person.get("/times?from=2027-03-06").text

    assert "Nothing is free on Saturday 6 March." in page
    assert "The next free day is Monday 8 March." in page


def test_when_nothing_at_all_is_free_the_page_gives_the_phone_number(
    site: Flask, person: Walker
) -> None:
    with site.app_context():
        db.session.execute(delete(WeeklyHours))
        db.session.execute(db.text("update clinic set revision = revision + 1"))
        db.session.commit()

    page = person.get("/times").text

    assert page.index("Nothing is free for this choice.") < page.index("Narrow the list")
    assert page.count("tel:+1865") == 2
    assert not slots(page)


def test_a_choice_for_which_nothing_is_free_leads_to_all_times_before_the_lists(
    person: Walker,
) -> None:
    page = person.get("/times?doctor=1&place=2").text

    assert page.index("Nothing is free for this choice.") < page.index("Narrow the list")
    assert page.index("Show all doctors, places and times") < page.index("Narrow the list")


def test_choosing_a_time_keeps_it_and_the_bar_says_until_when(site: Flask, person: Walker) -> None:
    keep(person)

    page = person.get("/details").text

    assert len(held(site)) == 1
    assert "Kept for you until" in page
    assert "<strong>8:10\u00a0am</strong>, Eastern time" in page


def test_choosing_another_time_gives_the_first_one_back(site: Flask, person: Walker) -> None:
    keep(person)
    second = keep(person, 3)

    (only,) = held(site)
    assert f"{only.starts_at:%Y-%m-%dT%H:%M:%SZ}" == second.split("|")[0]


def test_a_kept_time_is_extended_by_one_press_up_to_half_an_hour(
    clock: StoppedClock, person: Walker
) -> None:
    keep(person)
    for ends in ("8:18", "8:26", "8:30"):
        clock.forward(minutes=8)
        page = person.follow(person.post("/hold/extend", {"back": "details"})).text
        assert f"<strong>{ends}\u00a0am</strong>" in page

    assert "Keep it longer</button>" not in page


def test_a_time_that_somebody_else_took_is_refused_and_others_are_offered(
    site: Flask, person: Walker
) -> None:
    value = slots(person.get("/times").text)[0]
    keep(patient(site))

    response = person.post("/times", {"slot": value})

    assert response.status_code == 409
    assert 'data-refusal="slot_taken"' in response.text or "not_offered" in response.text
    assert value not in slots(response.text)
    assert slots(response.text)


@pytest.mark.parametrize(
    "value",
    [
        "",
        "x",
        "2027-03-02T17:00:00Z",
        "2027-03-02T17:00:00Z|1|1|0",
        "2027-03-02T17:00:00Z|1|1|0|99",
        "2027-03-02T17:00:00Z|99|1|0|2",
        "2027-03-02T17:00:00Z|1|99|0|2",
        "2027-03-02T17:00:00Z|2|1|0|2",  # a doctor at a place where they are not
        "2027-03-02T17:03:00Z|1|1|0|2",  # off the grid
        "2020-03-02T17:00:00Z|1|1|0|2",  # past
        "2027-03-06T17:00:00Z|1|1|0|2",  # a Saturday
        "2099-03-02T17:00:00Z|1|1|0|2",  # beyond the horizon
        "0001-01-01T00:00:00Z|1|1|0|2",
        "9999-12-31T23:55:00Z|1|1|0|2",
        "2027-02-30T17:00:00Z|1|1|0|2",
        "2027-03-02T17:00:00Z|1|1|0|2\x00",
        "2027-03-02T17:00:00Z|1|1|0|2" * 500,
        "٢٠٢٧-03-02T17:00:00Z|1|1|0|2",
    ],
)
def test_a_slot_that_is_not_offered_is_refused_with_its_code(
    site: Flask, person: Walker, value: str
) -> None:
    person.get("/times")

    response = person.post("/times", {"slot": value})

    assert response.status_code == 409
    assert 'data-refusal="not_offered"' in response.text
    assert slots(response.text)
    assert not held(site)


def test_a45_two_slots_at_once_are_refused(person: Walker) -> None:
    first, second = slots(person.get("/times").text)[:2]

    data = {"csrf_token": [person.token], "slot": [first, second]}
    response = person.client.post("/times", data=data)

    assert 'data-refusal="not_offered"' in response.text


def test_a_visit_that_needs_the_primer_is_not_on_the_general_list(person: Walker) -> None:
    page = person.get("/times").text

    assert "General spine visit" in page
    assert "Stem-cell consultation" not in page


def test_without_a_kept_time_the_later_pages_lead_back_to_the_list(person: Walker) -> None:
    assert person.get("/details").location == "/times?said=nothing_held"
    assert person.get("/review").location == "/times?said=nothing_held"
    assert 'data-refusal="nothing_held"' in person.get("/times?said=nothing_held").text


def test_every_error_stands_on_top_and_beside_its_field_and_all_is_kept(person: Walker) -> None:
    keep(person)
    person.get("/details")
    typed = DETAILS | {
        "bday_month": "14",
        "email": "marian.hale@",
        "phone": "12",
        "question": "Why & <b>how</b>?",
    }

    response = person.post("/details", typed | {"needs": "cannot_sit_long"})

    assert response.status_code == 422
    page = response.text
    assert "3 things need another look" in page
    for field in ("bday_month", "email", "phone"):
        assert f'<a href="#{field}">' in page
        assert f'id="{field}-e"' in page
    assert page.count('aria-invalid="true"') == 3
    assert 'value="marian.hale@"' in page
    assert 'value="Marian Hale"' in page
    assert "Why &amp; &lt;b&gt;how&lt;/b&gt;?" in page
    assert 'value="cannot_sit_long" checked' in page
    assert "Kept for you until" in page


def test_an_empty_form_asks_for_what_is_needed_and_nothing_else(person: Walker) -> None:
    keep(person)
    person.get("/details")

    page = person.post("/details", {}).text

    named = re.findall(r'<li><a href="#(\w+)">', page)
    assert named == ["name", "bday_month", "email", "phone"]


def test_somebody_who_books_for_another_gives_both_names(person: Walker) -> None:
    keep(person)
    person.get("/details")

    missing = person.post("/details", DETAILS | {"who_for": "other"})
    given = person.post("/details", DETAILS | {"who_for": "other", "booker_name": "Jo Hale"})

    assert '<a href="#booker_name">' in missing.text
    assert given.location == "/review"
    assert "Jo Hale" in person.get("/review").text


def test_personal_fields_carry_their_autocomplete_tokens(person: Walker) -> None:
    keep(person)

    page = person.get("/details").text

    for token in ("name", "email", "tel", "bday-month", "bday-day", "bday-year"):
        assert f'autocomplete="{token}"' in page


def test_a_question_with_one_answer_is_not_asked(person: Walker) -> None:
    keep(person)
    page = person.get("/details").text
    asked = {name: value for name, value in DETAILS.items() if name != "language"}

    review = person.follow(person.post("/details", asked)).text

    assert "Language" not in page + review
    assert 'name="hold"' in review


def test_an_empty_birth_date_is_marked_as_a_whole(person: Walker) -> None:
    keep(person)

    page = person.post("/details", {"name": "Marian Hale"}).text

    for part in ("month", "day", "year"):
        assert re.search(rf'id="bday_{part}"[^>]*aria-invalid="true"', page)


def test_review_shows_everything_once_more_with_a_way_to_change_it(person: Walker) -> None:
    keep(person)
    person.get("/details")
    person.post("/details", DETAILS | {"needs": "step_free"})

    page = person.get("/review").text

    for words in ("Marian Hale", "21 April 1968", "marian.hale@example.org", "(865) 555-0178"):
        assert words in page
    assert "A step-free way in" in page
    assert "What can I do this month?" in page
    assert "You can move or cancel it here until" in page
    assert 'href="/details#email"' in page
    assert "Please look at the e-mail address again." not in page


def test_t23_a_likely_slip_in_the_address_asks_for_a_second_look(person: Walker) -> None:
    keep(person)
    person.get("/details")
    person.post("/details", DETAILS | {"email": "marian@gmial.com"})

    page = person.get("/review").text

    assert "Please look at the e-mail address again." in page
    assert "Did you mean marian@gmail.com?" in page


def test_somebody_under_eighteen_is_asked_to_call_with_all_they_typed_before_them(
    site: Flask, person: Walker
) -> None:
    keep(person)
    person.get("/details")

    response = person.post("/details", DETAILS | {"bday_year": "2012"})

    assert response.status_code == 422
    main = response.text[response.text.index("<main") : response.text.index("</main>")]
    assert 'data-refusal="phone_only"' in main
    assert main.index('href="tel:+18655550142"') < main.index('name="bday_year" value="2012"')
    for typed in ("Marian Hale", "marian.hale@example.org", "What can I do this month?"):
        assert typed in main
    assert "Kept for you until" in main
    with site.app_context():
        assert db.session.scalars(select(Patient)).all() == []
    assert person.post("/details", DETAILS).location == "/review"


def test_one_press_books_and_the_second_press_changes_nothing(site: Flask, person: Walker) -> None:
    keep(person)
    person.get("/details")
    person.post("/details", DETAILS)
    data = {"hold": HOLD.findall(person.get("/review").text)[0]}

    first, second = person.post("/review", data), person.post("/review", data)

    assert first.status_code == second.status_code == 303
    assert first.location == second.location
    assert len(booked(site)) == 1


def test_a_hold_that_ended_and_was_taken_offers_others_and_keeps_what_was_typed(
    clock: StoppedClock, site: Flask, person: Walker
) -> None:
    value = keep(person)
    person.get("/details")
    person.post("/details", DETAILS)
    data = {"hold": HOLD.findall(person.get("/review").text)[0]}
    clock.forward(minutes=12)
    other = patient(site)
    other.post("/times", {"slot": value})

    response = person.post("/review", data)

    assert response.status_code == 409
    assert re.search(r'data-refusal="(hold_ended|nothing_held)"', response.text)
    keep(person)
    assert 'value="Marian Hale"' in person.get("/details").text


def test_a_hold_whose_minutes_are_up_still_books_while_nobody_else_came(
    clock: StoppedClock, person: Walker
) -> None:
    keep(person, -1)
    person.get("/details")
    person.post("/details", DETAILS)
    clock.forward(minutes=12)

    page = person.get("/review").text

    assert "The minutes are up." in page
    assert "/booked" in person.post("/review", {"hold": HOLD.findall(page)[0]}).location


def test_giving_the_time_back_frees_it_at_once(site: Flask, person: Walker) -> None:
    value = keep(person)
    person.get("/details")

    page = person.follow(person.post("/hold/release")).text

    assert "The time is free again for somebody else." in page
    assert value in slots(patient(site).get("/times").text)


@pytest.mark.parametrize(
    "payload", ["{{7*7}}", "%(x)s", "{0.__class__}", "<script>alert(1)</script>"]
)
def test_t24_t15_what_is_typed_comes_back_as_typed(person: Walker, payload: str) -> None:
    keep(person)
    person.get("/details")
    person.post("/details", DETAILS | {"name": payload, "question": payload})

    page = person.get("/review").text

    shown = payload.replace("<", "&lt;").replace(">", "&gt;")
    assert page.count(shown) == 2
    assert "<script>alert" not in page
    assert ">49<" not in page


def test_a_form_from_an_old_page_comes_back_with_what_was_typed(person: Walker) -> None:
    keep(person)
    person.get("/details")
    person.token = "stale"

    response = person.post("/details", DETAILS)

    assert response.status_code == 400
    assert "Please send it once more" in response.text
    assert 'name="email" value="marian.hale@example.org"' in response.text
    assert person.post("/details", DETAILS).location == "/review"


def test_titles_and_mails_outside_name_no_condition(person: Walker) -> None:
    keep(person)

    for path in ("/times", "/details"):
        title = re.findall(r"<title>(.*?)</title>", person.get(path).text)[0]
        assert not re.search(r"back|spine|stem|pain", title, re.IGNORECASE)


def test_the_list_is_made_once_and_changes_when_a_time_is_taken(
    site: Flask, person: Walker
) -> None:
    before = person.get("/times").text
    again = person.get("/times").text
    book(patient(site))

    after = person.get("/times").text

    assert slots(before) == slots(again)
    assert slots(after) != slots(before)


def test_times_are_shown_in_order_and_in_the_clinics_words(person: Walker) -> None:
    page = person.get("/times?place=1").text

    block = page[page.index('class="day"') :]
    instants = [value.split("|")[0] for value in slots(block)]
    starts = [datetime.fromisoformat(instant) for instant in instants]
    assert starts[0].hour in (14, 15, 16, 17)
    assert "am<span" in block
