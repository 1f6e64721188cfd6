import re

import pytest
from flask import Flask
from sqlalchemy import func, select, update

from app.content.checks import Check
from app.content.pages import Page
from app.storage.database import db, transaction
from app.storage.models import Clinic, Reading, RecordEntry
from tests.conftest import StoppedClock
from tests.web.walker import PRIMER, Walker

ASKED = [page for page in PRIMER.pages if page.check]
FEVER = PRIMER.page_of(PRIMER.must_see[0])


@pytest.fixture
def person(site: Flask) -> Walker:
    walker = Walker(site)
    walker.be_safe()
    return walker


@pytest.fixture
def reader(person: Walker) -> Walker:
    person.get("/primer/1")
    person.read(until=4)
    return person


def entries(site: Flask) -> int:
    with site.app_context():
        return db.session.scalar(select(func.count()).select_from(RecordEntry)) or 0


def check_of(page: Page | None) -> Check:
    assert page is not None
    assert page.check is not None
    return page.check


def wrong(page: Page | None) -> list[str]:
    return [option.key for option in check_of(page).options if not option.right]


def miss(person: Walker, page: Page | None, times: int = 1) -> str:
    assert page is not None
    for before in range(times):
        form = {"answer": wrong(page)[before], "before": str(before)}
        person.post(f"/primer/{page.number}/check", form)
    return person.get(f"/primer/{page.number}/check").text


def explained(feedback: str) -> str:
    """Leave out the short verdict in front, which stands as a heading."""
    return feedback.rpartition(". ")[2]


def order(page: str) -> list[str]:
    return re.findall(r'name="answer" value="(\w)"', page)


def code(page: str) -> str:
    found = re.search(r'class="code">([^<]+)<', page)
    assert found is not None
    return found[1]


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
    assert shown.count("<figure") == len(page.figures)
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


@pytest.mark.parametrize(("form", "who"), [({}, "self"), ({"helper": "yes"}, "helper")])
def test_the_record_says_who_reads(
    site: Flask, person: Walker, form: dict[str, str], who: str
) -> None:
    person.get("/primer/1")

    person.post("/primer/1", form)

    with site.app_context():
        assert db.session.scalar(select(Reading.answered_by)) == who


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


def test_a_part_with_a_question_leads_to_it_and_one_without_to_the_next(person: Walker) -> None:
    person.get("/primer/1")
    assert person.post("/primer/1").location == "/primer/2"

    assert person.post("/primer/2").location == "/primer/2/check"


def test_a_part_read_again_does_not_ask_its_question_again(reader: Walker) -> None:
    assert reader.post("/primer/2").location == "/primer/3"


def test_there_is_no_question_before_its_part_or_where_none_belongs(reader: Walker) -> None:
    assert reader.get("/primer/5/check").location == "/primer/5"
    assert reader.get("/primer/1/check").location == "/primer/1"


def test_a_wrong_answer_is_explained_beside_it_and_can_be_tried_again(reader: Walker) -> None:
    reader.post("/primer/5")
    page = PRIMER.page(5)

    shown = miss(reader, page)

    option = check_of(page).option(wrong(page)[0])
    assert option is not None
    why = explained(option.feedback)
    assert why in shown
    assert 'aria-describedby="reply"' in shown
    assert "Try again" in shown
    assert shown.index(option.text) < shown.index(why)
    assert "the answer</span>" not in shown


def test_after_two_misses_the_answer_is_shown_and_the_doctor_goes_over_it(reader: Walker) -> None:
    reader.post("/primer/5")
    page = PRIMER.page(5)

    shown = miss(reader, page, times=2)

    (right,) = [option for option in check_of(page).options if option.right]
    assert explained(right.feedback) in shown
    assert "Your doctor will go over this with you." in shown
    assert 'href="/primer/6" data-action="continue"' in shown
    assert "score" in shown


