"""Which times are offered: on which days, at which places, after which filters."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from sqlalchemy import insert, update

from app.domain.clinic import Clinic
from app.storage import models
from app.storage.database import db
from tests.clinics import (
    CONSULTATION,
    FOLLOW_UP,
    KNOXVILLE,
    NASHVILLE,
    OKAFOR,
    RIVERA,
    SECOND,
    TUESDAY_NOON,
    Guest,
    wish,
)
from tests.conftest import MONDAY_8AM
from tests.services.looking import clinic_changed
from tests.services.offered import find, starts, wishes

HALF_AN_HOUR = timedelta(minutes=30)
MONDAY, TUESDAY = date(2027, 3, 1), date(2027, 3, 2)


def test_the_next_free_time_comes_first(clinic: Clinic) -> None:
    found = find()

    assert found.next == wish(datetime(2027, 3, 1, 15, tzinfo=UTC))  # two hours from now
    assert found.days[0].day == MONDAY


def test_a_booked_time_is_offered_no_more(clinic: Clinic) -> None:
    before = find()
    assert before.next is not None
    Guest(MONDAY_8AM).book(before.next)

    after = find()

    assert after.key != before.key
    assert wishes(before) - wishes(after) == {before.next}


def test_a_day_of_a_doctor_goes_from_the_first_to_the_last_visit_that_fits(
    clinic: Clinic,
) -> None:
    found = starts(find(from_day=TUESDAY), TUESDAY)

    nine = TUESDAY_NOON - timedelta(hours=3)
    assert found == [nine + number * HALF_AN_HOUR for number in range(16)]


def test_two_places_in_two_zones_have_their_own_nine_oclock(clinic: Clinic) -> None:
    found = find(from_day=TUESDAY)

    local = {
        id_: starts(found, TUESDAY, id_)[0].astimezone(ZoneInfo(zone)).hour
        for id_, zone in ((RIVERA, "America/New_York"), (OKAFOR, "America/Chicago"))
    }
    assert local == {RIVERA: 9, OKAFOR: 9}
    assert starts(found, TUESDAY, OKAFOR)[0] == starts(found, TUESDAY)[0] + timedelta(hours=1)


def test_days_have_their_date_on_the_wall_of_the_place(app: Flask) -> None:
    db.session.execute(update(models.Location).values(zone="Pacific/Auckland"))
    clinic_changed()

    found = find(from_day=TUESDAY)

    first = starts(found, TUESDAY)[0].astimezone(ZoneInfo("Pacific/Auckland"))
    assert (first.date(), first.hour) == (TUESDAY, 9)


@pytest.mark.parametrize(
    ("search", "said"),
    [
        ({"clinician_id": OKAFOR}, {(OKAFOR, NASHVILLE, False)}),
        ({"location_id": KNOXVILLE}, {(RIVERA, KNOXVILLE, False)}),
        ({"video": True}, {(RIVERA, KNOXVILLE, True), (OKAFOR, NASHVILLE, True)}),
        ({"video": False}, {(RIVERA, KNOXVILLE, False), (OKAFOR, NASHVILLE, False)}),
        ({"clinician_id": OKAFOR, "location_id": KNOXVILLE}, set()),
        ({"visit_type_id": FOLLOW_UP}, {(RIVERA, KNOXVILLE, True), (OKAFOR, NASHVILLE, True)}),
        ({"visit_type_id": SECOND, "video": True}, set()),
    ],
)
def test_filters_leave_what_was_asked_for(
    clinic: Clinic, search: dict[str, Any], said: set[tuple[int, int, bool]]
) -> None:
    found = find(**search)

    assert {(one.clinician_id, one.location_id, one.video) for one in wishes(found)} == said
    assert (found.next is None) == (not said)


@pytest.mark.parametrize(
    ("part", "hours"),
    [("morning", range(12)), ("afternoon", range(12, 24)), ("late", range(16, 24))],
)
def test_parts_of_the_day_are_those_of_the_place(clinic: Clinic, part: str, hours: range) -> None:
    found = find(part=part)

    zones = {id_: place.zone for id_, place in clinic.locations.items()}
    local = {one.start.astimezone(zones[one.location_id]).hour for one in wishes(found)}
    assert local
    assert local <= set(hours)


def test_the_next_time_after_work_and_by_video_are_named(clinic: Clinic) -> None:
    found = find()

    assert found.next_late == wish(datetime(2027, 3, 1, 21, tzinfo=UTC))  # four in Knoxville
    assert found.next_video is None  # what is offered in person is not offered by video too
    assert find(video=True).next_video is not None


def test_the_rows_of_a_day_go_by_their_first_free_time(app: Flask) -> None:
    last = update(models.Clinician).where(models.Clinician.id == RIVERA)
    db.session.execute(last.values(position=3))
    clinic_changed()

    found = find(from_day=TUESDAY)

    tuesday = found.days[0]
    assert [list_.clinician_id for list_ in tuesday.lists] == [RIVERA, OKAFOR]


def test_by_video_is_offered_what_is_not_offered_in_person(app: Flask) -> None:
    hours = update(models.WeeklyHours).where(models.WeeklyHours.clinician_id == OKAFOR)
    db.session.execute(hours.values(in_person=False))
    clinic_changed()

    found = find()

    assert {(one.clinician_id, one.video) for one in wishes(found)} == {
        (RIVERA, False), (OKAFOR, True)
    }  # fmt: skip


def test_four_days_with_free_times_are_shown_and_the_strip_tells_of_fourteen(
    clinic: Clinic,
) -> None:
    found = find()

    assert [day.day for day in found.days] == [date(2027, 3, number) for number in (1, 2, 3, 4)]
    assert [one.day for one in found.strip] == [date(2027, 3, number) for number in range(1, 15)]
    assert [one.shown for one in found.strip] == [True] * 4 + [False] * 10
    assert [one.free for one in found.strip if one.day.weekday() > 4] == [0] * 4
    assert found.strip[1].free == found.days[1].free == 32
    assert found.later == date(2027, 3, 5)
    assert found.earlier is None


def test_a_day_without_times_leads_to_the_next_ones(clinic: Clinic) -> None:
    found = find(from_day=date(2027, 3, 6))  # a Saturday

    assert found.days[0].day == date(2027, 3, 8)
    assert found.earlier == MONDAY


@pytest.mark.parametrize("from_day", [date(1, 1, 1), date(2026, 1, 1)])
def test_a_day_of_the_past_means_today(clinic: Clinic, from_day: date) -> None:
    assert find(from_day=from_day).days[0].day == MONDAY


@pytest.mark.parametrize("from_day", [date(2028, 1, 1), date(9999, 12, 31)])
def test_a_day_beyond_the_horizon_shows_nothing_and_is_no_fault(
    clinic: Clinic, from_day: date
) -> None:
    found = find(from_day=from_day)

    assert found.days == ()
    assert found.next is not None


def test_where_everybody_is_away_nothing_is_offered(app: Flask) -> None:
    closed = insert(models.Closure).values(
        starts=datetime(2027, 1, 1), ends=datetime(2028, 1, 1), kind="x", note=""  # noqa: DTZ001
    )  # fmt: skip
    db.session.execute(closed)
    clinic_changed()

    found = find()

    assert (found.next, found.days, found.later) == (None, (), None)
    assert len(found.strip) == 14


def test_on_the_day_the_clock_changes_nine_is_nine(clinic: Clinic) -> None:
    found = find(now=datetime(2027, 3, 12, 13, tzinfo=UTC), from_day=date(2027, 3, 15))

    assert starts(found, date(2027, 3, 15))[0] == datetime(2027, 3, 15, 13, tzinfo=UTC)


def test_a_type_nobody_gives_has_no_times(app: Flask) -> None:
    db.session.query(models.ClinicianVisitType).filter_by(visit_type_id=CONSULTATION).delete()
    clinic_changed()

    found = find(visit_type_id=CONSULTATION)

    assert (found.next, found.days) == (None, ())
