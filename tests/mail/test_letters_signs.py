"""What must not wait for a visit, said where others may read it: no word of the complaint."""

import pytest

from app.ics.entry import entry_of
from tests.mail.conftest import Write
from tests.mail.samples import BOOKED, CANCELLED, HOST, LETTERS


@pytest.mark.parametrize("kind", ["booked", "moved", "reminder", "to_confirm"])
def test_a_letter_before_a_visit_names_what_must_not_wait(written: Write, kind: str) -> None:
    with_page = (one for one in LETTERS.values() if not one.plain)
    letter = next(one for one in with_page if one.kind == f"appointment_{kind}")

    text, html = (written(letter).message.get_body((part,)) for part in ("plain", "html"))

    assert text is not None
    assert html is not None
    assert len(letter.signs) == 10
    for sign in letter.signs:
        assert f"- {sign}\n" in text.get_content()
        assert f"<li>{sign}</li>" in html.get_content()


def test_a_calendar_which_an_employer_may_read_says_whom_to_call_and_no_sign() -> None:
    booked = entry_of(BOOKED, host=HOST).description
    cancelled = entry_of(CANCELLED, host=HOST).description

    assert "If you get worse before then, do not wait for it: call 911." in booked
    assert not any(sign in booked for sign in BOOKED.signs)
    assert "911" not in cancelled
