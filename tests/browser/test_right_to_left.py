"""The pages from right to left, in words longer than ours, before there is a translation."""

from collections.abc import Iterator

import pytest

from tests.browser.arabic import in_arabic
from tests.browser.audit import NARROW, WIDE, overflow
from tests.browser.conftest import Arrive
from tests.browser.house import House
from tests.browser.stories import STORIES
from tests.support import pseudo

DIRECTION = "document.documentElement.lang + ' ' + document.documentElement.dir"
OTHER = "the_guide_by_a_link"  # its address says English


@pytest.fixture(scope="module")
def mirrored(house: House, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """Give the clinic from right to left."""
    with in_arabic(house, tmp_path_factory.mktemp("arabic")) as mirrored:
        yield mirrored


@pytest.mark.parametrize("name", [name for name in STORIES if name != OTHER])
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
