import json
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select, text, update
from sqlalchemy.exc import DBAPIError

from app.content import library
from app.content.checks import Check
from app.content.primer import Primer
from app.domain.primer import PARTS
from app.domain.reading import LETTERS, Progress, heard
from app.domain.record import verify
from app.domain.refusals import PrimerNeeded, TooManyTries, UnknownAnswer, UnknownCode
from app.services import reading
from app.services.reading import Stand, Try
from app.settings import ROOT
from app.storage import readings
from app.storage.database import db, transaction
from app.storage.models import Reading, RecordEntry
from tests.clinics import Guest
from tests.conftest import MONDAY_8AM, StoppedClock

NETWORK = "192.0.2.0/24"
WORDS = ("To walk my dog again.", "Whether it lasts.")


@pytest.fixture
def primer() -> Primer:
    copy = library.Copy(
        folder=ROOT / "primer",
        edition="2026-11-21",
        language="en",
        jurisdiction="us",
        clinic_phone="(865) 555-0142",
        nurse_line=None,
    )
    return library.primer(copy)


@pytest.fixture
def reader(app: Flask, primer: Primer) -> Guest:
    guest = Guest(MONDAY_8AM, way="primer")
    reading.start(visit=guest.visit, primer=primer, answered_by="self", now=MONDAY_8AM)
    return guest


def check_of(primer: Primer, name: str) -> Check:
    page = primer.page_of(name)
    assert page is not None
    assert page.check is not None
    return page.check


def wrong(check: Check) -> str:
    return next(option.key for option in check.options if not option.right)


def answer(guest: Guest, check: Check, option: str, before: int = 0) -> Progress:
    attempt = Try(option=option, before=before)
    return reading.answer_check(check, attempt, visit=guest.visit, now=MONDAY_8AM)


def read_all(guest: Guest, primer: Primer) -> None:
    for page in primer.pages:
        reading.turn_page(page, visit=guest.visit, now=MONDAY_8AM)
    fever = check_of(primer, primer.must_see[0])
    answer(guest, fever, fever.right)


def stand(guest: Guest, primer: Primer, now: datetime = MONDAY_8AM, **answers: str) -> Progress:
    said = Stand(answers=answers, words=WORDS)
    return reading.acknowledge(primer, said, visit=guest.visit, now=now)


def count() -> int:
    return db.session.scalar(select(func.count()).select_from(RecordEntry)) or 0


def record(guest: Guest) -> list[tuple[str, str, dict[str, object]]]:
    reading_id = guest.visit.reading_id
    assert reading_id is not None
    kept = readings.entries(db.session(), reading_id)
    assert verify(kept) is None
    return [(e.clear.kind, e.clear.subject, json.loads(e.payload or b"{}")) for e in kept]


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

    entry = db.session.scalars(select(RecordEntry)).one()
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


def test_each_statement_answered_is_one_entry_with_the_sha_of_its_words(
    reader: Guest, primer: Primer
) -> None:
    read_all(reader, primer)

    progress = stand(reader, primer, K1="understand", K3="talk", K8="skip")

    answered = select(RecordEntry).where(RecordEntry.kind == "statement")
    kept = {entry.subject: entry.shown_sha for entry in db.session.scalars(answered)}
    assert progress.statements == {"K1": "understand", "K3": "talk", "K8": "skip"}
    assert progress.finished
    shas = {item.id: item.sha for item in primer.statements.items}
    assert kept == {name: shas[name] for name in ("K1", "K3", "K8")}


def test_no_answer_at_all_is_an_end_too(reader: Guest, primer: Primer) -> None:
    read_all(reader, primer)

    progress = reading.acknowledge(primer, Stand(answers={}), visit=reader.visit, now=MONDAY_8AM)

    assert progress.finished
    assert [kind for kind, _subject, _said in record(reader)][-1] == "end"


def test_the_same_end_again_adds_nothing_and_another_answer_one_entry_and_an_end(
    reader: Guest, primer: Primer
) -> None:
    read_all(reader, primer)
    stand(reader, primer, K1="understand")
    before = count()

    stand(reader, primer, K1="understand")
    after_the_same = count()
    progress = stand(reader, primer, K1="talk")

    assert after_the_same == before
    assert count() == before + 2
    assert progress.statements == {"K1": "talk"}


