"""Looking for times as the page does."""

from datetime import date, datetime
from typing import Any

from app.domain.appointment import Wish
from app.services import clinic as clinics
from app.services import offer
from app.services.offer import Offer, Search
from tests.clinics import GENERAL, RIVERA
from tests.conftest import MONDAY_8AM


def find(now: datetime = MONDAY_8AM, **search: Any) -> Offer:
    """Look for times as the page does."""
    asked = Search(**({"visit_type_id": GENERAL} | search))
    return offer.find(asked, clinics.load(), now=now)


def wishes(found: Offer) -> set[Wish]:
    """Every time that the page shows."""
    return {one for day in found.days for list_ in day.lists for one in list_.slots}


def starts(found: Offer, day: date, clinician_id: int = RIVERA) -> list[datetime]:
    return [
        one.start
        for shown in found.days
        if shown.day == day
        for list_ in shown.lists
        if list_.clinician_id == clinician_id
        for one in list_.slots
    ]
