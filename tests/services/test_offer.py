from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from sqlalchemy import create_engine, insert, text, update

from app.domain.appointment import Wish
from app.domain.booking import HOLD, HOLD_GRACE
from app.domain.clinic import Clinic
from app.services import clinic as clinics
from app.services import offer, visitor
from app.services.offer import Offer, Search
from app.storage import models
from app.storage.database import db
from tests.clinics import (
    CONSULTATION,
    FOLLOW_UP,
    GENERAL,
    KNOXVILLE,
    NASHVILLE,
    OKAFOR,
    RIVERA,
    SECOND,
    TUESDAY_NOON,
    Guest,
    days,
    wish,
)
from tests.conftest import MONDAY_8AM, Make, StoppedClock
from tests.services.looking import clinic_changed, set_rule, statements

HALF_AN_HOUR = timedelta(minutes=30)
MONDAY, TUESDAY = date(2027, 3, 1), date(2027, 3, 2)


@pytest.fixture
def clinic(app: Flask) -> Clinic:
    return clinics.load()


def find(now: datetime = MONDAY_8AM, **search: Any) -> Offer:
    """Look for times as the page does."""
    asked = Search(**({"visit_type_id": GENERAL} | search))
    return offer.find(asked, clinics.load(), now=now)


def wishes(found: Offer) -> set[Wish]:
    """Every time that the page shows."""
    return {one for day in found.days for list_ in day.lists for one in list_.slots}


def starts(found: Offer, day: date, clinician_id: int = RIVERA) -> list[datetime]:
    return [
        one.start
        for shown in found.days
        if shown.day == day
        for list_ in shown.lists
        if list_.clinician_id == clinician_id
        for one in list_.slots
    ]


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


def test_a_time_that_runs_out_of_notice_is_offered_to_the_second(clinic: Clinic) -> None:
    first = find().next
    assert first is not None

    assert find(MONDAY_8AM + timedelta(seconds=1)).next != first
    assert find(MONDAY_8AM).next == first


def test_notice_that_is_no_multiple_of_five_minutes_is_kept_to_the_second(app: Flask) -> None:
    set_rule(GENERAL, notice_minutes=63, step_minutes=5)

    for minute in range(15):
        now = MONDAY_8AM + timedelta(minutes=minute)
        found = find(now)
        assert found.next is not None
        assert found.next.start >= now + timedelta(minutes=63)


def test_on_the_day_the_clock_changes_nine_is_nine(clinic: Clinic) -> None:
    found = find(now=datetime(2027, 3, 12, 13, tzinfo=UTC), from_day=date(2027, 3, 15))

    assert starts(found, date(2027, 3, 15))[0] == datetime(2027, 3, 15, 13, tzinfo=UTC)


def test_a_hold_takes_its_time_from_the_offer_and_gives_it_back_when_it_ends(
    clinic: Clinic,
) -> None:
    Guest(MONDAY_8AM).hold()
    end = MONDAY_8AM + HOLD + HOLD_GRACE
    tomorrow: dict[str, Any] = {"from_day": TUESDAY}

    assert TUESDAY_NOON not in starts(find(**tomorrow), TUESDAY)
    assert TUESDAY_NOON not in starts(find(end, **tomorrow), TUESDAY)
    assert TUESDAY_NOON in starts(find(end + timedelta(seconds=1), **tomorrow), TUESDAY)


def test_what_another_process_books_is_seen_at_once(
    make_app: Make, app: Flask, database_url: str
) -> None:
    assert TUESDAY_NOON in starts(find(from_day=TUESDAY), TUESDAY)
    with make_app(database_url).app_context():
        Guest(MONDAY_8AM).book()
        db.session.remove()
    db.session.remove()

    assert TUESDAY_NOON not in starts(find(from_day=TUESDAY), TUESDAY)


def test_hours_that_change_are_seen_at_once(app: Flask) -> None:
    assert starts(find(from_day=TUESDAY), TUESDAY)
    db.session.execute(update(models.WeeklyHours).values(from_minute=600))
    clinic_changed()

    assert starts(find(from_day=TUESDAY), TUESDAY)[0] == TUESDAY_NOON - timedelta(hours=2)


def test_a_full_day_offers_no_more_visits_of_its_type(app: Flask) -> None:
    set_rule(SECOND, max_per_day=1)
    Guest(MONDAY_8AM).book(wish(visit_type_id=SECOND))

    found = find(visit_type_id=SECOND, from_day=TUESDAY, clinician_id=RIVERA)

    assert starts(found, TUESDAY) == []
    assert starts(find(from_day=TUESDAY), TUESDAY)


def test_the_same_question_gives_the_kept_answer(clinic: Clinic) -> None:
    assert find() is find()
    assert find() is not find(from_day=TUESDAY)


