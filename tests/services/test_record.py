"""The education record: written on, erased, and found out when it is changed."""

import json

import pytest
from sqlalchemy import select, text, update
from sqlalchemy.exc import DBAPIError

from app.content.build import build
from app.content.primer import Primer
from app.domain.record import verify
from app.domain.summary import Miss
from app.services import reading
from app.services.record import brief_of
from app.storage import readings
from app.storage.database import db, transaction
from app.storage.models import Reading, RecordEntry
from tests.clinics import Guest
from tests.conftest import MONDAY_8AM
from tests.services.reading import WORDS, answer, check_of, count, read_all, record, stand, wrong

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


def test_a_record_begins_with_all_that_could_be_shown_and_by_which_program(
    reader: Guest, primer: Primer
) -> None:
    reading_id = reader.visit.reading_id or ""

    (begin,) = readings.entries(db.session(), reading_id)
    row = db.session.get_one(Reading, reading_id)

    assert (begin.clear.kind, begin.clear.subject) == ("begin", "us")
    assert begin.clear.shown_sha == primer.sha == row.bundle_sha
    assert json.loads(begin.payload or b"") == {"build": build(), "words": primer.clinic_words}
    assert (row.build, row.words) == (build(), primer.clinic_words)


def test_a_record_knows_where_it_ends(reader: Guest, primer: Primer) -> None:
    read_all(reader, primer)
    row = db.session.get_one(Reading, reader.visit.reading_id)
    kept = readings.entries(db.session(), row.id)

    assert (row.length, row.head) == (len(kept), kept[-1].link)
    assert readings.seal_holds(db.session(), row)
    row.length -= 1
    assert not readings.seal_holds(db.session(), row)
    db.session.rollback()


def test_the_doctor_learns_what_was_missed_and_what_to_talk_about(
    reader: Guest, primer: Primer
) -> None:
    q1 = check_of(primer, "Q1")
    answer(reader, q1, wrong(q1))
    answer(reader, q1, q1.right, before=1)
    q2 = check_of(primer, "Q2")
    for before in range(2):
        answer(reader, q2, wrong(q2), before)
    read_all(reader, primer)
    stand(reader, primer, K1="talk", K2="skip", K3="understand")
    stand(reader, primer, K1="understand", K3="talk")

    told = brief_of(reader.visit.reading_id or "")

    assert told is not None
    assert [part.page for part in told.parts] == [page.id for page in primer.pages]
    assert {part.at for part in told.parts} == {MONDAY_8AM}
    assert told.missed == (
        Miss(check="Q1", chosen=(wrong(q1),), answered_right=True, go_over=False),
        Miss(check="Q2", chosen=(wrong(q2),) * 2, answered_right=False, go_over=True),
    )
    assert (told.to_talk_about, told.skipped, told.understood) == (("K3",), ("K2",), ("K1",))
    assert told.own_words == WORDS
    assert told.go_over == ("Q2",)
    assert told.finished_at == MONDAY_8AM


def test_of_an_erased_reading_the_doctor_learns_no_answer(reader: Guest, primer: Primer) -> None:
    read_all(reader, primer)
    stand(reader, primer, K1="talk")
    with transaction() as session:
        readings.erase(session, [reader.visit.reading_id or ""])

    told = brief_of(reader.visit.reading_id or "")

    assert told is not None
    assert (told.missed, told.to_talk_about, told.own_words, told.go_over) == ((), (), (), ())


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
    third = (RecordEntry.reading_id == reading_id) & (RecordEntry.seq == 3)

    with transaction() as session:
        _without_triggers(session.connection().dialect.name)
        session.execute(update(RecordEntry).where(third).values(shown_sha="forged"))

    db.session.expire_all()
    assert verify(readings.entries(db.session(), reading_id)) == 3


def _without_triggers(dialect: str) -> None:
    on_table = " ON record_entry" if dialect == "postgresql" else ""
    db.session.execute(text(f"DROP TRIGGER record_entry_no_UPDATE{on_table}"))
