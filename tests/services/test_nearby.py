"""Times for whoever lost theirs: near the old ones, the same doctor first, none for two."""

from datetime import timedelta

from app.domain.rehousing import State
from app.domain.staff import Role, Staff
from tests.arranging import AFTERNOON, TUESDAY, close, closure, only, see
from tests.clinics import KNOXVILLE, OKAFOR, RIVERA, SECOND, TUESDAY_NOON
from tests.desk import appoint, hours
from tests.services.looking import set_rule
from tests.staffing import hire

HOUR = timedelta(hours=1)


def test_three_days_near_the_old_one_are_proposed_with_the_same_doctor_first(jo: Staff) -> None:
    appoint()

    case = only(jo, close(AFTERNOON, jo))

    assert case.state is State.OPEN
    assert {wish.clinician_id for wish in case.times} == {RIVERA}
    assert [wish.start for wish in case.times] == [
        TUESDAY_NOON - HOUR / 2, TUESDAY_NOON + timedelta(days=1), TUESDAY_NOON + timedelta(days=2),
    ]  # fmt: skip


def test_nothing_is_proposed_that_begins_before_a_mail_is_read(jo: Staff) -> None:
    appoint(TUESDAY_NOON - 2 * HOUR)
    morning = closure(TUESDAY.replace(hour=10), TUESDAY.replace(hour=17), clinician_id=RIVERA)

    case = only(jo, close(morning, jo), hours_later=3)

    assert min(wish.start for wish in case.times).date() > TUESDAY.date()


def test_where_the_doctor_is_away_for_long_others_come_first(jo: Staff) -> None:
    hours(OKAFOR, KNOXVILLE)
    appoint()

    case = only(jo, close(closure(TUESDAY, TUESDAY.replace(month=4), clinician_id=RIVERA), jo))

    assert {wish.clinician_id for wish in case.times} == {OKAFOR}
    assert {wish.location_id for wish in case.times} == {KNOXVILLE}


def test_a_clinician_proposes_their_own_times_only(jo: Staff) -> None:
    appoint()
    id_ = close(closure(TUESDAY, TUESDAY.replace(month=4), clinician_id=RIVERA), jo)

    case = only(hire(Role.CLINICIAN, clinician_id=RIVERA), id_)

    assert {wish.clinician_id for wish in case.times} == {RIVERA}


def test_no_time_is_proposed_to_two(jo: Staff) -> None:
    for number in range(8):
        appoint(TUESDAY_NOON + number * HOUR / 2, name=f"Number {number}")

    found = see(jo, close(AFTERNOON, jo))

    given = [wish for case in found.cases for wish in case.times]
    assert len(given) == len(set(given)) == 24


def test_a_day_is_proposed_only_as_often_as_it_may_have_such_visits(jo: Staff) -> None:
    set_rule(SECOND, max_per_day=1)
    for number in range(3):
        appoint(TUESDAY_NOON + number * HOUR, visit_type_id=SECOND, name=f"Number {number}")

    found = see(jo, close(AFTERNOON, jo))

    days = [wish.start.date() for case in found.cases for wish in case.times]
    assert len(days) == len(set(days)) == 9
