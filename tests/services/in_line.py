"""Who waits for a time, and what people and the clock do meanwhile."""

from dataclasses import replace
from datetime import timedelta

from app.domain.waiting import Wishes
from app.services import clinic as clinics
from app.services import waiting
from app.storage import models
from tests.clinics import GENERAL, RIVERA, Guest, days, person, wish
from tests.conftest import MONDAY_8AM
from tests.services.looking import rows

HOUR = timedelta(hours=1)
RIVERAS = Wishes(visit_type_id=GENERAL, clinician_ids=frozenset({RIVERA}))
TUESDAYS = replace(RIVERAS, weekdays=frozenset({1}), part="afternoon")
FIRST = wish(wish().start)  # on Tuesday the afternoon begins at noon


def wait(guest: Guest, reference: str, wishes: Wishes = TUESDAYS) -> None:
    waiting.ask_for_earlier(
        reference, wishes, actor=guest.actor, clinic=clinics.load(), now=guest.now
    )


def join(guest: Guest, wishes: Wishes = TUESDAYS, **who: object) -> str:
    return waiting.join(
        person(**who), wishes, visit=guest.visit, told=(), clinic=clinics.load(),  # type: ignore[arg-type]  # of a builder
        exempt=False, now=guest.now,
    )  # fmt: skip


def offers() -> list[models.Proposal]:
    made: list[models.Proposal] = rows(models.Proposal)
    return sorted(made, key=lambda one: one.made_at)


def fill(start: int = 0, until: int = 10, day: int = 0) -> list[str]:
    """Book the times of an afternoon, Tuesday's or of some days later; return the references."""
    noon = FIRST.start + days(day)
    times = [wish(noon + timedelta(minutes=30 * n)) for n in range(start, until)]
    return [Guest(MONDAY_8AM, network=f"198.51.{n}.0/24").book(at) for n, at in enumerate(times)]
