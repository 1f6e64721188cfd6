"""A code that opens a reading on another device."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.content.primer import Primer
from app.domain.reading import LETTERS, heard
from app.domain.refusals import TooManyTries, UnknownCode
from app.services import reading
from app.storage.database import db
from app.storage.models import Reading
from tests.clinics import Guest
from tests.conftest import MONDAY_8AM, StoppedClock

NETWORK = "192.0.2.0/24"


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


def test_nobody_guesses_codes_for_long(reader: Guest, primer: Primer) -> None:
    reading.start(visit=reader.visit, primer=primer, answered_by="self", now=MONDAY_8AM)
    for _ in range(20):
        with pytest.raises(UnknownCode):
            reading.check_code("WRNG-WRNG", network=NETWORK, now=MONDAY_8AM)

    with pytest.raises(TooManyTries):
        reading.check_code("WRNG-WRNG", network=NETWORK, now=MONDAY_8AM)

    with pytest.raises(UnknownCode):
        reading.check_code("WRNG-WRNG", network="198.51.100.0/24", now=MONDAY_8AM)
    with pytest.raises(UnknownCode):
        reading.check_code("WRNG-WRNG", network=NETWORK, now=MONDAY_8AM + timedelta(hours=1))


def test_a_right_code_is_taken_after_somebody_elses_wrong_ones_but_not_for_ever(
    reader: Guest, primer: Primer
) -> None:
    reading.start(visit=reader.visit, primer=primer, answered_by="self", now=MONDAY_8AM)
    code = str(reading.code(reader.visit))
    heard_at = []

    for number in range(1, 103):
        try:
            typed = code if number % 10 == 0 or number > 98 else "WRNG-WRNG"
            reading.check_code(typed, network=NETWORK, now=MONDAY_8AM)
            heard_at.append(number)
        except (UnknownCode, TooManyTries):
            pass

    assert heard_at == [*range(10, 100, 10), 99, 100]
    phone = Guest(MONDAY_8AM)
    with pytest.raises(TooManyTries):
        reading.resume(code, visit=phone.visit, network=NETWORK, now=MONDAY_8AM)
    assert phone.visit.reading_id is None


def test_nobody_counts_the_clinics_own_tries(reader: Guest, primer: Primer) -> None:
    reading.start(visit=reader.visit, primer=primer, answered_by="self", now=MONDAY_8AM)
    code = str(reading.code(reader.visit))

    for _ in range(101):
        with pytest.raises(UnknownCode):
            reading.check_code("WRNG-WRNG", network=None, now=MONDAY_8AM)

    assert reading.check_code(code, network=None, now=MONDAY_8AM) == "en"