@pytest.mark.parametrize("forged", [{"K1": "agree"}, {"K9": "understand"}, {"K1": ""}])
def test_a_forged_statement_answer_keeps_nothing(
    reader: Guest, primer: Primer, forged: dict[str, str]
) -> None:
    read_all(reader, primer)
    said = Stand(answers={"K2": "talk"} | forged)
    before = count()

    with pytest.raises(UnknownAnswer):
        reading.acknowledge(primer, said, visit=reader.visit, now=MONDAY_8AM)

    assert count() == before


def test_the_end_needs_all_parts(reader: Guest, primer: Primer) -> None:
    for page in primer.pages[: PARTS - 1]:
        reading.turn_page(page, visit=reader.visit, now=MONDAY_8AM)

    with pytest.raises(PrimerNeeded):
        stand(reader, primer)


def test_the_end_needs_the_right_answer_on_fever_to_be_seen(reader: Guest, primer: Primer) -> None:
    fever = check_of(primer, primer.must_see[0])
    for page in primer.pages:
        reading.turn_page(page, visit=reader.visit, now=MONDAY_8AM)
    answer(reader, fever, wrong(fever))

    with pytest.raises(PrimerNeeded):
        stand(reader, primer)
    answer(reader, fever, wrong(fever), before=1)

    assert stand(reader, primer).finished


def test_own_words_are_shown_again_and_are_not_readable_in_the_database(
    reader: Guest, primer: Primer
) -> None:
    read_all(reader, primer)

    stand(reader, primer)

    payloads = b"".join(db.session.scalars(select(RecordEntry.payload)))
    assert reading.own_words(reader.visit) == list(WORDS)
    assert b"walk my dog" not in payloads
    assert b"understand" not in payloads


def test_the_end_says_what_the_doctor_goes_over(reader: Guest, primer: Primer) -> None:
    check = check_of(primer, "Q1")
    answer(reader, check, wrong(check))
    read_all(reader, primer)

    stand(reader, primer, K4="talk")

    *_rest, (kind, _subject, said) = record(reader)
    assert kind == "end"
    assert said["go_over"] == ["Q1"]
    assert said["statements"] == {"K4": "talk"}


def test_a_code_has_eight_letters_and_only_its_hash_is_kept(reader: Guest) -> None:
    code = reading.code(reader.visit)

    assert code is not None
    assert len(code) == 8
    assert set(code) <= set(LETTERS)
    kept = db.session.execute(select(Reading.__table__)).one()
    assert code not in str(kept)


def test_a_code_is_heard_however_it_is_typed() -> None:
    assert heard(" abcd-efgh ") == "ABCDEFGH"
    assert heard("oIlO 2345") == "01102345"
    assert heard("ABCD") is None
    assert heard("ABCDEFG!") is None


def test_a_code_opens_the_reading_on_another_device(reader: Guest, primer: Primer) -> None:
    reading.turn_page(primer.page(1), visit=reader.visit, now=MONDAY_8AM)
    code = reading.code(reader.visit)
    assert code is not None
    phone = Guest(MONDAY_8AM)

    typed = f"{code[:4]}-{code[4:]}".lower()
    progress = reading.resume(typed, visit=phone.visit, network=NETWORK, now=MONDAY_8AM)

    assert progress.pages_read == {primer.page(1).id}
    assert phone.visit.reading_id == reader.visit.reading_id
    assert reading.code(phone.visit) == code


def test_a_code_ends_thirty_days_after_the_last_page(
    reader: Guest, primer: Primer, clock: StoppedClock
) -> None:
    later = clock.forward(days=20)
    reading.turn_page(primer.page(1), visit=reader.visit, now=later)
    code = reading.code(reader.visit) or ""

    reading.check_code(code, network=NETWORK, now=later + timedelta(days=30, seconds=-1))
    with pytest.raises(UnknownCode):
        reading.check_code(code, network=NETWORK, now=later + timedelta(days=30))


