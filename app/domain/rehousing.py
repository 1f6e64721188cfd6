"""Appointments that lost their time, and how far finding another one is."""

from dataclasses import dataclass

from app.domain.appointment import Wish
from app.domain.interval import Interval


@dataclass(frozen=True, slots=True, kw_only=True)
class Coming:
    """An appointment that is still to come, with how to reach whoever comes."""

    id: str
    reference: str
    wish: Wish
    interval: Interval
    name: str
    phone: str
    email: str
    language: str
    revision: int
