"""The safety check: its questions, and where each answer leads."""

import re

import pytest
from flask import Flask

from app.domain.safety import Tier
from tests.web.patient.looking import everything, visitors
from tests.web.walker import PRIMER, Walker, answers

WAYS = ("primer", "general")


def errors(page: str) -> list[str]:
    return re.findall(r'id="([A-Z]\d+)-e"', page)


def test_no_answer_is_set_before_the_person_sets_it(newcomer: Walker) -> None:
    page = newcomer.get("/safety/primer").text

    assert page.count('type="radio"') == 3 * len(PRIMER.safety.tier(Tier.EMERGENCY).items)
    assert " checked>" not in page
    assert "none of these" not in page.lower()


@pytest.mark.parametrize("item", [item.id for item in PRIMER.safety.tier(Tier.EMERGENCY).items])
@pytest.mark.parametrize("sign", ["yes", "not_sure"])
def test_an_emergency_stops_everything_and_stores_nothing(
    site: Flask, newcomer: Walker, item: str, sign: str
) -> None:
    before = everything(site)

    page = newcomer.post("/safety/primer", answers(Tier.EMERGENCY, **{item: sign}))

    (text,) = PRIMER.safety.screen_texts([item])
    assert page.status_code == 200
    assert "data-emergency" in page.text
    assert text in page.text
    assert page.text.count('href="tel:911"') == 1
    assert "/times" not in page.text
    assert everything(site) == before


def test_an_emergency_does_not_wait_for_the_other_answers(newcomer: Walker) -> None:
    page = newcomer.post("/safety/primer", {"E5": "yes"})

    assert "data-emergency" in page.text


@pytest.mark.parametrize("way", WAYS)
def test_missing_answers_are_asked_for_by_name_and_the_given_ones_are_kept(
    newcomer: Walker, way: str
) -> None:
    given = answers(Tier.EMERGENCY)
    del given["E3"], given["E7"]

    page = newcomer.post(f"/safety/{way}", given)

    assert page.status_code == 422
    assert errors(page.text) == ["E3", "E7"]
    assert 'href="#E3"' in page.text
    assert "2 questions have no answer yet" in page.text
    assert page.text.count("Choose “Yes”, “No” or “Not sure”.") == 1 + 2  # above, and at each
    assert page.text.count(" checked>") == len(given)


def test_an_answer_nobody_offered_counts_as_none(newcomer: Walker) -> None:
    page = newcomer.post("/safety/primer", answers(Tier.EMERGENCY, E3="maybe"))

    assert errors(page.text) == ["E3"]


def test_a_wrong_press_leads_back_with_all_other_answers(site: Flask, newcomer: Walker) -> None:
    given = answers(Tier.EMERGENCY, E2="yes")
    newcomer.post("/safety/primer", given)

    page = newcomer.post("/safety/primer", given | {"again": "1"})

    assert page.status_code == 200
    assert page.text.count(" checked>") == len(given)
    assert "data-emergency" not in page.text


def test_a_wrong_press_before_call_today_leads_back_to_that_page_with_all_its_answers(
    site: Flask, newcomer: Walker
) -> None:
    newcomer.post("/safety/primer", answers(Tier.EMERGENCY))
    before = everything(site)
    given = answers(Tier.CALL_TODAY, T2="yes")
    stopped = newcomer.post("/safety/primer/today", given).text
    (form,) = re.findall(r'<form method="post" action="([^"]+)">.*?</form>', stopped, re.DOTALL)
    sent = dict(re.findall(r'name="([A-Z]\d+)" value="(\w+)"', stopped))

    page = newcomer.post(form, sent | {"again": "1"})

    assert page.status_code == 200
    assert page.text.count(" checked>") == len(given)
    assert re.search(r'name="T2" value="yes" checked>', page.text)
    passed = newcomer.post("/safety/primer/today", answers(Tier.CALL_TODAY))
    assert passed.location == "/safety/primer/tell"
    with newcomer.client.session_transaction() as cookie:
        assert set(cookie) == {"csrf_token", "passed"}
        assert "yes" not in str(cookie["passed"])
    assert everything(site) == before


@pytest.mark.parametrize("sign", ["yes", "not_sure"])
def test_call_today_gives_numbers_to_call_and_no_way_to_book(
    site: Flask, newcomer: Walker, sign: str
) -> None:
    newcomer.post("/safety/primer", answers(Tier.EMERGENCY))

    page = newcomer.post("/safety/primer/today", answers(Tier.CALL_TODAY, T3=sign))

    (text,) = PRIMER.safety.screen_texts(["T3"])
    assert page.status_code == 200
    assert text in page.text
    assert 'data-action="continue"' in page.text
    assert re.search(r'href="tel:\+1\d{10}" data-action', page.text)
    assert "/times" not in page.text
    assert visitors(site) == []
