"""Who looked: written down once, and told to the owners when it is more than a day's work."""

from datetime import timedelta

import pytest

from app.domain.letter import LetterKind
from app.domain.refusals import NotAllowed
from app.domain.staff import Role, Staff
from app.services import looked
from app.storage import models
from tests.clinics import TUESDAY_NOON
from tests.conftest import MONDAY_8AM
from tests.desk import appoint
from tests.services.looking import booked, rows
from tests.staffing import hire

MINUTE = timedelta(minutes=1)


def see(jo: Staff, appointment_id: str, after: timedelta = MINUTE) -> None:
    looked.note("see", actor=jo, appointment_id=appointment_id, now=MONDAY_8AM + after)


def patients(number: int) -> list[str]:
    return [booked(appoint(TUESDAY_NOON + timedelta(hours=number))).id for number in range(number)]


def mails() -> list[str | None]:
    return [
        mail.staff_id for mail in rows(models.Mail, models.Mail.kind == LetterKind.STAFF_LOOKED)
    ]


def test_t36_looking_again_within_ten_minutes_is_one_look(jo: Staff) -> None:
    (marian,) = patients(1)

    for minutes in (0, 1, 9):
        see(jo, marian, minutes * MINUTE)
    see(jo, marian, 11 * MINUTE)

    assert len(rows(models.JournalEntry)) == 2


def test_t36_each_person_and_each_record_is_a_look_of_its_own(jo: Staff) -> None:
    marian, ada = patients(2)
    see(jo, marian)
    see(jo, ada)
    see(hire(), marian)

    assert len(rows(models.JournalEntry)) == 3


def test_t36_the_same_search_is_one_look_and_another_is_another(jo: Staff) -> None:
    for typed in ("a", "b", "a"):
        looked.note("find", actor=jo, now=MONDAY_8AM, sought=typed)

    assert len(rows(models.JournalEntry)) == 2


def test_t36_whoever_opens_a_hundred_records_in_an_hour_is_told_to_the_owners(jo: Staff) -> None:
    mira, ben = hire(Role.OWNER), hire(Role.OWNER)
    found = patients(102)
    for number, one in enumerate(found[:99]):
        see(jo, one, number * timedelta(seconds=30))
    before = mails()

    for one in found[99:]:
        see(jo, one, 55 * MINUTE)

    assert before == []
    assert sorted(str(one) for one in mails()) == sorted([mira.id, ben.id])
    (line,) = rows(models.JournalEntry, models.JournalEntry.verb == looked.MANY_LOOKS)
    assert line.change == {"staff": jo.id}


def test_t36_a_hundred_records_in_a_day_are_a_days_work(jo: Staff) -> None:
    hire(Role.OWNER)

    for number, one in enumerate(patients(101)):
        see(jo, one, number * 2 * MINUTE)

    assert mails() == []


def test_t36_only_who_may_read_the_journal_sees_who_looked(jo: Staff) -> None:
    with pytest.raises(NotAllowed):
        looked.sums(jo, after=MONDAY_8AM, until=MONDAY_8AM + MINUTE)
