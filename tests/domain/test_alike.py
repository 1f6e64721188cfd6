"""Who looks like a caller."""

from datetime import UTC, date, datetime, timedelta

import pytest

from app.domain.alike import Why, alike, nearly
from app.domain.finding import Found, Line
from app.domain.interval import Interval
from tests.clinics import person

BORN = date(1968, 4, 21)
LATER = datetime(2027, 4, 1, 12, tzinfo=UTC)
TO_COME = Line(
    reference="HB-AAA-AAA", status="booked", start=datetime(2027, 3, 2, 17, tzinfo=UTC),
    end=datetime(2027, 3, 2, 17, 30, tzinfo=UTC), clinician_id=1, location_id=1,
    visit_type_id=2, video=False,
)  # fmt: skip


def known(name: str = "Marian Hale", **others: object) -> Found:
    values: dict[str, object] = {
        "name": name, "birth_date": BORN, "phone": "+18655550199", "email": "",
        "booker_name": None, "coming": (), "last": TO_COME,
    }  # fmt: skip
    return Found(**(values | others))  # type: ignore[arg-type]  # of a builder


def reasons(*people: Found, at: datetime = LATER, **caller: object) -> list[Why]:
    wanted = Interval(at, at + timedelta(minutes=30))
    caller_ = person(**caller)  # type: ignore[arg-type]  # of a builder
    return [one.why for one in alike(caller_, list(people), wanted=wanted)]


@pytest.mark.parametrize(
    ("name", "other"),
    [("Marian Hale", "Hale, Marian"), ("Marian Hale", "Marion Hale"), ("Inês Silva", "INES SILVA"),
     ("Marian Hale", "Marian Hale-Stone"), ("Katherine", "Catherine")],
)  # fmt: skip
def test_names_are_alike_that_people_mishear_or_shorten(name: str, other: str) -> None:
    assert nearly(name, other)


@pytest.mark.parametrize("other", ["Ada Abbott", "Ben Costa", "李雷"])
def test_other_names_are_not(other: str) -> None:
    assert not nearly("Marian Hale", other)


def test_whoever_has_an_appointment_to_come_is_named_and_whoever_had_one_is_not() -> None:
    assert reasons(known(coming=(TO_COME,))) == [Why.COMING]
    assert reasons(known()) == []


@pytest.mark.parametrize(("minutes", "why"), [(-30, Why.COMING), (-29, Why.THEN), (0, Why.THEN),
                                             (29, Why.THEN), (30, Why.COMING)])  # fmt: skip
def test_whoever_comes_at_that_very_time_is_named_with_it(minutes: int, why: Why) -> None:
    at = TO_COME.start + timedelta(minutes=minutes)

    assert reasons(known(coming=(TO_COME,)), at=at) == [why]


def test_a_name_spelled_otherwise_is_named_when_they_were_born_the_same_day() -> None:
    assert reasons(known("Marion Hale")) == [Why.SPELLED]
    assert reasons(known("Marion Hale", birth_date=date(1970, 1, 1))) == []
    assert reasons(known("Ada Abbott")) == []


def test_another_name_with_the_same_number_or_address_is_named() -> None:
    assert reasons(known("Ada Abbott", phone="+18655550178")) == [Why.REACHED]
    assert reasons(known("Ada Abbott", email="A@B.org"), email="a@b.org") == [Why.REACHED]
    assert reasons(known("Ada Abbott", email=""), email=" ") == []


def test_a_number_that_is_known_to_be_shared_says_nothing() -> None:
    themselves, other = known(phone="+18655550178"), known("Ada Abbott", phone="+18655550178")

    assert reasons(themselves, other) == []
