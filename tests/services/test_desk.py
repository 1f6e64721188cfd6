"""The day and the week as the desk sees them."""

from datetime import date, datetime, time, timedelta

import pytest
from flask import Flask
from sqlalchemy import insert, update

from app.domain.desk import Board
from app.domain.refusals import NotYours
from app.domain.staff import Role, Staff
from app.services import clinic as clinics
from app.services import desk
from app.storage import models
from app.storage.database import db
from app.storage.models import MailState, Status
from tests.clinics import (
    CONSULTATION,
    KNOXVILLE,
    NASHVILLE,
    OKAFOR,
    RIVERA,
    TUESDAY_NOON,
    Guest,
    days,
    wish,
)
from tests.conftest import MONDAY_8AM
from tests.desk import appoint
from tests.services.looking import booked, clinic_changed
from tests.staffing import hire

TUESDAY = date(2027, 3, 2)
HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)


def see(actor: Staff, on: date = TUESDAY, location_id: int | None = None) -> Board:
    return desk.day(on, location_id=location_id, actor=actor, clinic=clinics.load(), now=MONDAY_8AM)


def week(actor: Staff, clinician_id: int = RIVERA, of: date = TUESDAY) -> Board:
    return desk.week(of, clinician_id, actor=actor, clinic=clinics.load(), now=MONDAY_8AM)


def close(**values: object) -> None:
    closure = {"kind": "leave", "note": "Conference"} | values
    db.session.execute(insert(models.Closure).values(**closure))
    clinic_changed()


def noon(hour: int = 12, minute: int = 0) -> datetime:
    """Give a time on the wall of Knoxville that Tuesday."""
    return datetime.combine(TUESDAY, time(hour, minute))


def test_all_doctors_of_a_day_stand_side_by_side(jo: Staff) -> None:
    reference = appoint(name="Ada Abbott")

    board = see(jo)

    assert [column.clinician_id for column in board.columns] == [RIVERA, OKAFOR]
    assert [(one.reference, one.name) for one in board.planned] == [(reference, "Ada Abbott")]
    assert (board.first_hour, board.until_hour) == (9, 18)  # Nashville's clock is an hour behind


def test_a_time_held_online_stands_there_and_says_until_when(jo: Staff, guest: Guest) -> None:
    hold = guest.hold(wish(TUESDAY_NOON))

    (held,) = see(jo).planned

    assert (held.status, held.name, held.hold_until) == (Status.HELD, "", hold.until)


def test_a_hold_that_ran_out_is_gone(jo: Staff, guest: Guest) -> None:
    guest.hold(wish(TUESDAY_NOON))

    later = desk.day(TUESDAY, actor=jo, clinic=clinics.load(), now=MONDAY_8AM + HOUR)

    assert later.planned == []


def test_the_turnaround_after_a_visit_is_nobodys(jo: Staff) -> None:
    appoint(visit_type_id=CONSULTATION)

    column = see(jo).columns[0]

    after = column.planned[0].after
    assert after is not None
    assert after.end - after.start == 15 * MINUTE
    assert [free.start for free in column.free] == [TUESDAY_NOON - 3 * HOUR, after.end]


def test_a_cancelled_visit_leaves_its_time_free(jo: Staff) -> None:
    appoint(status=Status.CANCELLED, cancelled_at=MONDAY_8AM)

    assert see(jo).planned == []
    assert len(see(jo).columns[0].free) == 1


def test_a_closure_shows_its_note_and_what_lies_around_it_is_free(jo: Staff) -> None:
    close(clinician_id=RIVERA, starts=noon(), ends=noon(13))

    column = see(jo).columns[0]

    named = [one for one in column.shut if one.why]
    assert [(one.why, one.span.start, one.span.end) for one in named] == [
        ("Conference", TUESDAY_NOON, TUESDAY_NOON + HOUR)
    ]
    assert len(column.free) == 2


