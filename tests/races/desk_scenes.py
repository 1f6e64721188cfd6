"""Scenes at the desk: colleagues who do something to the same appointment at once."""

from datetime import timedelta

from app.domain.staff import Role, Staff
from app.services import attending, desk_moving
from app.services import clinic as clinics
from tests.clinics import wish
from tests.conftest import MONDAY_8AM
from tests.races.crowd import NINE, Scene
from tests.races.scenes import answer

FIVE = timedelta(minutes=5)


def one_tile(reference: str, number: int, staff_id: str) -> Scene:
    """Drag the same appointment as every colleague, each to another time."""
    jo = Staff(id=staff_id, name="Jo", email="jo@example.org", role=Role.RECEPTION)
    clinic = clinics.load()
    seen = attending.find(reference, jo)
    wanted = wish(NINE + timedelta(days=1) + number * 7 * FIVE)
    yield

    def drop() -> str:
        desk_moving.move(
            reference, wanted, revision=seen.revision, actor=jo, clinic=clinic, now=MONDAY_8AM
        )
        return wanted.start.isoformat()

    return answer(drop)


def one_place(reference: str, staff_id: str) -> Scene:
    """Drag an appointment of one's own to where every colleague drags one."""
    jo = Staff(id=staff_id, name="Jo", email="jo@example.org", role=Role.RECEPTION)
    clinic = clinics.load()
    yield

    def drop() -> str:
        wanted = wish(NINE + timedelta(days=1))
        desk_moving.move(reference, wanted, revision=0, actor=jo, clinic=clinic, now=MONDAY_8AM)
        return reference

    return answer(drop)
