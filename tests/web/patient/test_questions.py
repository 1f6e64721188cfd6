"""The list of questions for the doctor: made while reading, printed with the card, never mailed."""

import pytest
from flask import Flask
from sqlalchemy import select

from app.storage.database import db
from app.storage.models import Mail, QuestionList
from tests.web.patient.booking_walk import BIRTH, book, by_link
from tests.web.walker import PRIMER, Walker

OWN = "May I swim while I wait?"
N = {item.id: item.text for item in PRIMER.questions.items}


@pytest.fixture
def reader(site: Flask) -> Walker:
    walker = Walker(site)
    walker.be_safe()
    walker.read()
    walker.get("/questions")
    return walker


def order(page: str, *texts: str) -> bool:
    """Say whether the list in words names these, in this order."""
    listed = page[page.index('id="list"') :].split("</section>")[0].replace("&#39;", "'")
    places = [listed.find(text) for text in texts]
    return -1 not in places and places == sorted(places)


def made(reader: Walker) -> str:
    """Make a list and book; return the reference."""
    reader.post("/questions", {"asked": ["N1", "N6"], "matters": ["low_risk"], "own": OWN})
    reader.get("/statements")
    reader.post("/statements")
    return book(reader)


def test_the_list_begins_with_the_first_part(site: Flask) -> None:
    walker = Walker(site)

    assert walker.get("/questions").location == "/safety/primer"
    walker.be_safe()
    assert walker.get("/questions").location == "/primer/1"


def test_ticking_ordering_and_adding_keep_each_other(reader: Walker) -> None:
    reader.post("/questions", {"asked": ["N1", "N6"], "own": OWN, "do": "keep"})
    led = reader.post("/questions", {"asked": ["N1", "N6", "own-1"], "do": "up:own-1"})

    page = reader.get(led.location).text

    assert led.location == "/questions#list"
    assert order(page, N["N1"], OWN, N["N6"])
    assert N["N2"] in page


def test_who_keeps_a_list_is_told_so_and_that_it_can_be_printed(
    site: Flask, reader: Walker
) -> None:
    before = reader.get("/questions").text
    kept = reader.follow(reader.post("/questions", {"asked": ["N1", "N6"], "do": "keep"})).text
    moved = reader.follow(reader.post("/questions", {"asked": ["N1", "N6"], "do": "up:N6"})).text
    emptied = reader.follow(reader.post("/questions", {"do": "keep"})).text
    reference = made(reader)
    holder = by_link(site, reference)
    holder.get(f"/appointment/{reference}/unlock")
    holder.post(f"/appointment/{reference}/unlock", BIRTH)
    path = f"/appointment/{reference}/questions"
    holder.get(path)
    later = holder.follow(holder.post(path, {"asked": ["N1"]})).text

    said = "Your list is kept.</strong>"
    assert [said in page for page in (before, kept, moved, emptied, later)] == [
        False, True, False, False, True,
    ]  # fmt: skip
    assert "It goes to the doctor with your booking." in kept
    assert "Nothing is on your list yet." in emptied
    assert "print this page" not in before
    assert "print this page" in kept
    assert "print this page" in moved


def test_sending_the_same_twice_changes_nothing(site: Flask, reader: Walker) -> None:
    reader.post("/questions", {"asked": ["N1"], "own": OWN})
    reader.post("/questions", {"asked": ["N1", "own-1"], "own": OWN})

    page = reader.get("/questions").text

    assert page.count(f"<li>{OWN}") == 1
    with site.app_context():
        kept = db.session.scalars(select(QuestionList.sealed)).all()
        assert len(kept) == 1
        assert OWN.encode() not in kept[0]


@pytest.mark.parametrize(
    "sent", [{"asked": ["N99"]}, {"asked": ["own-7"]}, {"matters": ["everything"]}]
)
def test_what_was_not_offered_is_refused_and_nothing_is_kept(
    site: Flask, reader: Walker, sent: dict[str, str | list[str]]
) -> None:
    answer = reader.post("/questions", sent)

    assert answer.status_code == 422
    assert 'data-refusal="unknown_answer"' in answer.text
    with site.app_context():
        assert db.session.scalar(select(QuestionList.reading_id)) is None


def test_too_long_a_question_comes_back_to_be_mended(reader: Walker) -> None:
    answer = reader.post("/questions", {"own": "why " * 60, "do": "keep"})

    assert answer.status_code == 422
    assert "Please write at most 200 letters." in answer.text
    assert "why why why" in answer.text


def test_there_is_room_for_ten_of_ones_own(reader: Walker) -> None:
    for number in range(10):
        owned = [f"own-{known}" for known in range(1, number + 1)]
        reader.post("/questions", {"asked": owned, "own": f"Question {number}?"})

    owned = [f"own-{known}" for known in range(1, 11)]
    answer = reader.post("/questions", {"asked": owned, "own": "One more?"})

    assert answer.status_code == 422
    assert "There is room for 10 questions of your own." in answer.text


def test_whoever_booked_has_the_list_on_the_card(reader: Walker) -> None:
    reference = made(reader)

    page = reader.get(f"/appointment/{reference}/booked").text

    assert "What matters most to me:" in page
    assert OWN in page


def test_by_the_link_alone_nobody_sees_the_list(site: Flask, reader: Walker) -> None:
    reference = made(reader)
    walker = by_link(site, reference)

    before = walker.get(f"/appointment/{reference}").text
    asked = walker.get(f"/appointment/{reference}/questions")
    walker.get(asked.location)
    unlocked = walker.post(asked.location, BIRTH)
    after = walker.get(unlocked.location).text

    assert OWN not in before
    assert asked.location == f"/appointment/{reference}/unlock?to=questions"
    assert order(after, N["N1"], N["N6"], OWN)
    assert OWN in walker.get(f"/appointment/{reference}").text


def test_the_list_can_be_changed_after_booking(site: Flask, reader: Walker) -> None:
    reference = made(reader)
    walker = by_link(site, reference)
    walker.get(f"/appointment/{reference}/unlock")
    walker.post(f"/appointment/{reference}/unlock", BIRTH)
    walker.get(f"/appointment/{reference}/questions")

    walker.post(f"/appointment/{reference}/questions", {"asked": ["N6", "N9"], "do": "up:N9"})

    page = walker.get(f"/appointment/{reference}/questions").text
    assert order(page, N["N9"], N["N6"])
    assert OWN not in page


def test_the_mail_leads_to_the_list_and_says_none_of_it(site: Flask, reader: Walker) -> None:
    reference = made(reader)
    walker = by_link(site, reference)
    walker.get(f"/appointment/{reference}/unlock")
    walker.post(f"/appointment/{reference}/unlock", BIRTH)
    walker.get(f"/appointment/{reference}/questions")

    sent = [walker.post(f"/appointment/{reference}/questions/mail") for _ in range(4)]

    assert [answer.status_code for answer in sent] == [303, 303, 303, 429]
    with site.app_context():
        kinds = db.session.scalars(select(Mail.kind)).all()
        assert kinds.count("record_copy") == 3


def test_a_general_visit_has_no_list(site: Flask, person: Walker) -> None:
    reference = book(person)

    assert "/questions" not in person.get(f"/appointment/{reference}/booked").text
