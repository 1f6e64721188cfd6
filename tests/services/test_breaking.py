"""What a change of hours would break, and what stands outside open time."""

from datetime import UTC, datetime, timedelta

import pytest

from app.domain import arranging
from app.domain.clinic import Clinic
from app.domain.hours import Closure
from app.domain.rehousing import Coming
from app.domain.staff import Role, Staff
from app.services import breaking
from app.services import clinic as clinics
from app.storage.database import reading
from tests.arranging import TUESDAY, closure, open_at_night
from tests.clinics import KNOXVILLE, NASHVILLE, OKAFOR, RIVERA, TUESDAY_NOON
from tests.conftest import MONDAY_8AM
from tests.desk import appoint, hours
from tests.services.looking import statements
from tests.staffing import hire

HOUR = timedelta(hours=1)


def lost(after: Clinic) -> list[str]:
    found = breaking.would_lose(reading(), clinics.load(), after, now=MONDAY_8AM)
    return [one.reference for one in found]


def if_closed(wanted: Closure) -> list[str]:
    return lost(arranging.closed(clinics.load(), wanted))


def test_a_day_closed_takes_the_time_of_whoever_comes_then(jo: Staff) -> None:
    noon, one = appoint(), appoint(TUESDAY_NOON + HOUR)
    appoint(TUESDAY_NOON + timedelta(days=1))

    assert if_closed(closure()) == [noon, one]


def test_an_appointment_that_only_touches_the_closure_keeps_its_time(jo: Staff) -> None:
    appoint()  # noon to half past

    after = closure(TUESDAY.replace(hour=12, minute=30), TUESDAY.replace(hour=17))
    before = closure(TUESDAY.replace(hour=9), TUESDAY.replace(hour=12))
    within = closure(TUESDAY.replace(hour=12, minute=25), TUESDAY.replace(hour=13))

    assert if_closed(after) == if_closed(before) == []
    assert len(if_closed(within)) == 1


def test_a_closure_of_a_place_or_a_doctor_takes_nothing_of_the_others(jo: Staff) -> None:
    here = appoint()
    there = appoint(clinician_id=OKAFOR, location_id=NASHVILLE)

    assert if_closed(closure(location_id=KNOXVILLE)) == [here]
    assert if_closed(closure(clinician_id=OKAFOR)) == [there]
    assert sorted(if_closed(closure())) == sorted([here, there])


def test_a_closure_is_read_on_the_clock_of_each_place(jo: Staff) -> None:
    """From noon on: in Nashville that is an hour later than in Knoxville."""
    appoint(clinician_id=OKAFOR, location_id=NASHVILLE)  # 11 am there

    assert if_closed(closure(TUESDAY.replace(hour=12), TUESDAY.replace(hour=17))) == []


def test_who_was_cancelled_or_came_already_loses_nothing(jo: Staff) -> None:
    appoint(status="cancelled", cancelled_at=MONDAY_8AM)
    appoint(MONDAY_8AM - HOUR)

    assert if_closed(closure(TUESDAY.replace(day=1))) == []


def test_who_had_no_home_before_does_not_lose_it_again(jo: Staff) -> None:
    night = appoint(datetime(2027, 3, 3, 4, tzinfo=UTC))  # 11 pm on Tuesday

    assert if_closed(closure()) == []
    assert [one.reference for one in _homeless(jo)] == [night]


def _homeless(actor: Staff) -> list[Coming]:
    return list(breaking.homeless(actor=actor, clinic=clinics.load(), now=MONDAY_8AM))


def test_a_doctor_who_leaves_or_a_place_that_shuts_takes_all_that_is_to_come(jo: Staff) -> None:
    here = appoint()
    there = appoint(clinician_id=OKAFOR, location_id=NASHVILLE)

    assert lost(arranging.with_clinician(clinics.load(), RIVERA, active=False)) == [here]
    assert lost(arranging.with_location(clinics.load(), NASHVILLE, active=False)) == [there]


@pytest.mark.parametrize(
    ("first", "last"),
    [(datetime(2027, 3, 14, 7, tzinfo=UTC), datetime(2027, 3, 15, 3, tzinfo=UTC)),
     (datetime(2027, 11, 7, 5, tzinfo=UTC), datetime(2027, 11, 8, 4, tzinfo=UTC))],
)  # fmt: skip
def test_a_whole_day_is_closed_also_on_the_days_when_clocks_change(
    jo: Staff, first: datetime, last: datetime
) -> None:
    """Sundays: somebody right after the clock was changed, and somebody at eleven at night."""
    open_at_night(weekday=6)
    day = first.replace(hour=0, tzinfo=None)
    people = [appoint(first), appoint(last)]

    assert if_closed(closure(day, day + timedelta(days=1))) == people


def test_a_clinician_is_told_of_their_own_patients_only(jo: Staff) -> None:
    hours(OKAFOR, NASHVILLE)
    night = datetime(2027, 3, 3, 4, tzinfo=UTC)
    appoint(night)
    appoint(night, clinician_id=OKAFOR, location_id=NASHVILLE)

    rivera = hire(Role.CLINICIAN, clinician_id=RIVERA)

    assert [one.wish.clinician_id for one in _homeless(rivera)] == [RIVERA]
    assert len(_homeless(jo)) == 2


def test_looking_takes_two_statements_however_many_come(jo: Staff) -> None:
    for number in range(20):
        appoint(TUESDAY_NOON + timedelta(days=7 * number), name=f"Number {number}")
    clinic = clinics.load()
    after = arranging.closed(clinic, closure(ends=datetime(2028, 1, 1)))  # noqa: DTZ001

    with statements() as asked:
        found = breaking.would_lose(reading(), clinic, after, now=MONDAY_8AM)

    assert len(found) == 20
    assert len(asked) == 2


def test_who_comes_beside_another_on_purpose_would_lose_the_time_too(jo: Staff) -> None:
    one = appoint()
    beside = appoint(overlap_reason="urgent")

    assert sorted(if_closed(closure())) == sorted([one, beside])
