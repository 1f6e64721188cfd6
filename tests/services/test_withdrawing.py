"""Taking a record back."""

import pytest
from sqlalchemy import select

from app.content.primer import Primer
from app.domain.refusals import NotYours, UnknownCode, UnlockNeeded
from app.services import appointment, proof, reading, withdrawing
from app.services.record import brief_of
from app.storage.database import db
from app.storage.models import JournalEntry, Reading, ReadingCount, RecordEntry
from tests.clinics import Guest, person
from tests.conftest import MONDAY_8AM
from tests.services.editions import TODAY
from tests.services.reading import read_all, stand

NETWORK = "192.0.2.0/24"


@pytest.fixture
def booked(reader: Guest, primer: Primer) -> str:
    """Give the reference of somebody who read to the end, booked and gave the birth date."""
    read_all(reader, primer)
    stand(reader, primer, K1="talk", K2="skip", K3="understand")
    who = person()
    reference = reader.book(who=who)
    appointment.unlock(reference, who.birth_date, actor=reader.actor, now=MONDAY_8AM)
    return reference


def test_what_was_answered_goes_and_the_record_still_holds(reader: Guest, booked: str) -> None:
    withdrawing.withdraw(booked, actor=reader.actor, now=MONDAY_8AM)

    left = select(RecordEntry.kind).where(RecordEntry.payload.is_not(None))
    assert list(db.session.scalars(left)) == ["withdrawn"]
    assert proof.check(TODAY, booked) == []
    told = brief_of(db.session.scalars(select(Reading.id)).one())
    assert told is not None
    assert (told.withdrawn_at, told.to_talk_about) == (MONDAY_8AM, ())


def test_withdrawing_twice_is_withdrawing_once(reader: Guest, booked: str) -> None:
    for _ in range(2):
        withdrawing.withdraw(booked, actor=reader.actor, now=MONDAY_8AM)

    noted = select(JournalEntry).where(JournalEntry.verb == "withdraw")
    assert len(list(db.session.scalars(noted))) == 1
    assert (
        len(list(db.session.scalars(select(RecordEntry).where(RecordEntry.kind == "withdrawn"))))
        == 1
    )


def test_the_counts_stay(reader: Guest, booked: str) -> None:
    withdrawing.withdraw(booked, actor=reader.actor, now=MONDAY_8AM)

    kept = {row.key: row.count for row in db.session.scalars(select(ReadingCount))}
    assert kept["started"] == kept["finished"] == kept["talk:K1"] == kept["skip:K2"] == 1
    assert "talk:K3" not in kept


def test_a_reading_taken_back_is_not_gone_on_with(reader: Guest, booked: str) -> None:
    code = reading.code(reader.visit)
    assert code is not None

    withdrawing.withdraw(booked, actor=reader.actor, now=MONDAY_8AM)

    assert reader.visit.reading_id is None
    with pytest.raises(UnknownCode):
        reading.check_code(code, network=NETWORK, now=MONDAY_8AM)


def test_only_whoever_gave_the_birth_date_may(reader: Guest, primer: Primer) -> None:
    reference = reader.book()

    with pytest.raises(UnlockNeeded):
        withdrawing.withdraw(reference, actor=reader.actor, now=MONDAY_8AM)
    with pytest.raises(NotYours):
        withdrawing.withdraw(reference, actor=Guest(MONDAY_8AM).actor, now=MONDAY_8AM)
