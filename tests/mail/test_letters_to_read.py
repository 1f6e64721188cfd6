"""What is to be read before a visit, as mails say it."""

from dataclasses import replace

from tests.mail.conftest import Write
from tests.mail.samples import BOOKED, CANCELLED, TO_READ, UNREAD


def text_of(written: Write, letter: object) -> str:
    body = written(letter).message.get_body(("plain",))  # type: ignore[arg-type]  # a letter
    return " ".join(body.get_content().split()) if body else ""


def test_a_mail_about_a_guide_leads_to_it_and_says_what_happens_if_nobody_reads(
    written: Write,
) -> None:
    text = text_of(written, TO_READ)

    assert "?to=guide" in text
    assert "If it is still unread on Saturday 13 March 2027" in text
    assert "goes to somebody else" not in text_of(written, replace(TO_READ, read_until=None))


def test_a_mail_about_a_visit_without_anything_to_read_says_nothing_of_it(written: Write) -> None:
    assert "To read before this visit" not in text_of(written, BOOKED)


def test_whose_time_was_given_back_is_told_why_and_where_to_turn(written: Write) -> None:
    assert "was not read in time" in text_of(written, UNREAD)
    assert "was not read in time" not in text_of(written, CANCELLED)
