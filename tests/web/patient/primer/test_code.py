"""A code leads on with the guide on another device."""

import re
from ipaddress import ip_network

import pytest
from flask import Flask

from tests.conftest import Make, StoppedClock
from tests.web.walker import Walker


def code(page: str) -> str:
    found = re.search(r'class="code">([^<]+)<', page)
    assert found is not None
    return found[1]


def test_a_code_leads_on_at_the_same_place_on_another_device(site: Flask, reader: Walker) -> None:
    typed = code(reader.get("/primer/5").text)
    phone = Walker(site)
    phone.get("/resume")

    response = phone.post("/resume", {"code": typed.lower()})
    asked = phone.get(response.location).text
    passed = phone.be_safe()

    assert response.location == "/safety/primer"
    assert "Your code is right." in asked
    assert "Your code is right." not in phone.get("/safety/primer").text
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


def test_wrong_codes_of_others_leave_a_right_one_its_way_and_the_clinic_counts_none_of_its_own(
    site: Flask, make_app: Make, sqlite_url: str, reader: Walker
) -> None:
    typed = code(reader.get("/primer/5").text)
    guesser = Walker(site)
    guesser.get("/resume")
    wrong = [guesser.post("/resume", {"code": "WRNG-WRNG"}).status_code for _ in range(22)]
    own = Walker(make_app(sqlite_url, exempt_networks=(ip_network("127.0.0.0/8"),)))
    own.get("/resume")
    ours = [own.post("/resume", {"code": "WRNG-WRNG"}).status_code for _ in range(22)]

    right = guesser.post("/resume", {"code": typed})

    assert wrong == [422] * 20 + [429] * 2
    assert ours == [422] * 22
    assert right.location == "/safety/primer"
