"""Closing time and taking it back: nothing by half, nothing unseen."""

from datetime import datetime, timedelta

import pytest

from app.domain.desk_refusals import ClinicClosed, InThePast
from app.domain.hours import Closure
from app.domain.hours_refusals import HoursChanged, WouldBreak
from app.domain.refusals import NotAllowed, NotOffered, NotYours
from app.domain.staff import Role, Staff
from app.services import breaking, closing, desk_moving, rehousing
from app.services import clinic as clinics
from app.services.seen import mark
from app.storage import models
from tests.arranging import AFTERNOON, TUESDAY, close, closure
from tests.clinics import OKAFOR, RIVERA, TUESDAY_NOON, Guest, wish
from tests.conftest import MONDAY_8AM
from tests.desk import appoint
from tests.services.looking import booked, everything, rows, verbs_of
from tests.staffing import hire

HOUR = timedelta(hours=1)


def left(actor: Staff) -> dict[int, int]:
    return rehousing.left(actor=actor, clinic=clinics.load(), now=MONDAY_8AM)


def found(closure_id: int, actor: Staff) -> str:
    return mark(closing.find(closure_id, actor=actor))


def journal() -> list[models.JournalEntry]:
    lines = rows(models.JournalEntry, models.JournalEntry.appointment_id.is_(None))
    return [line for line in lines if "closure" in line.verb or line.verb == "close"]


def test_what_is_closed_cannot_be_booked(jo: Staff) -> None:
    close(AFTERNOON, jo)

    with pytest.raises(NotOffered):
        Guest(MONDAY_8AM).book(wish(TUESDAY_NOON))


def test_nothing_is_closed_before_somebody_saw_what_it_breaks(jo: Staff) -> None:
    reference = appoint()
    before = everything()

    with pytest.raises(WouldBreak) as refused:
        closing.close(AFTERNOON, seen="", clinic=clinics.load(), actor=jo, now=MONDAY_8AM)

    assert [one.reference for one in refused.value.lost] == [reference]
    assert [(one.name, one.phone) for one in refused.value.lost] == [
        ("Marian Hale", "+18655550178")
    ]
    assert everything() == before


def test_what_was_booked_meanwhile_is_shown_again(jo: Staff) -> None:
    appoint()
    with pytest.raises(WouldBreak) as refused:
        closing.close(AFTERNOON, seen="", clinic=clinics.load(), actor=jo, now=MONDAY_8AM)
    appoint(TUESDAY_NOON + HOUR)

    with pytest.raises(WouldBreak) as again:
        close_seeing(breaking.sight(refused.value.lost), jo)

    assert len(again.value.lost) == 2
    assert rows(models.Closure) == []


def close_seeing(seen: str, actor: Staff) -> int:
    return closing.close(AFTERNOON, seen=seen, clinic=clinics.load(), actor=actor, now=MONDAY_8AM)


def test_whoever_loses_their_time_stays_booked_and_is_not_forgotten(jo: Staff) -> None:
    reference = appoint()

    id_ = close(AFTERNOON, jo)

    made = booked(reference)
    assert (made.status, made.starts_at) == ("booked", TUESDAY_NOON)
    assert left(jo) == {id_: 1}
    assert verbs_of(made.id) == ["lose_time"]
    assert [line.verb for line in journal()] == ["close"]


def test_a_second_press_closes_nothing_twice(jo: Staff) -> None:
    first = close(AFTERNOON, jo)

    assert close(AFTERNOON, jo) == first
    assert len(rows(models.Closure)) == len(journal()) == 1


def test_taken_back_its_appointments_have_their_time_again(jo: Staff) -> None:
    reference = appoint()
    id_ = close(AFTERNOON, jo)

    closing.take_back(id_, was=found(id_, jo), actor=jo, now=MONDAY_8AM)
    closing.take_back(id_, was="", actor=jo, now=MONDAY_8AM)

    assert breaking.homeless(actor=jo, clinic=clinics.load(), now=MONDAY_8AM) == ()
    assert verbs_of(booked(reference).id) == ["lose_time", "regain_time"]
    assert [line.change["closure"][1] for line in journal()][1:] == [None]
    assert rows(models.Closure) == rows(models.Rehousing) == []


def test_a_closure_made_shorter_gives_some_back_and_made_longer_takes_more(jo: Staff) -> None:
    noon, two = appoint(), appoint(TUESDAY_NOON + 2 * HOUR)
    id_ = close(AFTERNOON, jo)
    shorter = closure(AFTERNOON.starts, TUESDAY.replace(hour=14), clinician_id=RIVERA, id=id_)
    longer = closure(TUESDAY.replace(hour=9), TUESDAY.replace(hour=17), clinician_id=RIVERA, id=id_)

    change(shorter, found(id_, jo), jo)
    kept = left(jo)
    with pytest.raises(WouldBreak) as refused:
        change(longer, found(id_, jo), jo)

    assert kept == {id_: 1}
    assert [one.reference for one in refused.value.lost] == [two]
    assert verbs_of(booked(two).id) == ["lose_time", "regain_time"]
    assert verbs_of(booked(noon).id) == ["lose_time"]


def change(wanted: Closure, was: str, actor: Staff) -> None:
    closing.change(wanted, was=was, seen="", clinic=clinics.load(), actor=actor, now=MONDAY_8AM)


def test_two_who_change_one_closure_are_told_and_nothing_is_written_over(jo: Staff) -> None:
    id_ = close(AFTERNOON, jo)
    was = found(id_, jo)
    change(
        closure(AFTERNOON.starts, AFTERNOON.ends, id=id_, clinician_id=RIVERA, note="A"), was, jo
    )

    with pytest.raises(HoursChanged):
        change(closure(id=id_, clinician_id=RIVERA, note="B"), was, jo)
    with pytest.raises(HoursChanged):
        closing.take_back(id_, was=was, actor=jo, now=MONDAY_8AM)

    assert [row.note for row in rows(models.Closure)] == ["A"]


def test_what_is_over_is_not_closed_any_more(jo: Staff) -> None:
    with pytest.raises(InThePast):
        close(closure(datetime(2027, 2, 1), datetime(2027, 3, 1)), jo)  # noqa: DTZ001


def test_clinicians_close_their_own_time_and_nobody_elses(jo: Staff) -> None:
    rivera = hire(Role.CLINICIAN, clinician_id=RIVERA, all_calendars=True)
    theirs = close(closure(clinician_id=OKAFOR), jo)

    close(AFTERNOON, rivera)

    for wanted in (closure(), closure(location_id=1), closure(clinician_id=OKAFOR, note="x")):
        with pytest.raises(NotAllowed):
            close(wanted, rivera)
    with pytest.raises(NotAllowed):
        closing.take_back(theirs, was=found(theirs, jo), actor=rivera, now=MONDAY_8AM)


def test_a_closure_that_is_gone_looks_like_none(jo: Staff) -> None:
    with pytest.raises(NotYours):
        closing.find(77, actor=jo)
    with pytest.raises(HoursChanged):
        change(closure(id=77), "", jo)


def test_nobody_is_moved_into_a_closure(jo: Staff) -> None:
    reference = appoint(TUESDAY_NOON + timedelta(days=1))
    close(AFTERNOON, jo)

    with pytest.raises(ClinicClosed):
        desk_moving.move(
            reference, wish(), revision=0, actor=jo, clinic=clinics.load(), now=MONDAY_8AM
        )
