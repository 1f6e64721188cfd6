"""The questions of the guide: asked once, explained, and never a gate but for one."""

import re

import pytest
from flask import Flask

from app.content.checks import Check
from app.content.pages import Page
from tests.web.patient.looking import entries
from tests.web.walker import PRIMER, Walker

FEVER = PRIMER.page_of(PRIMER.must_see[0])


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
    own = check_of(page).option(wrong(page)[1])
    assert own is not None
    assert re.findall(r"<span>([^<]+) <span class=\"tag\">your answer<", shown) == [own.text]


def test_one_link_leads_back_to_the_part(reader: Walker) -> None:
    reader.post("/primer/5")
    reader.post("/primer/6")
    once, fever = miss(reader, PRIMER.page(5)), miss(reader, FEVER)
    asked = reader.get("/primer/6/check").text

    assert once.split("<main")[1].count('href="/primer/5"') == 1
    assert FEVER is not None
    assert fever.split("<main")[1].count(f'href="/primer/{FEVER.number}"') == 1
    assert asked.split("<main")[1].count('href="/primer/6"') == 1


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
        {"answer": "a", "before": "0", "shown": "0" * 64},
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


@pytest.mark.parametrize("part", [1, 5, 6])  # without a question, not read yet, far from it
def test_an_answer_to_what_was_not_asked_is_refused_and_nothing_is_kept(
    site: Flask, reader: Walker, part: int
) -> None:
    before = entries(site)

    response = reader.post(f"/primer/{part}/check", {"answer": "a", "before": "0"})

    assert response.status_code == 422
    assert 'data-refusal="unknown_answer"' in response.text
    assert 'href="/primer/5" data-action="continue"' in response.text
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
