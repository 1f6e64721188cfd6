"""What a passed safety check opens, for how long, and what takes it back."""

import json
import re

import pytest
from flask import Flask
from sqlalchemy import select

from app.domain.safety import Tier
from app.storage import readings
from app.storage.database import db
from app.storage.models import Reading
from tests.conftest import StoppedClock
from tests.web.patient.looking import everything, visitors
from tests.web.walker import Walker, answers

CODE = re.compile(r'class="code">([^<]+)<')


def test_the_screens_cannot_be_skipped(newcomer: Walker) -> None:
    assert newcomer.get("/safety/primer/tell").location == "/safety/primer"
    assert newcomer.get("/safety/general/today").location == "/safety/general"

    newcomer.post("/safety/primer", answers(Tier.EMERGENCY))

    assert newcomer.get("/safety/primer/tell").location == "/safety/primer/today"


def test_screens_passed_more_than_an_hour_ago_are_asked_again(
    newcomer: Walker, clock: StoppedClock
) -> None:
    newcomer.post("/safety/primer", answers(Tier.EMERGENCY))

    clock.forward(hours=1)

    assert newcomer.get("/safety/primer/today").location == "/safety/primer"


def test_a_call_today_takes_back_what_was_passed(newcomer: Walker) -> None:
    newcomer.post("/safety/primer", answers(Tier.EMERGENCY))
    newcomer.post("/safety/primer/today", answers(Tier.CALL_TODAY))
    newcomer.post("/safety/primer/today", answers(Tier.CALL_TODAY, T1="yes"))

    assert newcomer.get("/safety/primer/tell").location == "/safety/primer/today"


def test_an_emergency_takes_back_every_screen(newcomer: Walker) -> None:
    newcomer.post("/safety/primer", answers(Tier.EMERGENCY))
    newcomer.post("/safety/primer/today", answers(Tier.CALL_TODAY))
    newcomer.post("/safety/primer", answers(Tier.EMERGENCY, E1="yes"))

    assert newcomer.get("/safety/primer/today").location == "/safety/primer"
    assert newcomer.get("/safety/primer/tell").location == "/safety/primer"


@pytest.mark.parametrize(("way", "next_page"), [("primer", "/primer/1"), ("general", "/times")])
def test_who_can_wait_goes_on_their_way(
    site: Flask, newcomer: Walker, clock: StoppedClock, way: str, next_page: str
) -> None:
    passed = newcomer.be_safe(way)

    (visitor,) = visitors(site)
    assert passed.status_code == 303
    assert passed.location == next_page
    assert (visitor.way, visitor.safety_at) == (way, clock.now)


def test_a_double_click_on_the_last_screen_begins_one_session(
    site: Flask, newcomer: Walker
) -> None:
    newcomer.be_safe()

    again = newcomer.post("/safety/primer/tell", answers(Tier.BOOK_AND_TELL))

    assert again.location == "/primer/1"
    assert len(visitors(site)) == 1


def test_what_the_doctor_will_be_told_is_said_and_kept_in_the_cookie_only(
    site: Flask, newcomer: Walker
) -> None:
    passed = newcomer.be_safe(B1="not_sure", B2="yes")

    page = newcomer.follow(passed).text
    stored = str({name: rows for name, rows in everything(site).items() if name == "visitor"})
    with newcomer.client.session_transaction() as cookie:
        told = str(cookie["told"])
    assert "Do you take a blood thinner?" in page
    assert "Do not stop it on your own." in page
    assert "You can tell the doctor that you are not sure." in page
    assert 'href="/primer/1"' in page
    assert "B2" not in stored
    assert '"B2"' not in told  # sealed: letters alone could be there by chance, quotes not


def test_a_later_check_replaces_what_the_doctor_will_be_told(newcomer: Walker) -> None:
    newcomer.be_safe(B1="yes")

    passed = newcomer.be_safe()

    assert passed.location == "/primer/1"
    assert newcomer.get("/safety/primer/noted").location == "/primer/1"


def test_a_second_check_renews_the_session_instead_of_beginning_another(
    site: Flask, newcomer: Walker, clock: StoppedClock
) -> None:
    newcomer.be_safe("general")
    clock.forward(minutes=20)

    newcomer.be_safe("primer")

    (visitor,) = visitors(site)
    assert (visitor.way, visitor.safety_at) == ("primer", clock.now)


def test_an_emergency_in_a_later_check_ends_the_way_to_the_guide(
    site: Flask, newcomer: Walker
) -> None:
    newcomer.be_safe()
    newcomer.get("/safety/primer")

    newcomer.post("/safety/primer", answers(Tier.EMERGENCY, E1="yes"))

    (visitor,) = visitors(site)
    assert visitor.safety_at is None
    assert newcomer.get("/primer/1").location == "/safety/primer"


def test_a_stop_in_the_middle_of_the_guide_is_a_line_of_the_record(
    site: Flask, newcomer: Walker
) -> None:
    newcomer.be_safe()
    newcomer.read(until=2)
    newcomer.get("/safety/primer")

    newcomer.post("/safety/primer", answers(Tier.EMERGENCY, E1="yes"))

    with site.app_context():
        id_ = db.session.scalars(select(Reading.id)).one()
        kept = readings.entries(db.session(), id_)
        tiers = [json.loads(e.payload or b"")["tier"] for e in kept if e.clear.kind == "safety"]
        assert b"E1" not in b"".join(e.payload or b"" for e in kept if e.clear.seq == len(kept))
    assert tiers == [None, "emergency"]


def test_a_stop_before_the_guide_leaves_nothing(site: Flask, newcomer: Walker) -> None:
    before = everything(site)
    newcomer.get("/safety/primer")

    newcomer.post("/safety/primer", answers(Tier.EMERGENCY, E1="yes"))

    assert everything(site) == before


def test_a_code_goes_on_with_its_record_after_a_check_here(site: Flask, newcomer: Walker) -> None:
    newcomer.be_safe()
    newcomer.read(until=2)
    shown = newcomer.get("/primer/3").text
    code = CODE.findall(shown)[0]
    phone = Walker(site)
    phone.get("/resume")
    phone.post("/resume", {"code": code})

    phone.be_safe(B1="yes")

    with site.app_context():
        kept = readings.entries(db.session(), db.session.scalars(select(Reading.id)).one())
        tiers = [json.loads(e.payload or b"")["tier"] for e in kept if e.clear.kind == "safety"]
    assert tiers == [None, "book_and_tell"]


def test_a_check_of_yesterday_is_done_again(newcomer: Walker, clock: StoppedClock) -> None:
    newcomer.be_safe()

    clock.forward(hours=24)
    page = newcomer.get("/primer/1")

    assert page.location == "/safety/primer"


def test_an_unknown_way_is_no_page(newcomer: Walker) -> None:
    assert newcomer.get("/safety/fast").status_code == 404


def test_the_time_of_a_screen_is_all_that_the_cookie_says_before_the_end(
    site: Flask, newcomer: Walker, clock: StoppedClock
) -> None:
    newcomer.post("/safety/primer", answers(Tier.EMERGENCY))

    with newcomer.client.session_transaction() as session:
        kept = {key: value for key, value in session.items() if key != "csrf_token"}
    assert kept == {"passed": {"emergency": clock.now.isoformat()}}
