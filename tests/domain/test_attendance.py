"""Counting what became of visits."""

from datetime import date, timedelta

import pytest

from app.domain.attendance import LATER, Counts, Outcome, Period, PeriodOdd, counted, lead_of

FIRST = date(2027, 3, 1)


def visit(**changes: object) -> Outcome:
    plain: dict[str, object] = {
        "clinician_id": 1, "visit_type_id": 1, "day": FIRST, "lead": 0, "moved": False,
        "cancelled": False, "missed": False,
    }  # fmt: skip
    return Outcome(**(plain | changes))  # type: ignore[arg-type]  # of a builder


def test_visits_are_counted_apart_and_a_moved_one_that_was_missed_is_both() -> None:
    visits = [visit(), visit(moved=True, missed=True), visit(clinician_id=2, cancelled=True)]

    found = counted(visits, lambda one: one.clinician_id)

    assert found == {1: Counts(booked=2, moved=1, missed=1), 2: Counts(booked=1, cancelled=1)}
    together = Counts(booked=3, moved=1, cancelled=1, missed=1)
    assert counted(visits, lambda _: None) == {None: together}


@pytest.mark.parametrize(
    ("days", "step"),
    [
        (0, 0),
        (1, 2),
        (2, 2),
        (3, 7),
        (7, 7),
        (8, 14),
        (14, 14),
        (28, 28),
        (29, LATER),
        (400, LATER),
    ],
)
def test_lead_times_go_up_to_and_with_the_last_day_of_their_step(days: int, step: int) -> None:
    assert lead_of(visit(lead=days)) == step


def test_a_period_is_a_year_at_most_and_a_day_at_least() -> None:
    assert Period(FIRST, FIRST).last == FIRST
    assert Period(FIRST, FIRST + timedelta(days=365))
    for last in (FIRST - timedelta(days=1), FIRST + timedelta(days=366)):
        with pytest.raises(PeriodOdd):
            Period(FIRST, last)