def test_every_answer_that_differs_has_another_key(app: Flask, clock: StoppedClock) -> None:
    set_rule(GENERAL, step_minutes=5)
    seen: dict[object, Offer] = {}
    for minute in range(40):
        found = find(clock.forward(seconds=61))
        assert seen.setdefault(found.key, found) == found
        if minute == 20:
            Guest(clock.now).hold(exempt=True)

    assert len(seen) > 8


def grow(doctors: int, appointments: int) -> None:
    """Let the clinic have more doctors and a longer past."""
    for number in range(3, 3 + doctors):
        db.session.execute(
            insert(models.Clinician).values(id=number, name="Dr", about="", position=number)
        )
        db.session.execute(
            insert(models.ClinicianVisitType).values(clinician_id=number, visit_type_id=GENERAL)
        )
        db.session.execute(
            insert(models.WeeklyHours).values(
                clinician_id=number, location_id=KNOXVILLE, weekday=1, from_minute=540,
                until_minute=1020, valid_from=date(2027, 1, 4),
            )
        )  # fmt: skip
    Guest(MONDAY_8AM).say()
    (patient_id,) = db.session.scalars(db.select(models.Patient.id))
    past = TUESDAY_NOON - days(7)
    db.session.execute(
        insert(models.Appointment),
        [
            {
                "reference": f"OLD-{number}", "status": "completed", "clinician_id": RIVERA,
                "location_id": KNOXVILLE, "visit_type_id": GENERAL, "video": False,
                "starts_at": past - number * HALF_AN_HOUR,
                "ends_at": past - (number - 1) * HALF_AN_HOUR,
                "blocked_from": past - number * HALF_AN_HOUR,
                "blocked_until": past - (number - 1) * HALF_AN_HOUR, "patient_id": patient_id,
            }
            for number in range(appointments)
        ],
    )  # fmt: skip
    clinic_changed()


@pytest.mark.parametrize("doctors", [1, 20])
def test_an_offer_asks_two_things_whatever_the_clinics_size(app: Flask, doctors: int) -> None:
    grow(doctors, appointments=10 * doctors)
    clinic = clinics.load()
    search = Search(visit_type_id=GENERAL)

    with statements() as cold:
        offer.find(search, clinic, now=MONDAY_8AM)
    with statements() as warm:
        offer.find(search, clinic, now=MONDAY_8AM)
    Guest(MONDAY_8AM).book()
    with statements() as stale:
        offer.find(search, clinic, now=MONDAY_8AM)

    assert (len(cold), len(warm), len(stale)) == (2, 1, 2)


def test_choosing_a_time_asks_three_things(clinic: Clinic) -> None:
    guest = Guest(MONDAY_8AM)
    guest.hold()
    db.session.remove()

    with statements() as asked:
        found = visitor.find(guest.handle, now=MONDAY_8AM)
        assert found is not None
        _visit, revisions = found
        kept = clinics.load(revision=revisions.clinic)
        offer.find(
            Search(visit_type_id=GENERAL), kept, calendars=revisions.calendars, now=MONDAY_8AM
        )

    assert len(asked) <= 3, asked


def test_who_looks_again_asks_one_thing_until_a_calendar_changes(clinic: Clinic) -> None:
    guest, search = Guest(MONDAY_8AM), Search(visit_type_id=GENERAL)

    def look() -> tuple[int, offer.Offer]:
        with statements() as asked:
            _visit, revisions = visitor.find(guest.handle, now=MONDAY_8AM) or (None, None)
            assert revisions is not None
            seen = offer.find(search, clinic, calendars=revisions.calendars, now=MONDAY_8AM)
        return len(asked), seen

    look()
    again, before = look()
    Guest(MONDAY_8AM).hold()
    changed, after = look()

    assert (again, changed) == (1, 3)
    assert TUESDAY_NOON in {
        one.start for day in before.days for row in day.lists for one in row.slots
    }
    assert before.key != after.key


def test_a_revision_counted_up_by_another_program_is_enough_to_look_again(
    app: Flask, database_url: str
) -> None:
    Guest(MONDAY_8AM).hold()
    first = find()
    engine = create_engine(database_url)
    with engine.begin() as connection:
        connection.execute(text("DELETE FROM appointment"))
    engine.dispose()
    db.session.remove()

    assert find().key != first.key
    assert TUESDAY_NOON in starts(find(from_day=TUESDAY), TUESDAY)


def test_a_type_nobody_gives_has_no_times(app: Flask) -> None:
    db.session.query(models.ClinicianVisitType).filter_by(visit_type_id=CONSULTATION).delete()
    clinic_changed()

    found = find(visit_type_id=CONSULTATION)

    assert (found.next, found.days) == (None, ())


def test_what_is_offered_to_the_one_is_what_the_other_holds(clinic: Clinic) -> None:
    for one in sorted(wishes(find()), key=lambda one: one.start)[::9]:
        kept = Guest(MONDAY_8AM).hold(replace(one), exempt=True)
        assert kept.wish == one