@pytest.mark.parametrize("typed", ["", "ABCDEFGH", "abcd", "x" * 2000, "\0" * 8])
def test_a_wrong_code_opens_nothing(reader: Guest, typed: str) -> None:
    phone = Guest(MONDAY_8AM)

    with pytest.raises(UnknownCode):
        reading.resume(typed, visit=phone.visit, network=NETWORK, now=MONDAY_8AM)

    assert phone.visit.reading_id is None


REPLACE = (
    "INSERT OR REPLACE INTO record_entry SELECT reading_id, seq, at, kind, 'S9', edition,"
    " shown_sha, language, answered_by, payload, salt, commitment, link FROM record_entry"
)
TAMPERINGS = (
    "UPDATE record_entry SET subject = 'S9'",
    "UPDATE record_entry SET payload = NULL",
    "UPDATE record_entry SET payload = NULL, salt = NULL, kind = 'check'",
    "DELETE FROM record_entry",
    REPLACE,
)


@pytest.mark.parametrize("statement", TAMPERINGS)
def test_t35_the_database_refuses_to_change_or_delete_an_entry(
    reader: Guest, primer: Primer, statement: str
) -> None:
    reading.turn_page(primer.page(1), visit=reader.visit, now=MONDAY_8AM)

    with pytest.raises(DBAPIError), transaction() as session:
        session.execute(text(statement))

    assert [subject for _kind, subject, _said in record(reader)] == [primer.page(1).id]


def test_erasure_takes_the_answers_and_the_chain_still_holds(reader: Guest, primer: Primer) -> None:
    read_all(reader, primer)
    stand(reader, primer, K1="talk")
    before = count()

    with transaction() as session:
        readings.erase(session, [reader.visit.reading_id or ""])

    assert record(reader)
    assert count() == before
    assert set(db.session.scalars(select(RecordEntry.payload))) == {None}
    assert set(db.session.scalars(select(RecordEntry.salt))) == {None}


def test_an_erased_reading_can_be_forgotten_altogether(reader: Guest, primer: Primer) -> None:
    reading.turn_page(primer.page(1), visit=reader.visit, now=MONDAY_8AM)
    reading_id = reader.visit.reading_id or ""
    with transaction() as session:
        session.execute(text("UPDATE visitor SET reading_id = NULL"))
        readings.erase(session, [reading_id])

    with transaction() as session:
        readings.drop(session, [reading_id])

    assert count() == 0
    assert db.session.get(Reading, reading_id) is None


def test_t35_a_byte_changed_behind_the_triggers_is_found(reader: Guest, primer: Primer) -> None:
    for number in (1, 2, 3):
        reading.turn_page(primer.page(number), visit=reader.visit, now=MONDAY_8AM)
    reading_id = reader.visit.reading_id or ""
    second = (RecordEntry.reading_id == reading_id) & (RecordEntry.seq == 2)

    with transaction() as session:
        _without_triggers(session.connection().dialect.name)
        session.execute(update(RecordEntry).where(second).values(shown_sha="forged"))

    db.session.expire_all()
    assert verify(readings.entries(db.session(), reading_id)) == 2


def _without_triggers(dialect: str) -> None:
    on_table = " ON record_entry" if dialect == "postgresql" else ""
    db.session.execute(text(f"DROP TRIGGER record_entry_no_UPDATE{on_table}"))


def test_nobody_guesses_codes_for_long(reader: Guest, primer: Primer) -> None:
    reading.start(visit=reader.visit, primer=primer, answered_by="self", now=MONDAY_8AM)
    code = str(reading.code(reader.visit))
    for _ in range(20):
        with pytest.raises(UnknownCode):
            reading.check_code("WRNG-WRNG", network=NETWORK, now=MONDAY_8AM)

    with pytest.raises(TooManyTries):
        reading.check_code(code, network=NETWORK, now=MONDAY_8AM)

    reading.check_code(code, network="198.51.100.0/24", now=MONDAY_8AM)
    reading.check_code(code, network=NETWORK, now=MONDAY_8AM + timedelta(hours=1))
