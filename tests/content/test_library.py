from dataclasses import replace

from app.content import library
from tests.content.conftest import PRIMER

TODAY = library.Copy(
    folder=PRIMER,
    edition="2026-11-21",
    language="en",
    jurisdiction="us",
    clinic_phone="(207) 555-0142",
    nurse_line=None,
)
THEN = {"clinic_phone": "(207) 555-0001", "nurse_line": "our nurses at (207) 555-0002"}


def test_what_was_shown_then_has_the_clinics_words_of_that_day() -> None:
    copy = TODAY.as_then("2026-11-21", "en", "us", THEN)

    assert copy.clinic_words == THEN
    assert library.primer(copy).safety.nurse_line == THEN["nurse_line"]
    assert library.primer(copy).sha != library.primer(TODAY).sha


def test_a_reading_from_before_the_words_were_kept_is_shown_with_todays() -> None:
    assert TODAY.as_then("2026-11-21", "en", "us", {}) == TODAY


def test_an_edition_a_language_or_a_country_may_not_be_there_any_more() -> None:
    assert TODAY.there
    assert not replace(TODAY, edition="2020-01-01").there
    assert not replace(TODAY, language="xx").there
    assert not replace(TODAY, jurisdiction="xx").there
