"""Only what is offered is held, and only by whoever may book it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import insert, update

from app.domain.appointment import Wish
from app.domain.refusals import NotOffered, PrimerNeeded, SafetyCheckNeeded, SlotTaken
from app.services import clinic as clinics
from app.services import hold, offer, visitor
from app.storage import models
from app.storage.database import db
from app.storage.types import new_id
from tests.clinics import (
    CONSULTATION,
    FOLLOW_UP,
    GENERAL,
    KNOXVILLE,
    NASHVILLE,
    RIVERA,
    SECOND,
    TUESDAY_NOON,
    Guest,
    wish,
)
from tests.conftest import MONDAY_8AM, Make
from tests.services.looking import clinic_changed, counts, held

SECONDS = timedelta(seconds=1)


@pytest.fixture
def stranger(make_app: Make, sqlite_url: str) -> Iterator[Guest]:
    """Somebody on SQLite, for rules that ask no database."""
    with make_app(sqlite_url).app_context():
        yield Guest(MONDAY_8AM)


NOT_OFFERED = {
    "before opening": wish(TUESDAY_NOON - timedelta(hours=4)),
    "after closing": wish(TUESDAY_NOON + timedelta(hours=5)),
    "over the end of the day": wish(TUESDAY_NOON + timedelta(hours=4, minutes=45)),
    "on a Sunday": wish(TUESDAY_NOON + timedelta(days=5)),
    "in the past": wish(TUESDAY_NOON - timedelta(days=7)),
    "too soon": wish(MONDAY_8AM + timedelta(hours=1, minutes=30)),
    "beyond the horizon": wish(TUESDAY_NOON + timedelta(days=63)),
    "at the end of time": wish(datetime(9999, 12, 30, 17, tzinfo=UTC)),
    "at its beginning": wish(datetime(1, 1, 5, 17, tzinfo=UTC)),
    "at a place where the doctor is not": wish(location_id=NASHVILLE),
    "at no place": wish(location_id=99),
    "with nobody": wish(clinician_id=99),
    "of no type": wish(visit_type_id=99),
    "between the steps": wish(TUESDAY_NOON + timedelta(minutes=10)),
    "between the cells": wish(TUESDAY_NOON + timedelta(minutes=1)),
    "between the seconds": wish(TUESDAY_NOON + timedelta(microseconds=1)),
    "by video where there is none": wish(visit_type_id=SECOND, video=True),
    "in person where all is video": wish(visit_type_id=FOLLOW_UP),
}


@pytest.mark.parametrize("wanted", NOT_OFFERED.values(), ids=NOT_OFFERED)
def test_what_is_not_offered_is_refused_and_leaves_nothing(stranger: Guest, wanted: Wish) -> None:
    before = counts()

    with pytest.raises(NotOffered):
        stranger.hold(wanted)

    assert counts() == before


def test_a_doctor_does_not_give_visits_of_other_types(guest: Guest) -> None:
    db.session.query(models.ClinicianVisitType).filter_by(
        clinician_id=RIVERA, visit_type_id=GENERAL
    ).delete()
    clinic_changed()

    with pytest.raises(NotOffered):
        guest.hold()


@pytest.mark.parametrize("what", [models.Clinician, models.Location, models.VisitType])
def test_what_is_not_active_is_neither_offered_nor_held(
    guest: Guest, what: type[models.Clinician]
) -> None:
    db.session.execute(update(what).values(active=False))
    clinic_changed()

    found = offer.find(offer.Search(visit_type_id=GENERAL), clinics.load(), now=MONDAY_8AM)

    assert (found.next, found.days) == (None, ())
    with pytest.raises(NotOffered):
        guest.hold()


def test_one_place_that_is_not_active_leaves_the_others(guest: Guest) -> None:
    away = update(models.Location).where(models.Location.id == KNOXVILLE)
    db.session.execute(away.values(active=False))
    clinic_changed()

    found = offer.find(offer.Search(visit_type_id=GENERAL), clinics.load(), now=MONDAY_8AM)

    assert {one.location_id for day in found.days for one in day.lists} == {NASHVILLE}


def test_a_time_in_hours_without_video_is_not_given_by_video(guest: Guest) -> None:
    db.session.execute(update(models.WeeklyHours).values(video=False))
    clinic_changed()

    with pytest.raises(NotOffered):
        guest.hold(wish(video=True))
    assert guest.hold(wish(video=False))


def test_a_time_within_a_closure_is_not_offered(guest: Guest) -> None:
    db.session.execute(
        insert(models.Closure).values(
            starts=datetime(2027, 3, 2, 12, 10), ends=datetime(2027, 3, 2, 13), kind="x", note=""  # noqa: DTZ001
        )
    )  # fmt: skip
    clinic_changed()

    with pytest.raises(NotOffered):
        guest.hold()


def test_what_is_on_the_edge_of_notice_and_horizon_is_offered_only_inside(guest: Guest) -> None:
    first = MONDAY_8AM + timedelta(hours=2)
    assert guest.hold(wish(first))

    with pytest.raises(NotOffered):
        Guest(MONDAY_8AM + SECONDS).hold(wish(first))

    last = datetime(2027, 4, 30, 16, tzinfo=UTC)  # a Friday at noon, in summer time
    sixty_days_before = last - timedelta(days=60)
    with pytest.raises(NotOffered):
        Guest(sixty_days_before).hold(wish(last))
    assert Guest(sixty_days_before + SECONDS).hold(wish(last))


def test_a_consultation_is_held_after_the_primer_only(guest: Guest) -> None:
    with pytest.raises(PrimerNeeded):
        guest.hold(wish(visit_type_id=CONSULTATION))

    assert held() == []


@pytest.mark.parametrize("finished", [True, False])
def test_a_primer_that_was_begun_is_not_a_primer_that_was_read(
    app: Flask, *, finished: bool
) -> None:
    guest = Guest(MONDAY_8AM, way="primer")
    reading = models.Reading(
        id=new_id(), code_hash="x", edition="e", language="en", jurisdiction="us",
        answered_by="self", started_at=MONDAY_8AM, seen_at=MONDAY_8AM,
        finished_at=MONDAY_8AM if finished else None,
    )  # fmt: skip
    db.session.add(reading)
    db.session.flush()
    db.session.execute(update(models.Visitor).values(reading_id=reading.id))
    db.session.commit()
    wanted = wish(visit_type_id=CONSULTATION)

    if finished:
        assert guest.hold(wanted)
        return
    with pytest.raises(PrimerNeeded):
        guest.hold(wanted)


def test_without_a_safety_check_no_time_is_held(app: Flask, guest: Guest) -> None:
    _, visit = visitor.begin(way="general", network="192.0.2.0/24", safety_at=None, now=MONDAY_8AM)

    with pytest.raises(SafetyCheckNeeded):
        hold.take(wish(), visit=visit, clinic=clinics.load(), exempt=False, now=MONDAY_8AM)


def test_a_safety_check_of_yesterday_is_asked_again(guest: Guest) -> None:
    done = MONDAY_8AM - timedelta(hours=24)
    fresh, old = (replace(guest.visit, safety_at=at_) for at_ in (done, done - SECONDS))
    wanted = {"clinic": clinics.load(), "exempt": False, "now": MONDAY_8AM}

    assert hold.take(wish(), visit=fresh, **wanted)  # type: ignore[arg-type]  # the same for both
    with pytest.raises(SafetyCheckNeeded):
        hold.take(wish(), visit=old, **wanted)  # type: ignore[arg-type]


def test_a_session_ended_in_another_window_holds_nothing(guest: Guest) -> None:
    visit = guest.visit
    visitor.leave(visit)

    with pytest.raises(SafetyCheckNeeded):
        hold.take(wish(), visit=visit, clinic=clinics.load(), exempt=False, now=MONDAY_8AM)
    assert held() == []


def test_choosing_a_place_that_is_not_the_doctors_says_so_before_it_says_taken(
    guest: Guest,
) -> None:
    Guest(MONDAY_8AM).hold()

    with pytest.raises(NotOffered):
        guest.hold(wish(location_id=NASHVILLE))
    with pytest.raises(SlotTaken):
        guest.hold(wish(location_id=KNOXVILLE))
