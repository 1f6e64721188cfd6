"""Larger text, without script: one press, and the same page again."""

import pytest
from flask import Flask

from tests.web.walker import Walker


def test_the_size_that_was_pressed_holds_on_every_page(walker: Walker) -> None:
    before = walker.get("/guide/en/2").text

    led = walker.post("/comfort", {"text": "2", "to": "/guide/en/2"})

    assert 'class="text-2"' not in before
    assert led.location == "/guide/en/2"
    assert 'class="text-2"' in walker.get("/guide/en/2").text
    assert 'class="text-2"' in walker.get("/about").text


def test_one_press_brings_the_text_back_as_it_was(walker: Walker) -> None:
    walker.get("/about")
    walker.post("/comfort", {"text": "3", "to": "/about"})

    walker.post("/comfort", {"text": "1", "to": "/about"})

    assert "text-3" not in walker.get("/about").text


def test_a_page_that_is_kept_for_all_is_kept_for_each_size(site: Flask, person: Walker) -> None:
    large = Walker(site)
    large.be_safe("general")
    large.post("/comfort", {"text": "3", "to": "/times"})

    pages = [walker.get("/times").text for walker in (person, large, person, large)]

    assert ['class="text-3"' in page for page in pages] == [False, True, False, True]


@pytest.mark.parametrize("size", ["", "4", "huge", "2 onload"])
def test_a_size_that_is_not_offered_is_refused(walker: Walker, size: str) -> None:
    walker.get("/about")

    assert walker.post("/comfort", {"text": size, "to": "/about"}).status_code == 400


@pytest.mark.parametrize("to", ["", "//evil.example/", "https://evil.example/about", "/nowhere"])
def test_nobody_is_led_away_from_the_site(walker: Walker, to: str) -> None:
    walker.get("/about")

    assert walker.post("/comfort", {"text": "2", "to": to}).location in ("/", "/about")
