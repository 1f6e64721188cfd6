"""Whose time the rule for unread guides leaves alone: moved, brought back, to be called."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import update

from app.domain.staff import Staff
from app.services import cancelling, desk_moving, letters, to_read, to_read_rule
from app.services import clinic as clinics
from app.storage import models
from app.storage.database import db
from tests.clinics import CONSULTATION, TUESDAY_NOON, Guest, days, wish
from tests.conftest import MONDAY_8AM
from tests.services.looking import booked, mails_of, rows, verbs_of
from tests.services.to_read import book, choose, hand_over, link_of

HOUR = timedelta(hours=1)
A_WEEK_ON = TUESDAY_NOON + days(7)
IN_THREE_WEEKS = TUESDAY_NOON + days(21)


@pytest.fixture
def reference(jo: Staff) -> str:
    """Give a visit three weeks ahead, of a clinic that gives unread ones back; its mail left."""
    choose("release", 3)
    made = book(jo)
    hand_over(made)
    return made


def move(reference: str, start: datetime, actor: Staff, *, now: datetime) -> None:
    """Move it at the desk; the mail that says so leaves at once."""
    desk_moving.move(
        reference, wish(start, visit_type_id=CONSULTATION), revision=booked(reference).revision,
        actor=actor, clinic=clinics.load(), now=now,
    )  # fmt: skip
    moved = update(models.Mail).where(models.Mail.kind == "appointment_moved")
    db.session.execute(moved.values(handed_over_at=now))
    db.session.commit()


def restore(reference: str, actor: Staff, *, now: datetime) -> None:
    cancelling.restore(
        reference, revision=booked(reference).revision, actor=actor, clinic=clinics.load(), now=now
    )


def test_nobody_loses_a_time_that_the_desk_just_moved_them_to(jo: Staff, reference: str) -> None:
    move(reference, A_WEEK_ON + days(2), jo, now=A_WEEK_ON)

    for hours in (0.25, 25, 47):
        to_read_rule.look_after(now=A_WEEK_ON + hours * HOUR)

    assert booked(reference).status == "booked"
    assert "guide_told" in verbs_of(booked(reference).id)


def test_the_mail_about_a_near_new_date_names_no_day_that_is_gone(
    jo: Staff, reference: str
) -> None:
    move(reference, A_WEEK_ON + days(2), jo, now=A_WEEK_ON)
    (mail,) = rows(models.Mail, models.Mail.kind == "appointment_moved")

    letter = letters.letter(mail.id, base_url="https://x", emergency_number="911", now=A_WEEK_ON)

    assert letter is not None
    assert letter.read_until is None


def test_a_moved_time_is_given_back_only_after_its_own_mail_warned(
    jo: Staff, reference: str
) -> None:
    move(reference, TUESDAY_NOON + days(14), jo, now=TUESDAY_NOON)
    unsent = update(models.Mail).where(models.Mail.kind == "appointment_moved")
    db.session.execute(unsent.values(handed_over_at=None))
    db.session.commit()
    to_read_rule.look_after(now=TUESDAY_NOON + days(12))
    assert booked(reference).status == "booked"

    db.session.execute(unsent.values(handed_over_at=TUESDAY_NOON))
    db.session.commit()
    to_read_rule.look_after(now=TUESDAY_NOON + days(12))

    assert booked(reference).status == "cancelled"


def test_what_the_desk_brought_back_is_not_given_away_again(jo: Staff, reference: str) -> None:
    released = IN_THREE_WEEKS - days(3)
    to_read_rule.look_after(now=released)
    assert booked(reference).status == "cancelled"
    restore(reference, jo, now=released)

    for hours in (0.25, 25, 71):
        to_read_rule.look_after(now=released + hours * HOUR)

    assert booked(reference).status == "booked"


def test_what_was_brought_back_stays_also_under_a_later_date_of_the_rule(
    jo: Staff, reference: str
) -> None:
    choose("release", 14)
    db.session.execute(update(models.Mail).values(handed_over_at=MONDAY_8AM))
    db.session.commit()
    to_read_rule.look_after(now=IN_THREE_WEEKS - days(14))
    assert booked(reference).status == "cancelled"
    restore(reference, jo, now=IN_THREE_WEEKS - days(14))
    sent = update(models.Mail).where(models.Mail.sequence == 2)
    db.session.execute(sent.values(handed_over_at=IN_THREE_WEEKS - days(13)))
    db.session.commit()

    choose("release", 3)
    to_read_rule.look_after(now=IN_THREE_WEEKS - days(3))

    assert booked(reference).status == "booked"


def test_whoever_was_told_not_to_wait_is_not_reminded_and_keeps_their_time(
    jo: Staff, reference: str
) -> None:
    guest = Guest(MONDAY_8AM, way="primer")
    guest.open_link(link_of(reference))
    to_read.stop(reference, actor=guest.actor, now=MONDAY_8AM)

    for day in range(22):
        to_read_rule.look_after(now=MONDAY_8AM + days(day))

    made = booked(reference)
    assert made.status == "booked"
    assert "guide_to_read" not in {kind for kind, _hours, _state in mails_of(made.id)}


def test_whoever_was_called_keeps_their_time_and_is_looked_after(jo: Staff, reference: str) -> None:
    guest = Guest(MONDAY_8AM, way="primer")
    guest.open_link(link_of(reference))
    to_read.stop(reference, actor=guest.actor, now=MONDAY_8AM)
    to_read.called(reference, actor=jo, now=MONDAY_8AM)

    to_read_rule.look_after(now=IN_THREE_WEEKS - days(1))

    assert booked(reference).status == "booked"
    assert "guide_told" in verbs_of(booked(reference).id)
