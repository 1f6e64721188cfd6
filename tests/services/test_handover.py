from datetime import timedelta

import pytest
from flask import Flask

from app.domain.desk_refusals import NothingWritten, TooLong
from app.services import forget, handover
from app.services.handover import Note
from app.storage import models
from tests.conftest import MONDAY_8AM
from tests.services.looking import rows
from tests.staffing import hire

NOON = MONDAY_8AM + timedelta(hours=4)
ASKED = "HB-7K4-QM2 waits for a call about the time."


def listed(site: Flask, *, now: object = NOON) -> list[Note]:
    return handover.listing(hire(), now=now)  # type: ignore[arg-type]


def test_the_next_shift_reads_what_was_left_and_by_whom(site: Flask) -> None:
    with site.app_context():
        handover.leave(ASKED, actor=hire(name="Jo Brandt"), now=MONDAY_8AM)

        (note,) = listed(site)

        assert (note.text, note.writer, note.written_at) == (ASKED, "Jo Brandt", MONDAY_8AM)
        assert note.done_at is None


def test_a_double_click_leaves_one_note(site: Flask) -> None:
    with site.app_context():
        jo = hire()
        for _ in range(2):
            handover.leave(ASKED, actor=jo, now=MONDAY_8AM)

        assert len(listed(site)) == 1


def test_two_who_settle_a_note_at_once_do_it_once_and_the_first_stands_there(site: Flask) -> None:
    with site.app_context():
        handover.leave(ASKED, actor=hire(), now=MONDAY_8AM)
        (note,) = listed(site)
        for name in ("Noor Haddad", "Sam Petrov"):
            handover.settle(note.id, actor=hire(name=name), now=NOON)

        (settled,) = listed(site)

        assert (settled.doer, settled.done_at) == ("Noor Haddad", NOON)
        assert len(rows(models.JournalEntry, models.JournalEntry.verb == "hand_over_done")) == 1


def test_what_is_open_comes_before_what_is_done(site: Flask) -> None:
    with site.app_context():
        jo = hire()
        for minutes, text in enumerate(("first", "second", "third")):
            handover.leave(text, actor=jo, now=MONDAY_8AM + timedelta(minutes=minutes))
        handover.settle(listed(site)[0].id, actor=jo, now=NOON)

        assert [note.text for note in listed(site)] == ["second", "third", "first"]


def test_what_is_done_is_gone_the_next_day_and_forgotten_after_90(site: Flask) -> None:
    with site.app_context():
        jo = hire()
        handover.leave(ASKED, actor=jo, now=MONDAY_8AM)
        handover.settle(listed(site)[0].id, actor=jo, now=NOON)

        shown = listed(site, now=NOON + timedelta(days=1))
        forget.run(now=NOON + timedelta(days=91))

        assert shown == []
        assert rows(models.HandoverNote) == []


@pytest.mark.parametrize(
    ("text", "refusal"), [("", NothingWritten), ("x" * (handover.LONGEST + 1), TooLong)]
)
def test_a_note_has_words_and_an_end(
    site: Flask, text: str, refusal: type[NothingWritten | TooLong]
) -> None:
    with site.app_context(), pytest.raises(refusal):
        handover.leave(text, actor=hire(), now=NOON)


def test_the_journal_says_that_a_note_was_left_and_not_what_it_says(site: Flask) -> None:
    with site.app_context():
        handover.leave(ASKED, actor=hire(), now=MONDAY_8AM)

        (line,) = rows(models.JournalEntry, models.JournalEntry.verb == "hand_over")

        assert ASKED not in str(line.change)
