"""What is free for somebody who waits, compared with looking at every free time by itself."""

from datetime import date, datetime, timedelta

import pytest
from flask import Flask

from app.domain.appointment import Wish
from app.domain.waiting import Waiting, Wishes
from app.services import clinic as clinics
from app.services import offer
from app.services.free_times import FreeTimes
from app.services.offer import Search
from tests.clinics import GENERAL, NASHVILLE, OKAFOR, Guest, days, person, wish
from tests.conftest import MONDAY_8AM

ANY = Wishes(visit_type_id=GENERAL)
FRIDAY_NIGHT = MONDAY_8AM + days(4.5)


def waits(wishes: Wishes, has: datetime | None = None) -> Waiting:
    return Waiting(
        id="a", person=person(), patient_id="p", wishes=wishes, since=MONDAY_8AM, has=has
    )


def one_by_one(wishes: Wishes, until: datetime) -> list[Wish]:
    """Return what the list of times offers that suits, day by day."""
    clinic, found = clinics.load(), []
    for video in (False, True):
        for number in range(7):
            search = Search(
                visit_type_id=GENERAL, video=video, from_day=date(2027, 3, 1) + timedelta(number)
            )
            shown = offer.find(search, clinic, now=MONDAY_8AM).days
            found += [free for day in shown for list_ in day.lists for free in list_.slots]
    return sorted(
        {
            free
            for free in found
            if free.start < until and wishes.suit(free, clinic.locations[free.location_id].zone)
        },
        key=lambda free: (free.start, free.clinician_id, free.location_id, free.video),
    )


@pytest.mark.parametrize(
    "wishes",
    [ANY, Wishes(visit_type_id=GENERAL, part="morning"), Wishes(visit_type_id=GENERAL, part="late"),
     Wishes(visit_type_id=GENERAL, weekdays=frozenset({1, 4})),
     Wishes(visit_type_id=GENERAL, clinician_ids=frozenset({OKAFOR})),
     Wishes(visit_type_id=GENERAL, location_ids=frozenset({NASHVILLE}), video=True),
     Wishes(visit_type_id=GENERAL, weekdays=frozenset({3}), part="afternoon", video=False)],
)  # fmt: skip
def test_whatever_suits_is_found_and_nothing_else(app: Flask, wishes: Wishes) -> None:
    Guest(MONDAY_8AM).book(wish())
    free = FreeTimes(clinics.load(), [GENERAL], now=MONDAY_8AM)

    found = list(free.of(waits(wishes, has=FRIDAY_NIGHT)))

    assert found == one_by_one(wishes, until=FRIDAY_NIGHT)
    assert found