def test_a_right_answer_gets_its_words_and_leads_on(reader: Walker) -> None:
    reader.post("/primer/5")
    check = check_of(PRIMER.page(5))

    answered = reader.post("/primer/5/check", {"answer": check.right, "before": "0"})
    shown = reader.get("/primer/5/check").text

    assert answered.location == "/primer/5/check#reply"
    assert "go over" not in shown
    assert 'href="/primer/6" data-action="continue"' in shown


def test_back_and_refresh_keep_the_shown_order(reader: Walker) -> None:
    reader.post("/primer/5")

    orders = [order(reader.get("/primer/5/check").text) for _ in range(3)]
    orders.append(order(miss(reader, PRIMER.page(5))))

    assert orders == [orders[0]] * 4


def test_two_readers_need_not_see_the_same_order(site: Flask) -> None:
    seen = set()
    for _ in range(8):
        person = Walker(site)
        person.be_safe()
        person.get("/primer/1")
        person.post("/primer/1")
        person.post("/primer/2")
        seen.add(tuple(order(person.get("/primer/2/check").text)))

    assert len(seen) > 1


def test_a_double_click_on_an_answer_adds_one_entry(site: Flask, reader: Walker) -> None:
    reader.post("/primer/5")
    before = entries(site)

    for _ in range(2):
        reader.post("/primer/5/check", {"answer": wrong(PRIMER.page(5))[0], "before": "0"})

    assert entries(site) == before + 1


@pytest.mark.parametrize(
    "form",
    [
        {"answer": "z", "before": "0"},
        {"answer": "a", "before": "9"},
        {"answer": "a", "before": "-1"},
        {"answer": "a" * 5000, "before": "x" * 5000},
    ],
)
def test_a_forged_answer_is_refused_and_nothing_is_kept(
    site: Flask, reader: Walker, form: dict[str, str]
) -> None:
    reader.post("/primer/5")
    before = entries(site)

    response = reader.post("/primer/5/check", form)

    assert response.status_code == 422
    assert 'data-refusal="unknown_answer"' in response.text
    assert entries(site) == before


def test_no_answer_is_asked_for_kindly(site: Flask, reader: Walker) -> None:
    reader.post("/primer/5")
    before = entries(site)

    response = reader.post("/primer/5/check")

    assert response.status_code == 422
    assert "Please choose one of the answers." in response.text
    assert entries(site) == before


def test_a_question_missed_once_can_be_left_but_not_the_one_on_fever(reader: Walker) -> None:
    reader.post("/primer/5")
    left = "Go on, and go over this with the doctor"
    assert left in miss(reader, PRIMER.page(5))

    reader.post("/primer/6")

    assert left not in miss(reader, FEVER)


def test_before_the_end_the_answer_on_fever_must_be_seen(site: Flask, person: Walker) -> None:
    assert FEVER is not None
    person.get("/primer/1")
    for page in PRIMER.pages:
        person.post(f"/primer/{page.number}")
    fever_check = f"/primer/{FEVER.number}/check"
    assert person.get("/statements").location == fever_check

    miss(person, FEVER, times=2)

    assert person.get("/statements").status_code == 200


def test_the_end_comes_after_all_parts(reader: Walker) -> None:
    assert reader.get("/statements").location == "/primer/5"
    assert reader.post("/statements", {"K1": "talk"}).location == "/primer/5"


def test_three_equal_answers_none_of_them_set(person: Walker) -> None:
    person.get("/primer/1")
    person.read()

    page = person.get("/statements").text

    assert page.count('type="radio"') == 3 * len(PRIMER.statements.items)
    assert " checked" not in page
    assert "not consent to treatment" in page
    assert "Book a general spine visit without this guide" in page


@pytest.mark.parametrize("answer", ["understand", "talk", "skip", None])
def test_any_answer_or_none_leads_to_the_times(
    site: Flask, person: Walker, answer: str | None
) -> None:
    person.get("/primer/1")
    person.read()
    person.get("/statements")
    form = {item.id: answer for item in PRIMER.statements.items} if answer else {}

    response = person.post("/statements", form)

    assert response.status_code == 303
    assert response.location == "/times?visit=stem-cell-consultation"
    with site.app_context():
        assert db.session.scalar(select(Reading.finished_at)) is not None


