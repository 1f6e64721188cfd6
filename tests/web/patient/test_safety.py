import re

import pytest
from flask import Flask
from sqlalchemy import select

from app.domain.safety import Tier
from app.storage.database import Model, db
from app.storage.models import Visitor
from tests.conftest import StoppedClock
from tests.web.walker import PRIMER, Walker, answers

WAYS = ("primer", "general")


@pytest.fixture
def person(site: Flask) -> Walker:
    walker = Walker(site)
    walker.get("/safety/primer")
    return walker


def everything(site: Flask) -> dict[str, list[object]]:
    with site.app_context():
        tables = Model.metadata.sorted_tables
        return {table.name: [*db.session.execute(select(table))] for table in tables}


def visitors(site: Flask) -> list[Visitor]:
    with site.app_context():
        return list(db.session.scalars(select(Visitor)))


def errors(page: str) -> list[str]:
    return re.findall(r'id="([A-Z]\d+)-e"', page)


def test_no_answer_is_set_before_the_person_sets_it(person: Walker) -> None:
    page = person.get("/safety/primer").text

    assert page.count('type="radio"') == 3 * len(PRIMER.safety.tier(Tier.EMERGENCY).items)
    assert " checked>" not in page
    assert "none of these" not in page.lower()


@pytest.mark.parametrize("item", [item.id for item in PRIMER.safety.tier(Tier.EMERGENCY).items])
@pytest.mark.parametrize("sign", ["yes", "not_sure"])
def test_an_emergency_stops_everything_and_stores_nothing(
    site: Flask, person: Walker, item: str, sign: str
) -> None:
    before = everything(site)

    page = person.post("/safety/primer", answers(Tier.EMERGENCY, **{item: sign}))

    (text,) = PRIMER.safety.screen_texts([item])
    assert page.status_code == 200
    assert "data-emergency" in page.text
    assert text in page.text
    assert page.text.count('href="tel:911"') == 1
    assert "/times" not in page.text
    assert everything(site) == before


def test_an_emergency_does_not_wait_for_the_other_answers(person: Walker) -> None:
    page = person.post("/safety/primer", {"E5": "yes"})

    assert "data-emergency" in page.text


@pytest.mark.parametrize("way", WAYS)
def test_missing_answers_are_asked_for_by_name_and_the_given_ones_are_kept(
    person: Walker, way: str
) -> None:
    given = answers(Tier.EMERGENCY)
    del given["E3"], given["E7"]

    page = person.post(f"/safety/{way}", given)

    assert page.status_code == 422
    assert errors(page.text) == ["E3", "E7"]
    assert 'href="#E3"' in page.text
    assert "2 questions have no answer yet" in page.text
    assert page.text.count("Choose “Yes”, “No” or “Not sure”.") == 1 + 2  # above, and at each
    assert page.text.count(" checked>") == len(given)


def test_an_answer_nobody_offered_counts_as_none(person: Walker) -> None:
    page = person.post("/safety/primer", answers(Tier.EMERGENCY, E3="maybe"))

    assert errors(page.text) == ["E3"]


def test_a_wrong_press_leads_back_with_all_other_answers(site: Flask, person: Walker) -> None:
    given = answers(Tier.EMERGENCY, E2="yes")
    person.post("/safety/primer", given)

    page = person.post("/safety/primer", given | {"again": "1"})

    assert page.status_code == 200
    assert page.text.count(" checked>") == len(given)
    assert "data-emergency" not in page.text


def test_a_wrong_press_before_call_today_leads_back_to_that_page_with_all_its_answers(
    site: Flask, person: Walker
) -> None:
    person.post("/safety/primer", answers(Tier.EMERGENCY))
    before = everything(site)
    given = answers(Tier.CALL_TODAY, T2="yes")
    stopped = person.post("/safety/primer/today", given).text
    (form,) = re.findall(r'<form method="post" action="([^"]+)">.*?</form>', stopped, re.DOTALL)
    sent = dict(re.findall(r'name="([A-Z]\d+)" value="(\w+)"', stopped))

    page = person.post(form, sent | {"again": "1"})

    assert page.status_code == 200
    assert page.text.count(" checked>") == len(given)
    assert re.search(r'name="T2" value="yes" checked>', page.text)
    passed = person.post("/safety/primer/today", answers(Tier.CALL_TODAY))
    assert passed.location == "/safety/primer/tell"
    with person.client.session_transaction() as cookie:
        assert set(cookie) == {"csrf_token", "passed"}
        assert "yes" not in str(cookie["passed"])
    assert everything(site) == before


@pytest.mark.parametrize("sign", ["yes", "not_sure"])
def test_call_today_gives_numbers_to_call_and_no_way_to_book(
    site: Flask, person: Walker, sign: str
) -> None:
    person.post("/safety/primer", answers(Tier.EMERGENCY))

    page = person.post("/safety/primer/today", answers(Tier.CALL_TODAY, T3=sign))

    (text,) = PRIMER.safety.screen_texts(["T3"])
    assert page.status_code == 200
    assert text in page.text
    assert 'data-action="continue"' in page.text
    assert re.search(r'href="tel:\+1\d{10}" data-action', page.text)
    assert "/times" not in page.text
    assert visitors(site) == []


