"""A reminder of a time that the clinic had to close."""

from tests.mail.conftest import Write
from tests.mail.samples import CLOSED, REHOUSED, REMINDER


def test_a_reminder_of_a_closed_time_asks_not_to_come_and_to_call(written: Write) -> None:
    message = written(CLOSED).message
    plain, html = (message.get_body((kind,)) for kind in ("plain", "html"))

    assert plain is not None
    assert html is not None
    text = " ".join(plain.get_content().split())
    assert message["Subject"] == "Please call us: appointment with Dr Rivera, Harbor Clinic"
    assert "Please do not come at this time." in text
    assert "Monday 15 March 2027" in text
    assert "Coming soon" not in text + html.get_content()
    assert "<s>Monday 15 March 2027" in html.get_content()
    assert not list(message.iter_attachments())


def test_who_is_asked_for_another_time_is_told_not_to_come_at_the_old_one(written: Write) -> None:
    message = written(REHOUSED).message

    for kind in ("plain", "html"):
        body = message.get_body((kind,))
        assert body is not None
        text = " ".join(body.get_content().split())
        assert "your appointment cannot be on Tuesday 16 March 2027" in text
        assert "Please do not come then. We keep other times for you" in text


def test_any_other_reminder_reminds(written: Write) -> None:
    message = written(REMINDER).message

    assert message["Subject"] == "Reminder: appointment with Dr Rivera, Harbor Clinic"
