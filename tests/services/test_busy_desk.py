"""Busy times at the desk: seen on the board, refused or allowed with a reason, never in silence."""

from dataclasses import replace

import pytest

from app.domain.appointment import Wish
from app.domain.desk_refusals import BusyElsewhere
from app.domain.interval import Interval
from app.domain.refusals import NotAllowed
from app.domain.settle import AlreadySettled, Kind
from app.domain.staff import Role, Staff
from app.services import clinic as clinics
from app.services import desk, desk_booking, desk_moving, settle
from app.services.desk_booking import Call
from app.storage.models import JournalEntry
from tests.busy import HOUR, NOON, busy_at, connect, read
from tests.clinics import RIVERA, TUESDAY_NOON, days, person, wish
from tests.conftest import MONDAY_8AM
from tests.desk import appoint
from tests.services.looking import booked, rows, statements
from tests.services.settling import looks, matters
from tests.staffing import hire

pytestmark = pytest.mark.usefixtures("app")
CALL = Call(key="k", wish=wish(), person=person("marian@example.org"))
LATER = Interval(NOON.end, NOON.end + HOUR)


def book(actor: Staff, overlap: str | None = None) -> str:
    call = replace(CALL, overlap=overlap)
    return desk_booking.book(call, actor=actor, clinic=clinics.load(), now=MONDAY_8AM)


def move(reference: str, wanted: Wish, actor: Staff, overlap: str | None = None) -> None:
    desk_moving.move(
        reference, wanted, overlap=overlap, revision=0, actor=actor, clinic=clinics.load(),
        now=MONDAY_8AM,
    )  # fmt: skip


def conflicts() -> list[str | None]:
    return [one.reference for one in matters() if one.kind is Kind.BUSY]


def test_a_caller_is_not_booked_over_a_busy_time_without_a_reason() -> None:
    jo = hire()
    busy_at(NOON)

    with pytest.raises(BusyElsewhere):
        book(jo)
    with pytest.raises(NotAllowed):
        book(hire(Role.CLINICIAN, clinician_id=RIVERA), "urgent")

    assert rows(JournalEntry, JournalEntry.verb == "book") == []


def test_with_a_reason_it_is_booked_noted_and_nothing_is_left_to_settle() -> None:
    jo = hire()
    busy_at(NOON)

    reference = book(jo, "doctor_agreed")

    made = booked(reference)
    (line,) = rows(JournalEntry, JournalEntry.verb == "book")
    assert line.change["overlap"] == "doctor_agreed"
    assert made.overlap_reason is None  # the guard still refuses a second appointment there
    assert conflicts() == []


def test_a_move_onto_a_busy_time_asks_for_the_same_reason() -> None:
    jo, reference = hire(), appoint(TUESDAY_NOON + days(1))
    busy_at(NOON)

    with pytest.raises(BusyElsewhere):
        move(reference, wish(), jo)
    move(reference, wish(), jo, "urgent")

    assert booked(reference).starts_at == TUESDAY_NOON
    assert conflicts() == []


def test_a_fresh_busy_time_over_an_appointment_is_shown_and_changes_nothing() -> None:
    reference = appoint(email="marian@example.org")
    before = booked(reference).revision

    busy_at(NOON)

    assert conflicts() == [reference]
    assert booked(reference).revision == before


def test_what_somebody_settled_stays_so_until_the_busy_time_is_another() -> None:
    reference = appoint()
    busy_at(NOON)
    (matter,) = [one for one in matters() if one.kind is Kind.BUSY]

    settle.done(matter.key, asked=looks())

    assert conflicts() == []
    with pytest.raises(AlreadySettled):
        settle.done(matter.key, asked=looks())
    read(Interval(NOON.start, LATER.end), now=MONDAY_8AM + HOUR)
    assert conflicts() == [reference]


def test_a_conflict_goes_with_the_busy_time() -> None:
    appoint()
    busy_at(NOON)

    read(LATER, now=MONDAY_8AM + HOUR)

    assert conflicts() == []


def test_a_calendar_that_was_not_read_for_too_long_is_to_be_settled() -> None:
    busy_at(NOON)

    (late,) = [one for one in matters(now=MONDAY_8AM + days(2)) if one.kind is Kind.WITHHELD]

    assert (late.name, late.clinician_id, late.start) == ("Private", RIVERA, MONDAY_8AM)


def test_the_board_shows_when_a_doctor_is_busy_elsewhere_and_who_comes_then() -> None:
    busy_at(NOON, LATER)
    appoint(NOON.start)

    with statements() as asked:
        board = desk.day(TUESDAY_NOON.date(), actor=hire(), clinic=clinics.load(), now=MONDAY_8AM)

    (column,) = [one for one in board.columns if one.clinician_id == RIVERA]
    (planned,) = column.planned
    assert planned.elsewhere
    assert column.busy[-1].end == LATER.end
    assert not any(free.start < LATER.end and NOON.start < free.end for free in column.free)
    assert board.late == ()
    assert len([one for one in asked if "busy_calendar" in one]) == 1


def test_the_board_says_whose_calendar_nobody_could_read() -> None:
    connect()

    board = desk.day(
        (MONDAY_8AM + days(3)).date(), actor=hire(), clinic=clinics.load(), now=MONDAY_8AM + days(3)
    )

    assert [one.clinician_id for one in board.late] == [RIVERA]
