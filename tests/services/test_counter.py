from datetime import timedelta

import pytest
from flask import Flask

from app.domain.letter import LetterKind
from app.domain.refusals import AlreadyCancelled, NotAllowed, NotYours
from app.domain.staff import Role
from app.services import counter, letters
from app.storage import models
from app.storage.models import Status
from tests.clinics import OKAFOR, TUESDAY_NOON, days
from tests.conftest import MONDAY_8AM
from tests.desk import appoint
from tests.services.looking import rows, verbs_of
from tests.staffing import hire

FRIDAY, LATER = TUESDAY_NOON + days(3), TUESDAY_NOON + days(4)


def owed() -> list[models.Mail]:
    return rows(models.Mail, models.Mail.kind == LetterKind.COUNTER_DECLINED)


def test_keeping_the_time_owes_a_mail_that_says_so(app: Flask) -> None:
    reference = appoint(sequence=2)

    counter.decline_counter(reference, FRIDAY, actor=hire(), now=MONDAY_8AM)

    (mail,) = owed()
    said = letters.letter(mail.id, base_url="https://x", emergency_number="911", now=MONDAY_8AM)
    assert said is not None
    assert said.sequence == 2
    assert said.interval is not None
    assert said.proposed_interval is not None
    assert said.interval.start == TUESDAY_NOON
    assert said.proposed_interval.start == FRIDAY
    assert said.previous_interval is None
    assert verbs_of(said.appointment_id) == ["keep_time"]


def test_pressing_twice_keeps_it_once(app: Flask) -> None:
    reference, jo = appoint(), hire()

    for _ in range(2):
        counter.decline_counter(reference, FRIDAY, actor=jo, now=MONDAY_8AM)

    assert len(owed()) == 1


def test_a_calendar_may_ask_again_for_another_time(app: Flask) -> None:
    reference, jo = appoint(), hire()

    counter.decline_counter(reference, FRIDAY, actor=jo, now=MONDAY_8AM)
    counter.decline_counter(reference, LATER, actor=jo, now=MONDAY_8AM + timedelta(hours=1))

    assert [mail.previous for mail in owed()] == [FRIDAY.isoformat(), LATER.isoformat()]


def test_whoever_cannot_be_written_to_is_only_noted(app: Flask) -> None:
    reference = appoint(email="")

    counter.decline_counter(reference, FRIDAY, actor=hire(), now=MONDAY_8AM)

    assert owed() == []
    (line,) = rows(models.JournalEntry, models.JournalEntry.verb == "keep_time")
    assert line.appointment_id


def test_a_cancelled_appointment_has_no_time_to_keep(app: Flask) -> None:
    reference = appoint(status=Status.CANCELLED)

    with pytest.raises(AlreadyCancelled):
        counter.decline_counter(reference, FRIDAY, actor=hire(), now=MONDAY_8AM)

    assert owed() == []


def test_t12_a_doctor_keeps_no_time_of_a_colleague(app: Flask) -> None:
    reference = appoint()
    okafor = hire(Role.CLINICIAN, clinician_id=OKAFOR)

    with pytest.raises((NotYours, NotAllowed)):
        counter.decline_counter(reference, FRIDAY, actor=okafor, now=MONDAY_8AM)

    assert owed() == []