def test_time_outside_the_hours_is_shut_without_a_reason(jo: Staff) -> None:
    column = see(jo).columns[0]

    assert [one.why for one in column.shut] == [""]
    assert column.shut[0].span.start == TUESDAY_NOON + 5 * HOUR  # from five on: Nashville is open


def test_a_doctor_who_is_away_is_named_with_the_reason(jo: Staff) -> None:
    close(clinician_id=OKAFOR, starts=noon(0), ends=noon(23, 55) + 5 * MINUTE)

    board = see(jo)

    assert [column.clinician_id for column in board.columns] == [RIVERA]
    assert [(one.clinician_id, one.why) for one in board.away] == [(OKAFOR, "Conference")]


def test_an_appointment_in_closed_time_is_still_seen(jo: Staff) -> None:
    reference = appoint()
    close(starts=noon(0), ends=noon(23))

    (column,) = see(jo).columns

    assert [one.reference for one in column.planned] == [reference]
    assert column.free == ()


def test_hours_of_this_day_only_are_called_extra(jo: Staff) -> None:
    saturday = date(2027, 3, 6)
    opening = {"clinician_id": RIVERA, "location_id": KNOXVILLE, "day": saturday}
    db.session.execute(insert(models.Opening).values(**opening, from_minute=540, until_minute=720))
    clinic_changed()

    (column,) = see(jo, saturday).columns

    assert column.extra
    assert [one.clinician_id for one in see(jo, saturday).away] == [OKAFOR]


def test_a_place_shows_who_is_there_on_its_own_clock(jo: Staff) -> None:
    board = see(jo, location_id=NASHVILLE)

    assert [column.clinician_id for column in board.columns] == [OKAFOR]
    assert board.zone.key == "America/Chicago"
    assert (board.first_hour, board.until_hour) == (9, 17)


def test_what_needs_a_look_is_marked(jo: Staff) -> None:
    reference = appoint(visit_type_id=CONSULTATION)
    mail = {"kind": "appointment_booked", "language": "en", "state": MailState.REFUSED}
    dates = dict.fromkeys(("owed_at", "due_at", "next_try_at"), MONDAY_8AM)
    db.session.execute(
        insert(models.Mail).values(appointment_id=booked(reference).id, **mail, **dates)
    )
    db.session.commit()

    (one,) = see(jo).planned

    assert one.guide_open
    assert one.mail_failed
    assert not one.overlaps


def test_a_clinician_sees_their_own_day_unless_allowed_more(app: Flask) -> None:
    rivera = hire(Role.CLINICIAN, clinician_id=RIVERA)
    allowed = hire(Role.CLINICIAN, clinician_id=RIVERA, all_calendars=True)
    appoint(clinician_id=OKAFOR, location_id=NASHVILLE)

    own, every = see(rivera), see(allowed)

    assert [column.clinician_id for column in own.columns] == [RIVERA]
    assert own.planned == []
    assert own.away == ()
    assert len(every.planned) == 1
    with pytest.raises(NotYours):
        week(rivera, OKAFOR)


def test_a_week_is_the_days_of_one_doctor(jo: Staff) -> None:
    reference = appoint(TUESDAY_NOON + days(2))
    appoint(TUESDAY_NOON + days(2), clinician_id=OKAFOR, location_id=NASHVILLE)

    board = week(jo)

    assert [column.day.isoformat() for column in board.columns] == [
        "2027-03-01", "2027-03-02", "2027-03-03", "2027-03-04", "2027-03-05",
    ]  # fmt: skip
    assert [one.reference for one in board.columns[3].planned] == [reference]
    assert len(board.planned) == 1


def test_a_doctor_who_left_is_shown_where_somebody_still_comes(jo: Staff) -> None:
    appoint(clinician_id=OKAFOR, location_id=NASHVILLE)
    db.session.execute(update(models.Clinician).filter_by(id=OKAFOR).values(active=False))
    clinic_changed()

    assert [column.clinician_id for column in see(jo).columns] == [RIVERA, OKAFOR]
    assert see(jo, TUESDAY + days(1)).away == ()
