"""What becomes of guides that stay open: reminded of, told, given back."""

from datetime import timedelta

import pytest

from app.content.primer import Primer
from app.domain.refusals import NotAllowed, UnknownAnswer
from app.domain.setting import SettingChanged
from app.domain.staff import Role, Staff
from app.domain.to_read import DaysUnclear
from app.services import (
    cancelling,
    letters,
    to_read_rule,
)
from app.services import clinic as clinics
from app.storage import models
from tests.clinics import TUESDAY_NOON, Guest, days
from tests.conftest import MONDAY_8AM
from tests.services.looking import booked, mails_of, rows, verbs_of
from tests.services.reading import read_all, stand
from tests.services.to_read import begin, book, choose, hand_over, open_
from tests.staffing import hire

HOUR = timedelta(hours=1)
IN_THREE_WEEKS = TUESDAY_NOON + days(21)
ASKED = "guide_to_read"


@pytest.fixture
def reference(jo: Staff) -> str:
    """Give an appointment that the desk booked three weeks ahead; its guide goes by mail."""
    return book(jo)


def test_somebody_is_reminded_a_week_three_days_and_a_day_before_and_each_once(
    reference: str,
) -> None:
    for hours in range(0, 22 * 24, 6):
        to_read_rule.look_after(now=MONDAY_8AM + hours * HOUR)

    asked = [hours for kind, hours, _state in mails_of(booked(reference).id) if kind == ASKED]
    assert asked == [168, 72, 24]


def test_a_reminder_that_was_overtaken_by_reading_is_not_sent(
    reference: str, primer: Primer
) -> None:
    to_read_rule.look_after(now=IN_THREE_WEEKS - 168 * HOUR)
    guest = Guest(MONDAY_8AM, way="primer")
    begin(guest, reference, primer)
    read_all(guest, primer)
    stand(guest, primer)
    (mail,) = rows(models.Mail, models.Mail.kind == ASKED)

    letter = letters.letter(
        mail.id, base_url="https://x", emergency_number="911", now=IN_THREE_WEEKS - 167 * HOUR
    )

    assert letter is None


def test_the_mails_before_say_where_to_read_and_from_when_the_time_is_given_back(
    reference: str,
) -> None:
    choose("release", 3)
    mail = min(rows(models.Mail), key=lambda one: one.id)

    letter = letters.letter(mail.id, base_url="https://x", emergency_number="911", now=MONDAY_8AM)

    assert letter is not None
    assert letter.guide_link == f"{letter.link}?to=guide"
    assert letter.read_until == IN_THREE_WEEKS - days(3)


def test_the_desk_is_told_the_working_day_before_and_not_earlier(jo: Staff, reference: str) -> None:
    monday_before = IN_THREE_WEEKS - days(1)

    to_read_rule.look_after(now=monday_before - days(1))
    before = [one.due for one in open_(jo, monday_before - days(1))]
    for _ in range(2):
        to_read_rule.look_after(now=monday_before)

    assert before == [False]
    assert [one.due for one in open_(jo, monday_before)] == [True]
    assert verbs_of(booked(reference).id).count("guide_told") == 1


def test_the_working_day_before_a_monday_is_friday(jo: Staff) -> None:
    book(jo, day=6)  # a Monday
    friday = TUESDAY_NOON + days(3)

    assert [one.due for one in open_(jo, friday - days(1))] == [False]
    assert [one.due for one in open_(jo, friday)] == [True]


def test_a_clinic_that_keeps_them_tells_nobody(jo: Staff, reference: str) -> None:
    choose("keep")

    to_read_rule.look_after(now=IN_THREE_WEEKS - HOUR)

    assert "guide_told" not in verbs_of(booked(reference).id)
    assert [one.due for one in open_(jo, IN_THREE_WEEKS - HOUR)] == [False]


def test_a_clinic_that_releases_them_says_so_and_can_bring_it_back(
    jo: Staff, reference: str
) -> None:
    choose("release", 3)
    hand_over(reference)

    to_read_rule.look_after(now=IN_THREE_WEEKS - days(3) - HOUR)
    assert booked(reference).status == "booked"
    to_read_rule.look_after(now=IN_THREE_WEEKS - days(3))

    made = booked(reference)
    assert made.status == "cancelled"
    (mail,) = rows(models.Mail, models.Mail.kind == "appointment_cancelled")
    letter = letters.letter(
        mail.id, base_url="https://x", emergency_number="911", now=IN_THREE_WEEKS - days(3)
    )
    assert letter is not None
    assert letter.unread
    cancelling.restore(
        reference, revision=made.revision, actor=jo, clinic=clinics.load(),
        now=IN_THREE_WEEKS - days(3),
    )  # fmt: skip
    assert booked(reference).status == "booked"


def test_nobody_loses_a_time_whose_mails_left_before_the_rule_or_not_at_all(
    jo: Staff, reference: str
) -> None:
    hand_over(reference, at=MONDAY_8AM - HOUR)
    choose("release", 3)

    to_read_rule.look_after(now=IN_THREE_WEEKS - days(1))

    assert booked(reference).status == "booked"
    assert "guide_told" in verbs_of(booked(reference).id)


def test_nobody_loses_a_time_of_which_no_mail_could_warn_them(jo: Staff) -> None:
    choose("release", 3)
    without = book(jo, email="")

    to_read_rule.look_after(now=IN_THREE_WEEKS - days(1))

    assert booked(without).status == "booked"
    assert "guide_told" in verbs_of(booked(without).id)


def test_nobody_loses_a_time_that_was_booked_too_late_to_read(jo: Staff) -> None:
    choose("release", 3)
    reference = book(jo, day=2)

    to_read_rule.look_after(now=TUESDAY_NOON + days(2) - HOUR)

    assert booked(reference).status == "booked"


def test_the_rule_is_the_owners_to_choose(jo: Staff) -> None:
    with pytest.raises(NotAllowed):
        to_read_rule.choose("keep", 2, seen="tell-2", actor=jo, now=MONDAY_8AM)
    with pytest.raises(UnknownAnswer):
        choose("perhaps")
    with pytest.raises(DaysUnclear):
        choose("release", 0)
    choose("release", 5)
    choose("release", 5)

    clinic = clinics.load()
    assert (clinic.guide_rule, clinic.guide_days) == ("release", 5)
    (line,) = rows(models.JournalEntry)
    assert line.change == {"changed": {"guide_rule": ["tell", "release"], "guide_days": [2, 5]}}


def test_whoever_saw_another_rule_is_told(jo: Staff) -> None:
    choose("keep")

    with pytest.raises(SettingChanged):
        to_read_rule.choose("release", 3, seen="tell-2", actor=hire(Role.OWNER), now=MONDAY_8AM)

    assert clinics.load().guide_rule == "keep"