def test_going_back_to_the_statements_shows_what_was_said(person: Walker) -> None:
    person.get("/primer/1")
    person.read()
    person.get("/statements")
    person.post("/statements", {"K2": "talk", "words_0": "To walk <b>far</b>."})

    page = person.get("/statements").text

    assert re.search(r'name="K2" value="talk" checked', page)
    assert page.count(" checked") == 1
    assert "To walk &lt;b&gt;far&lt;/b&gt;." in page


@pytest.mark.parametrize("form", [{"K1": "agree"}, {"K1": "talk", "K2": "x"}])
def test_a_forged_statement_answer_is_refused_and_nothing_is_kept(
    site: Flask, person: Walker, form: dict[str, str]
) -> None:
    person.get("/primer/1")
    person.read()
    person.get("/statements")
    before = entries(site)

    response = person.post("/statements", form)

    assert response.status_code == 422
    assert 'data-refusal="unknown_answer"' in response.text
    assert entries(site) == before


def test_words_that_are_too_long_come_back_to_be_shortened(site: Flask, person: Walker) -> None:
    person.get("/primer/1")
    person.read()
    person.get("/statements")
    before = entries(site)

    response = person.post("/statements", {"K1": "talk", "words_1": "long " * 300})

    assert response.status_code == 422
    assert "at most 1000" in response.text
    assert "long long" in response.text
    assert re.search(r'name="K1" value="talk" checked', response.text)
    assert entries(site) == before


def test_the_general_way_needs_no_guide(site: Flask) -> None:
    person = Walker(site)

    passed = person.be_safe("general")

    assert passed.location == "/times"
    assert entries(site) == 0


def test_a_code_leads_on_at_the_same_place_on_another_device(site: Flask, reader: Walker) -> None:
    typed = code(reader.get("/primer/5").text)
    phone = Walker(site)
    phone.get("/resume")

    response = phone.post("/resume", {"code": typed.lower()})
    passed = phone.be_safe()

    assert response.location == "/safety/primer"
    assert passed.location == "/primer/5"
    assert code(phone.get("/primer/5").text) == typed
    assert 'class="done"' in phone.get("/primer/5").text


def test_a_code_typed_after_the_safety_check_leads_straight_on(site: Flask, reader: Walker) -> None:
    typed = code(reader.get("/primer/5").text)
    phone = Walker(site)
    phone.be_safe()
    phone.get("/resume")

    assert phone.post("/resume", {"code": typed}).location == "/primer/5"


@pytest.mark.parametrize("typed", ["", "ABCD-EFGH", "\0", "x" * 3000, "<script>"])
def test_a_wrong_code_gets_the_same_kind_words_and_stays_to_be_mended(
    site: Flask, typed: str
) -> None:
    phone = Walker(site)
    phone.get("/resume")

    response = phone.post("/resume", {"code": typed})

    assert response.status_code == 422
    assert 'data-refusal="unknown_code"' in response.text
    assert "<script>" not in response.text


def test_a_reading_of_long_ago_is_not_found_by_its_code(
    site: Flask, reader: Walker, clock: StoppedClock
) -> None:
    typed = code(reader.get("/primer/5").text)
    clock.forward(days=30)
    phone = Walker(site)
    phone.get("/resume")

    assert phone.post("/resume", {"code": typed}).status_code == 422


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


def test_whoever_read_it_all_can_print_it_all(person: Walker) -> None:
    before = person.get("/primer/all")
    person.read()

    page = person.get("/primer/all")

    assert before.status_code == 303
    assert page.status_code == 200
    assert all(part.title in page.text for part in PRIMER.pages)
    assert page.text.count('<svg viewBox="0 0 190 230"') >= 6
