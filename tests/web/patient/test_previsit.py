"""The form before the visit, page by page: nothing is needed, nothing typed is lost."""

from html import unescape

import pytest
from flask import Flask

from tests.services.looking import everything
from tests.services.previsit import FORM
from tests.web.patient.booking_walk import BIRTH, by_link
from tests.web.walker import Walker

PARTS = [part.id for part in FORM.parts]


def place(reference: str, part: str = "") -> str:
    return f"/appointment/{reference}/prepare" + (f"/{part}" if part else "")


@pytest.fixture
def opened(site: Flask, reference: str) -> Walker:
    """Give somebody who opened the link and gave the birth date to come here."""
    walker = by_link(site, reference)
    asked = walker.get(place(reference))
    assert asked.location == f"/appointment/{reference}/unlock?to=prepare"
    walker.get(asked.location)
    assert walker.post(asked.location, BIRTH).location == place(reference)
    return walker


def test_the_pages_of_an_appointment_lead_to_the_form(person: Walker, reference: str) -> None:
    for page in ("", "/booked"):
        assert f'href="{place(reference)}"' in person.get(f"/appointment/{reference}{page}").text


@pytest.mark.parametrize("path", ["", "/pain", "/health"])
def test_the_birth_date_comes_first(person: Walker, reference: str, path: str) -> None:
    asked = person.get(place(reference) + path)
    sent = person.post(place(reference, "pain"), {"duration": "1_to_5_years"})

    assert asked.status_code == sent.status_code == 303
    assert asked.location == sent.location == f"/appointment/{reference}/unlock?to=prepare"


def test_the_parts_follow_one_another_and_come_back_to_the_list(
    opened: Walker, reference: str
) -> None:
    assert [part.title in opened.get(place(reference)).text for part in FORM.parts] == [True] * 6
    seen = []
    for part in PARTS:
        opened.get(place(reference, part))
        seen.append(opened.post(place(reference, part)).location)

    assert seen == [place(reference, part) for part in PARTS[1:]] + [place(reference)]


def test_every_item_says_why_it_is_asked_and_can_be_told_in_person(
    opened: Walker, reference: str
) -> None:
    for part in FORM.parts:
        page = unescape(opened.get(place(reference, part.id)).text)
        for item in part.items:
            assert item.question in page
            assert item.why in page
            assert f'name="{item.in_person.name}"' in page


def test_what_was_answered_stands_there_again(opened: Walker, reference: str) -> None:
    opened.get(place(reference, "where"))
    answers = {"map": ["low_left", "calf_left"], "csrf_token": opened.token}
    opened.client.post(place(reference, "where"), data=answers)
    opened.post(place(reference, "life"), {"life.walk": "7", "goal": "To garden <again>"})
    opened.post(place(reference, "tried"), {"tried.exercise": "a_bit"})

    where = opened.get(place(reference, "where")).text
    life = opened.get(place(reference, "life")).text

    assert where.count(" checked>") == 2
    assert 'id="map-calf_left" name="map" value="calf_left" checked' in where
    assert 'name="life.walk" value="7" checked' in life
    assert "To garden &lt;again&gt;" in life
    assert 'value="a_bit" selected' in opened.get(place(reference, "tried")).text
    assert "2 answers" in opened.get(place(reference)).text


def test_words_that_are_too_long_come_back_with_the_rest_of_the_part(
    opened: Walker, reference: str, site: Flask
) -> None:
    opened.get(place(reference, "life"))
    with site.app_context():
        before = everything()

    answer = opened.post(place(reference, "life"), {"goal": "word " * 300, "life.sit": "4"})

    assert answer.status_code == 422
    assert "at most 1000 letters" in answer.text
    assert 'name="life.sit" value="4" checked' in answer.text
    assert "word word" in answer.text
    with site.app_context():
        assert everything() == before


@pytest.mark.parametrize(
    "answers", [{"duration": "forever"}, {"goal": "of another part"}, {"insurance": "A-17"}]
)
def test_an_answer_that_was_not_offered_is_refused_with_a_code(
    opened: Walker, reference: str, site: Flask, answers: dict[str, str]
) -> None:
    opened.get(place(reference, "pain"))
    with site.app_context():
        before = everything()

    answer = opened.post(place(reference, "pain"), answers)

    assert answer.status_code == 422
    assert 'data-refusal="unknown_answer"' in answer.text
    with site.app_context():
        assert everything() == before


def test_whoever_is_done_is_thanked_and_may_still_change_it(opened: Walker, reference: str) -> None:
    opened.get(place(reference, "pain"))
    opened.post(place(reference, "pain"), {"duration": "1_to_5_years"})
    opened.get(place(reference))

    answer = opened.follow(opened.post(place(reference, "done")))

    assert "Your doctor reads this before you come" in answer.text
    assert "1 answer<" in answer.text
    assert opened.get(place(reference, "pain")).status_code == 200


def test_weak_or_numb_is_for_the_safety_check_and_not_for_a_field(
    opened: Walker, reference: str
) -> None:
    page = opened.get(place(reference, "where")).text

    assert unescape(page).count(FORM.not_urgent) == 1
    assert 'href="/safety/general"' in page.partition(FORM.not_urgent)[2]


def test_a_part_that_there_is_not_leads_to_the_list(opened: Walker, reference: str) -> None:
    assert opened.get(place(reference, "money")).location == place(reference)
    assert opened.get(place(reference, "done")).location == place(reference)


def test_t43_nothing_is_asked_that_must_not_be_asked() -> None:
    said = " ".join(
        f"{item.question} {item.why} {' '.join(item.options.values())}"
        for part in FORM.parts
        for item in part.items
    ).lower()

    for word in ("insurance", "afford", "deposit", "suicide", "violence", "upload", "photo"):
        assert word not in said
