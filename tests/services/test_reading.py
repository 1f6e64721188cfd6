"""Reading the primer: pages turned, questions tried, each noted once."""

from dataclasses import replace

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.content.primer import Primer
from app.domain.refusals import PrimerNeeded, UnknownAnswer
from app.services import reading
from app.storage.database import db
from app.storage.models import Reading, RecordEntry
from tests.clinics import Guest
from tests.conftest import MONDAY_8AM
from tests.services.reading import answer, check_of, count, record, wrong


def test_a_reading_begins_with_nothing_read(reader: Guest) -> None:
    progress = reading.find(reader.visit)

    assert progress is not None
    assert progress.pages_read == frozenset()
    assert not progress.finished


def test_beginning_twice_is_one_reading(reader: Guest, primer: Primer) -> None:
    again = reading.start(visit=reader.visit, primer=primer, answered_by="self", now=MONDAY_8AM)

    assert again.reading_id == reader.visit.reading_id
    assert db.session.scalar(select(func.count()).select_from(Reading)) == 1


def test_somebody_without_a_reading_has_no_progress_and_can_record_none(
    app: Flask, primer: Primer
) -> None:
    guest = Guest(MONDAY_8AM)

    assert reading.find(guest.visit) is None
    with pytest.raises(PrimerNeeded):
        reading.turn_page(primer.page(1), visit=guest.visit, now=MONDAY_8AM)


def test_a_page_turned_says_which_words_were_read(reader: Guest, primer: Primer) -> None:
    page = primer.page(5)

    progress = reading.turn_page(page, visit=reader.visit, now=MONDAY_8AM)

    entry = db.session.scalars(select(RecordEntry).where(RecordEntry.kind != "begin")).one()
    assert progress.pages_read == {page.id}
    assert (entry.kind, entry.subject, entry.shown_sha) == ("page", page.id, page.sha)
    assert (entry.edition, entry.language, entry.answered_by) == ("2026-11-21", "en", "self")
    assert entry.at == MONDAY_8AM


def test_a_page_turned_twice_is_noted_once(reader: Guest, primer: Primer) -> None:
    for _ in range(2):
        reading.turn_page(primer.page(1), visit=reader.visit, now=MONDAY_8AM)

    assert count() == 1


def test_a_page_whose_words_changed_since_is_noted_again(reader: Guest, primer: Primer) -> None:
    reading.turn_page(primer.page(1), visit=reader.visit, now=MONDAY_8AM)

    other = replace(primer.page(1), sha="another")
    reading.turn_page(other, visit=reader.visit, now=MONDAY_8AM)

    assert count() == 2


def test_each_try_is_an_entry_with_the_order_that_was_shown(reader: Guest, primer: Primer) -> None:
    check = check_of(primer, "Q1")

    answer(reader, check, wrong(check))
    progress = answer(reader, check, check.right, before=1)

    tries = [said for kind, _subject, said in record(reader) if kind == "check"]
    order = list(reading.order(check, progress))
    assert tries == [
        {"chosen": wrong(check), "right": False, "shown": order, "try": 1},
        {"chosen": check.right, "right": True, "shown": order, "try": 2},
    ]
    assert progress.standing("Q1").answered_right
    assert not progress.standing("Q1").go_over


def test_a_double_click_on_an_answer_is_one_try(reader: Guest, primer: Primer) -> None:
    check = check_of(primer, "Q1")

    answer(reader, check, wrong(check))
    progress = answer(reader, check, wrong(check))

    assert count() == 1
    assert progress.standing("Q1").misses == 1


def test_after_two_misses_the_answer_is_shown_and_no_more_tries_are_noted(
    reader: Guest, primer: Primer
) -> None:
    check = check_of(primer, "Q1")

    answer(reader, check, wrong(check))
    answer(reader, check, wrong(check), before=1)
    progress = answer(reader, check, check.right, before=2)

    assert count() == 2
    assert progress.standing("Q1").shows_answer
    assert progress.go_over == {"Q1"}


@pytest.mark.parametrize("forged", [("z", 0), ("", 0), ("a", 1), ("a", 7)])
def test_an_answer_that_was_not_shown_is_refused_and_nothing_is_kept(
    reader: Guest, primer: Primer, forged: tuple[str, int]
) -> None:
    option, before = forged

    with pytest.raises(UnknownAnswer):
        answer(reader, check_of(primer, "Q1"), option, before=before)

    assert count() == 0


def test_the_order_of_options_stays_the_same_for_one_reading(reader: Guest, primer: Primer) -> None:
    progress = reading.find(reader.visit)
    assert progress is not None
    check = check_of(primer, "Q1")

    orders = {reading.order(check, progress) for _ in range(5)}

    assert len(orders) == 1
    assert sorted(next(iter(orders))) == [option.key for option in check.options]
