"""Public holidays: looked at first, taken over once."""

from datetime import date, datetime

import pytest

from app.domain.hours_refusals import WouldBreak
from app.domain.refusals import NotAllowed
from app.domain.staff import Role, Staff
from app.services import breaking, holidays, rehousing
from app.services import clinic as clinics
from app.services.holidays import Holiday
from app.storage import models
from tests.arranging import close, closure
from tests.clinics import KNOXVILLE, NASHVILLE, TUESDAY_NOON
from tests.conftest import MONDAY_8AM
from tests.desk import appoint
from tests.services.looking import everything, rows
from tests.staffing import hire

GOOD_FRIDAY = TUESDAY_NOON.replace(month=3, day=26, hour=16)  # noon in summer
TODAY = date(2027, 3, 1)


def tennessee(actor: Staff, location_id: int | None = None) -> list[Holiday]:
    found = holidays.days("US", "TN", 2027, "en")
    return holidays.preview(found, location_id, actor=actor, today=TODAY)


def take(actor: Staff, location_id: int | None = None, seen: str = "") -> int:
    return holidays.take_over(
        tennessee(actor, location_id), location_id, seen=seen, clinic=clinics.load(), actor=actor,
        now=MONDAY_8AM,
    )  # fmt: skip


def test_a_state_has_its_own_holidays_in_the_clinics_language() -> None:
    named = dict(holidays.days("US", "TN", 2027, "en"))
    bavaria = dict(holidays.days("DE", "BY", 2027, "en"))

    assert named[date(2027, 3, 26)] == "Good Friday"
    assert date(2027, 3, 26) not in dict(holidays.days("US", "", 2027, "en"))
    assert bavaria[date(2027, 1, 6)] == "Epiphany"
    assert holidays.parts("US")["TN"] == "Tennessee"
    assert len(holidays.countries()) > 100


def test_every_country_that_is_offered_has_a_year_of_days() -> None:
    assert all(isinstance(holidays.parts(country), dict) for country in holidays.countries())
    assert holidays.days("ES", "", 2027, "es")[0][1] == "Año Nuevo"


def test_days_that_are_over_or_closed_already_are_marked(jo: Staff) -> None:
    close(closure(datetime(2027, 5, 28), datetime(2027, 6, 2)), jo)  # noqa: DTZ001

    marked = {one.day: (one.there, one.over) for one in tennessee(jo)}

    assert marked[date(2027, 1, 1)] == (False, True)
    assert marked[date(2027, 5, 31)] == (True, False)
    assert marked[date(2027, 3, 26)] == (False, False)


def test_days_to_come_are_closed_as_whole_days_and_only_once(jo: Staff) -> None:
    first, again = take(jo), take(jo)

    kept = rows(models.Closure)
    assert (first, again) == (len(kept), 0)
    assert {row.kind for row in kept} == {"holiday"}
    assert all(row.ends - row.starts == datetime.resolution * 86_400_000_000 for row in kept)
    assert min(row.starts for row in kept) == datetime(2027, 3, 26)  # noqa: DTZ001
    assert all(one.there or one.over for one in tennessee(jo))


def test_a_place_that_rests_with_the_clinic_needs_no_closure_of_its_own(jo: Staff) -> None:
    only_there = take(jo, NASHVILLE)

    assert not any(one.there for one in tennessee(jo, KNOXVILLE))
    assert take(jo, KNOXVILLE) == only_there
    assert take(jo) == only_there
    assert take(jo, NASHVILLE) == 0


def test_what_they_break_is_seen_first_and_belongs_to_its_day(jo: Staff) -> None:
    reference = appoint(GOOD_FRIDAY)
    before = everything()

    with pytest.raises(WouldBreak) as refused:
        take(jo)
    unchanged = everything()
    take(jo, seen=breaking.sight(refused.value.lost))

    (row,) = rows(models.Rehousing)
    friday = next(one for one in rows(models.Closure) if one.note == "Good Friday")
    assert [one.reference for one in refused.value.lost] == [reference]
    assert unchanged == before
    assert row.closure_id == friday.id
    assert rehousing.left(actor=jo, clinic=clinics.load(), now=MONDAY_8AM) == {friday.id: 1}


def test_a_clinician_closes_no_clinic(jo: Staff) -> None:
    rivera = hire(Role.CLINICIAN)

    with pytest.raises(NotAllowed):
        tennessee(rivera)
    with pytest.raises(NotAllowed):
        holidays.take_over(
            tennessee(jo), None, seen="", clinic=clinics.load(), actor=rivera, now=MONDAY_8AM
        )
