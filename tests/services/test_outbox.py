from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import insert

from app.services import outbox, readiness
from app.storage import models
from app.storage.database import db
from app.storage.models import MailState
from tests.clinics import Guest
from tests.conftest import MONDAY_8AM, StoppedClock
from tests.services.looking import everything, rows, statements

MINUTE = timedelta(minutes=1)
ONE, OTHER = "worker one", "worker two"


def owe(due: datetime = MONDAY_8AM, number: int = 1) -> list[int]:
    """Owe some mails; return their ids."""
    mail = {
        "kind": "link_requested", "language": "en", "owed_at": due, "due_at": due,
        "next_try_at": due, "recipient": b"sealed",
    }  # fmt: skip
    for _ in range(number):
        db.session.execute(insert(models.Mail).values(**mail))
    db.session.commit()
    return [row.id for row in sorted(rows(models.Mail), key=lambda row: row.id)]


@pytest.fixture
def mail_id(app: Flask) -> int:
    return owe()[0]


def row() -> models.Mail:
    (found,) = rows(models.Mail)
    only: models.Mail = found
    return only


def lease(now: datetime = MONDAY_8AM, owner: str = ONE) -> int | None:
    found = outbox.lease(now=now, owner=owner)
    return found.id if found else None


def test_what_waits_longest_is_taken_first(app: Flask) -> None:
    later, sooner = owe(MONDAY_8AM)[0], owe(MONDAY_8AM - MINUTE)[1]

    assert [lease(), lease(), lease()] == [sooner, later, None]


def test_what_is_not_due_is_not_taken(app: Flask) -> None:
    owe(MONDAY_8AM + MINUTE)

    assert lease() is None
    assert lease(MONDAY_8AM + MINUTE) is not None


def test_a_mail_taken_by_one_worker_is_not_taken_by_another(mail_id: int) -> None:
    assert (lease(owner=ONE), lease(owner=OTHER)) == (mail_id, None)


def test_f03_what_a_dead_worker_took_is_taken_again_after_five_minutes(mail_id: int) -> None:
    lease(owner=ONE)

    assert lease(MONDAY_8AM + 4 * MINUTE, OTHER) is None
    assert lease(MONDAY_8AM + 5 * MINUTE, OTHER) == mail_id
    assert row().attempts == 2


def test_f04_a_worker_that_comes_back_too_late_records_nothing(mail_id: int) -> None:
    lease(owner=ONE)
    lease(MONDAY_8AM + 5 * MINUTE, OTHER)

    outbox.handed_over(mail_id, ONE, sender="book@x.example", now=MONDAY_8AM + 6 * MINUTE)
    assert row().state == MailState.OWED

    outbox.handed_over(mail_id, OTHER, sender="book@x.example", now=MONDAY_8AM + 6 * MINUTE)
    assert row().state == MailState.HANDED_OVER


def test_a_mail_that_left_is_recorded_and_its_address_forgotten(mail_id: int) -> None:
    lease()

    outbox.handed_over(mail_id, ONE, sender="book@x.example", now=MONDAY_8AM)

    left = row()
    assert (left.state, left.handed_over_at) == (MailState.HANDED_OVER, MONDAY_8AM)
    assert (left.recipient, left.leased_by) == (None, None)
    assert lease(MONDAY_8AM + timedelta(days=9)) is None


def test_each_fault_makes_the_next_try_wait_longer(mail_id: int, clock: StoppedClock) -> None:
    waits = []
    for _ in range(5):
        assert lease(clock.now) == mail_id
        outbox.failed(mail_id, ONE, "421 busy", permanent=False, now=clock.now)
        waits.append(row().next_try_at - clock.now)
        clock.now = row().next_try_at

    for wait, minutes in zip(waits, (1, 5, 15, 60, 60), strict=True):
        assert minutes * MINUTE <= wait <= 1.1 * minutes * MINUTE
    assert row().fault == "421 busy"


def test_after_a_day_of_faults_it_is_given_up_and_stays_to_be_seen(mail_id: int) -> None:
    late = MONDAY_8AM + timedelta(hours=24, seconds=1)
    lease(late)

    outbox.failed(mail_id, ONE, "timeout", permanent=False, now=late)

    assert row().state == MailState.REFUSED
    (line,) = outbox.listing()
    assert (line.state, line.fault, line.attempts) == ("refused", "timeout", 1)
    assert "recipient" not in line.__slots__


def test_what_was_refused_for_good_is_not_tried_again(mail_id: int) -> None:
    lease()

    outbox.failed(mail_id, ONE, "550 no such user", permanent=True, now=MONDAY_8AM)

    assert row().state == MailState.REFUSED
    assert lease(MONDAY_8AM + timedelta(days=1)) is None


def test_a_fault_of_a_mail_taken_back_meanwhile_changes_nothing(mail_id: int) -> None:
    lease()
    outbox.withdraw(mail_id, ONE)

    outbox.failed(mail_id, ONE, "timeout", permanent=False, now=MONDAY_8AM)

    assert (row().state, row().fault) == (MailState.WITHDRAWN, None)


def test_a_worker_without_work_writes_nothing(app: Flask) -> None:
    Guest(MONDAY_8AM)
    before = everything()
    db.session.rollback()

    with statements() as asked:
        assert lease() is None

    assert len(asked) == 1
    assert everything() == before


def test_a_mail_that_waits_for_an_hour_is_told_to_whoever_watches(mail_id: int) -> None:
    assert "mail_late" not in readiness.check(now=MONDAY_8AM + timedelta(hours=1))
    assert "mail_late" in readiness.check(now=MONDAY_8AM + timedelta(hours=1, seconds=1))
    assert readiness.mail_age(now=MONDAY_8AM + timedelta(hours=1)) == 3600.0


def test_t42_a_worker_whose_clock_is_ahead_takes_nothing_from_one_at_work(mail_id: int) -> None:
    lease(MONDAY_8AM, ONE)

    assert lease(MONDAY_8AM + timedelta(seconds=20), OTHER) is None
