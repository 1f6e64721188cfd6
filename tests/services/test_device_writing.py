"""What devices write, in the book of either database."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from threading import Barrier

import pytest
from flask import Flask

from app.domain.desk_refusals import BusyElsewhere
from app.domain.device import Device, Scope
from app.domain.device_calendar import Changes, Token, Written
from app.domain.device_refusals import KnownElsewhere
from app.domain.interval import Interval
from app.domain.refusals import ChangedMeanwhile, SlotTaken
from app.services import clinic as clinics
from app.services import closing, device_changes, device_writing
from app.services.seen import mark
from tests.busy import busy_at
from tests.clinics import RIVERA, TUESDAY_NOON
from tests.conftest import MONDAY_8AM
from tests.desk import appoint
from tests.staffing import hire

HOUR = timedelta(hours=1)
NAME = "dentist.ics"


def device() -> Device:
    return Device(id="x", name="My phone", scope=Scope.CANCEL, staff=hire())


def written(after: timedelta = HOUR, uid: str = "dentist") -> Written:
    return Written(uid=uid, start=TUESDAY_NOON + after, end=TUESDAY_NOON + after + HOUR)


def keep_free(mine: Device, name: str = NAME, uid: str = "dentist") -> None:
    device_writing.keep_free(
        RIVERA, name, written(uid=uid), device=mine, clinic=clinics.load(), now=MONDAY_8AM
    )


def told(mine: Device, since: Token | None) -> Changes:
    found = device_changes.changes(mine, RIVERA, since, clinic=clinics.load(), now=MONDAY_8AM)
    assert found is not None
    return found


def test_a_time_kept_free_is_told_when_it_comes_moves_and_goes(app: Flask) -> None:
    mine = device()
    begun = told(mine, None)
    keep_free(mine)
    come = told(mine, begun.token)
    closed = closing.listing(since=MONDAY_8AM.replace(tzinfo=None), actor=mine.staff)[0]
    later = replace(closed, starts=closed.starts + HOUR, ends=closed.ends + HOUR)
    closing.change(
        later, was=mark(closed), seen="", clinic=clinics.load(), actor=mine.staff, now=MONDAY_8AM
    )
    moved = told(mine, come.token)
    closing.take_back(later.id, was=mark(later), actor=mine.staff, now=MONDAY_8AM)
    gone = told(mine, moved.token)

    assert [one.name for one in come.shown] == [one.name for one in moved.shown] == [NAME]
    assert moved.shown[0].interval.start == TUESDAY_NOON + 2 * HOUR
    assert (gone.shown, gone.gone) == ((), (NAME,))


def test_two_devices_that_write_one_event_at_once_keep_it_once(app: Flask) -> None:
    mine, together = device(), Barrier(2)

    def put(name: str) -> str:
        with app.app_context():
            together.wait(10)
            try:
                keep_free(mine, name)
            except KnownElsewhere as known:
                return f"known as {known.name}"
        return name

    with ThreadPoolExecutor(2) as pool:
        said = sorted(pool.map(put, ("a.ics", "b.ics")))

    assert said in (["a.ics", "known as a.ics"], ["b.ics", "known as b.ics"])
    assert len(told(mine, None).shown) == 1


def test_of_two_devices_that_move_an_appointment_at_once_one_is_told_so(app: Flask) -> None:
    mine, together = device(), Barrier(2)
    appoint()
    shown = told(mine, None).shown[0]

    def drag(hours: int) -> str:
        with app.app_context():
            together.wait(10)
            try:
                device_writing.change(
                    shown, written(hours * HOUR), device=mine, clinic=clinics.load(),
                    now=MONDAY_8AM,
                )  # fmt: skip
            except ChangedMeanwhile:
                return "late"
        return "moved"

    with ThreadPoolExecutor(2) as pool:
        said = sorted(pool.map(drag, (1, 2)))

    assert said == ["late", "moved"]


def test_what_is_refused_is_told_again(app: Flask) -> None:
    mine = device()
    appoint()
    appoint(TUESDAY_NOON + HOUR)
    before = told(mine, None)
    first = before.shown[0]

    with pytest.raises(SlotTaken):
        device_writing.change(first, written(), device=mine, clinic=clinics.load(), now=MONDAY_8AM)
    after = told(mine, before.token)

    assert [one.name for one in after.shown] == [first.name]
    assert after.shown[0].about == first.about
    assert after.shown[0].revision > first.revision


def test_a_time_at_which_the_doctor_is_busy_elsewhere_is_refused(app: Flask) -> None:
    mine = device()
    appoint()
    busy_at(Interval(TUESDAY_NOON + HOUR, TUESDAY_NOON + 2 * HOUR))
    shown = told(mine, None).shown[0]

    with pytest.raises(BusyElsewhere):
        device_writing.change(shown, written(), device=mine, clinic=clinics.load(), now=MONDAY_8AM)

    assert told(mine, None).shown[0].interval.start == TUESDAY_NOON
