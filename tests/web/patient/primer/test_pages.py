"""The guide, part by part: its words, its order, and what is noted."""

import re

import pytest
from flask import Flask
from sqlalchemy import func, select, update

from app.content.pages import Page
from app.storage.database import db, transaction
from app.storage.models import Clinic, Reading
from tests.conftest import StoppedClock
from tests.web.patient.booking_walk import keep
from tests.web.patient.looking import entries
from tests.web.walker import PRIMER, Walker


def test_the_guide_begins_with_the_safety_check(site: Flask) -> None:
    stranger = Walker(site)

    assert stranger.get("/primer/3").location == "/safety/primer"
    assert stranger.get("/primer/3/check").location == "/safety/primer"
    assert stranger.get("/statements").location == "/safety/primer"


@pytest.mark.parametrize("page", PRIMER.pages, ids=[page.id for page in PRIMER.pages])
def test_every_part_shows_its_words_its_figures_and_its_sources(person: Walker, page: Page) -> None:
    person.get("/primer/1")
    person.read(until=page.number - 1)

    shown = person.get(f"/primer/{page.number}").text

    assert f"<title>Part {page.number} of 10" in shown
    assert shown.count("<h1") == 1
    assert shown.count("<figure") == len(page.figures) + len(page.drawings)
    assert shown.count("<li>") >= len(page.sources)
    assert page.how_sure.word in shown
    assert "{" not in re.sub(r"<[^>]+>", "", shown)


def test_looking_at_a_part_records_nothing_and_going_on_records_it(
    site: Flask, person: Walker
) -> None:
    person.get("/primer/1")
    looked = entries(site)

    response = person.post("/primer/1")

    assert looked == 0
    assert entries(site) == 1
    assert response.location == "/primer/2"


def test_a_double_click_on_next_adds_one_entry(site: Flask, person: Walker) -> None:
    person.get("/primer/1")

    first, second = person.post("/primer/1"), person.post("/primer/1")

    assert first.location == second.location
    assert entries(site) == 1
    with site.app_context():
        assert db.session.scalar(select(func.count()).select_from(Reading)) == 1


@pytest.mark.parametrize(
    ("said", "who"),
    [
        ("", "self"),
        ("a robot", "self"),
        *((who, who) for who in ("helper", "interpreter", "staff")),
    ],
)
def test_the_record_says_who_reads(site: Flask, person: Walker, said: str, who: str) -> None:
    person.get("/primer/1")

    person.post("/primer/1", {"reads": said})

    with site.app_context():
        assert db.session.scalar(select(Reading.answered_by)) == who


@pytest.fixture
def left_behind(site: Flask, reader: Walker) -> Walker:
    """Give somebody whose edition is gone while they read it."""
    lose_the_edition(site)
    return reader


def lose_the_edition(site: Flask) -> None:
    """Let all that was read be of an edition that is not kept."""
    with site.app_context():
        db.session.execute(update(Reading).values(edition="2020-01-01"))
        db.session.commit()


@pytest.mark.parametrize("path", ["/primer/5", "/primer/5/check", "/statements", "/questions"])
def test_a_guide_that_is_not_kept_any_more_says_so(left_behind: Walker, path: str) -> None:
    response = left_behind.get(path)

    assert response.status_code == 410
    assert 'data-refusal="edition_gone"' in response.text
    assert 'action="/primer/again"' in response.text


def test_whose_guide_is_gone_begins_again_with_todays_and_loses_nothing(
    site: Flask, reader: Walker
) -> None:
    reader.read()
    reader.get("/statements")
    reader.post("/statements", {"K1": "talk"})
    keep(reader)
    lose_the_edition(site)
    reader.get("/primer/5")

    led = reader.post("/primer/again")
    first = reader.follow(led)
    reader.post("/primer/1")

    assert (led.status_code, led.location) == (303, "/primer/1")
    assert first.status_code == 200
    assert reader.get("/primer/2").status_code == 200
    assert "data-hold-until" in reader.get("/times").text
    with site.app_context():
        editions = db.session.scalars(select(Reading.edition).order_by(Reading.edition)).all()
    assert editions == ["2020-01-01", PRIMER.edition.id]


def test_after_a_new_safety_check_the_guide_that_is_gone_is_said_too(left_behind: Walker) -> None:
    passed = left_behind.be_safe()

    assert passed.status_code == 410
    assert 'action="/primer/again"' in passed.text


def test_a_guide_that_is_there_is_not_begun_again(site: Flask, reader: Walker) -> None:
    reader.post("/primer/again")

    assert reader.get("/primer/5").status_code == 200
    with site.app_context():
        assert len(db.session.scalars(select(Reading)).all()) == 1


def test_nobody_can_jump_ahead_and_everybody_can_go_back(reader: Walker) -> None:
    assert reader.get("/primer/9").location == "/primer/5"
    assert reader.post("/primer/9").location == "/primer/5"
    assert reader.get("/primer/2").status_code == 200
    assert reader.get("/primer/5").status_code == 200


def test_whoever_reads_slowly_is_not_sent_away(person: Walker, clock: StoppedClock) -> None:
    for part in (1, 2, 2, 2):
        clock.forward(minutes=25)
        page = person.get(f"/primer/{part}")
        person.post(f"/primer/{part}")

    assert page.status_code == 200


def test_the_general_way_needs_no_guide(site: Flask) -> None:
    person = Walker(site)

    passed = person.be_safe("general")

    assert passed.location == "/times"
    assert entries(site) == 0


def test_titles_say_nothing_about_a_condition(person: Walker) -> None:
    person.get("/primer/1")
    person.read()
    paths = ["/safety/primer", "/primer/3", "/primer/5/check", "/statements", "/resume"]

    titles = " ".join(
        re.findall("<title>([^<]+)", "".join(person.get(path).text for path in paths))
    )

    assert not re.search("stem|cell|disc|fever|back", titles, re.IGNORECASE)


def test_a_clinic_that_switched_the_guide_off_shows_none_of_it(site: Flask) -> None:
    walker = Walker(site)
    walker.be_safe("general")
    with site.app_context(), transaction() as session:
        session.execute(update(Clinic).values(primer_on=False, revision=Clinic.revision + 1))

    assert walker.get("/primer/1").status_code == 404
    assert walker.get("/statements").status_code == 404
    assert "/safety/primer" not in walker.get("/").text


def test_all_of_it_can_be_printed_at_any_time_and_counts_as_no_part_read(person: Walker) -> None:
    person.get("/primer/1")
    person.read(until=2)

    page = person.get("/primer/all")

    assert person.get("/primer/9").location == "/primer/3"
    assert 'href="/primer/3"' in page.text
    assert all(part.title in page.text for part in PRIMER.pages)
    assert page.text.count('<svg viewBox="0 0 190 230"') >= 6