def test_the_screens_cannot_be_skipped(person: Walker) -> None:
    assert person.get("/safety/primer/tell").location == "/safety/primer"
    assert person.get("/safety/general/today").location == "/safety/general"

    person.post("/safety/primer", answers(Tier.EMERGENCY))

    assert person.get("/safety/primer/tell").location == "/safety/primer/today"


def test_screens_passed_more_than_an_hour_ago_are_asked_again(
    person: Walker, clock: StoppedClock
) -> None:
    person.post("/safety/primer", answers(Tier.EMERGENCY))

    clock.forward(hours=1)

    assert person.get("/safety/primer/today").location == "/safety/primer"


def test_a_call_today_takes_back_what_was_passed(person: Walker) -> None:
    person.post("/safety/primer", answers(Tier.EMERGENCY))
    person.post("/safety/primer/today", answers(Tier.CALL_TODAY))
    person.post("/safety/primer/today", answers(Tier.CALL_TODAY, T1="yes"))

    assert person.get("/safety/primer/tell").location == "/safety/primer/today"


def test_an_emergency_takes_back_every_screen(person: Walker) -> None:
    person.post("/safety/primer", answers(Tier.EMERGENCY))
    person.post("/safety/primer/today", answers(Tier.CALL_TODAY))
    person.post("/safety/primer", answers(Tier.EMERGENCY, E1="yes"))

    assert person.get("/safety/primer/today").location == "/safety/primer"
    assert person.get("/safety/primer/tell").location == "/safety/primer"


@pytest.mark.parametrize(("way", "next_page"), [("primer", "/primer/1"), ("general", "/times")])
def test_who_can_wait_goes_on_their_way(
    site: Flask, person: Walker, clock: StoppedClock, way: str, next_page: str
) -> None:
    passed = person.be_safe(way)

    (visitor,) = visitors(site)
    assert passed.status_code == 303
    assert passed.location == next_page
    assert (visitor.way, visitor.safety_at) == (way, clock.now)


def test_a_double_click_on_the_last_screen_begins_one_session(site: Flask, person: Walker) -> None:
    person.be_safe()

    again = person.post("/safety/primer/tell", answers(Tier.BOOK_AND_TELL))

    assert again.location == "/primer/1"
    assert len(visitors(site)) == 1


def test_what_the_doctor_will_be_told_is_said_and_kept_in_the_cookie_only(
    site: Flask, person: Walker
) -> None:
    passed = person.be_safe(B1="not_sure", B2="yes")

    page = person.follow(passed).text
    stored = str({name: rows for name, rows in everything(site).items() if name == "visitor"})
    with person.client.session_transaction() as cookie:
        told = str(cookie["told"])
    assert "Do you take a blood thinner?" in page
    assert "Do not stop it on your own." in page
    assert "You can tell the doctor that you are not sure." in page
    assert 'href="/primer/1"' in page
    assert "B2" not in stored
    assert '"B2"' not in told  # sealed: letters alone could be there by chance, quotes not


def test_a_later_check_replaces_what_the_doctor_will_be_told(person: Walker) -> None:
    person.be_safe(B1="yes")

    passed = person.be_safe()

    assert passed.location == "/primer/1"
    assert person.get("/safety/primer/noted").location == "/primer/1"


def test_a_second_check_renews_the_session_instead_of_beginning_another(
    site: Flask, person: Walker, clock: StoppedClock
) -> None:
    person.be_safe("general")
    clock.forward(minutes=20)

    person.be_safe("primer")

    (visitor,) = visitors(site)
    assert (visitor.way, visitor.safety_at) == ("primer", clock.now)


def test_an_emergency_in_a_later_check_ends_the_way_to_the_guide(
    site: Flask, person: Walker
) -> None:
    person.be_safe()
    person.get("/safety/primer")

    person.post("/safety/primer", answers(Tier.EMERGENCY, E1="yes"))

    (visitor,) = visitors(site)
    assert visitor.safety_at is None
    assert person.get("/primer/1").location == "/safety/primer"


def test_a_check_of_yesterday_is_done_again(person: Walker, clock: StoppedClock) -> None:
    person.be_safe()

    clock.forward(hours=24)
    page = person.get("/primer/1")

    assert page.location == "/safety/primer"


def test_an_unknown_way_is_no_page(person: Walker) -> None:
    assert person.get("/safety/fast").status_code == 404


def test_the_time_of_a_screen_is_all_that_the_cookie_says_before_the_end(
    site: Flask, person: Walker, clock: StoppedClock
) -> None:
    person.post("/safety/primer", answers(Tier.EMERGENCY))

    with person.client.session_transaction() as session:
        kept = {key: value for key, value in session.items() if key != "csrf_token"}
    assert kept == {"passed": {"emergency": clock.now.isoformat()}}
