"""Some pages from right to left, in words longer than ours, before there is a translation.

How every page looks then is a matter of the audit, which turns the English ones round; here
the clinic itself speaks such a language.
"""

from collections.abc import Iterator

import pytest

from app.settings import ROOT
from tests.browser.arabic import in_arabic
from tests.browser.audit import NARROW, WIDE, overflow
from tests.browser.conftest import Arrive
from tests.browser.house import House
from tests.browser.stories import STORIES
from tests.support import pseudo

DIRECTION = "document.documentElement.lang + ' ' + document.documentElement.dir"
SHOWN = (  # one of each room
    "what_is_said_and_what_goes_wrong",
    "the_safety_check",
    "the_questions_of_the_guide",
    "choosing_a_time",
    "looking_at_the_day",
    "changing_hours",
)


@pytest.fixture(scope="module")
def mirrored(house: House, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """Give the clinic from right to left."""
    with in_arabic(house, tmp_path_factory.mktemp("arabic")) as mirrored:
        yield mirrored


@pytest.mark.parametrize("name", SHOWN)
def test_no_page_is_too_wide_from_right_to_left_on(
    name: str, mirrored: House, arrive: Arrive
) -> None:
    patient = arrive(at=mirrored, language=pseudo.CODE, said=pseudo.pseudo_start)
    found = []

    for page in STORIES[name].walk(patient):
        patient.page.wait_for_load_state()
        assert patient.page.evaluate(DIRECTION) == "ar rtl"
        for width in (NARROW, WIDE):
            patient.page.set_viewport_size({"width": width, "height": 800})
            found += [f"{page} at {width}: {fault}" for fault in overflow(patient.page)]

    assert not found, "\n".join(found)


def test_every_page_says_the_direction_of_its_language() -> None:
    templates = (ROOT / "templates").rglob("*.html")
    lines = [line for one in templates for line in one.read_text(encoding="utf-8").splitlines()]

    beginnings = [line for line in lines if line.startswith("<html")]

    assert beginnings
    assert [line for line in beginnings if "direction }}" not in line] == []
