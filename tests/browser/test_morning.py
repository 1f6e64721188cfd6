"""A receptionist's morning, from the passkey to the hand-over, on both databases."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser import morning, morning_rehousing
from tests.browser.conftest import Arrive
from tests.browser.dragging import WIDE
from tests.browser.house import House, opened


@pytest.fixture(params=["sqlite", "postgresql"])
def clinic(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[House]:
    """Give a clinic of its own that has a name, since passkeys are bound to one."""
    url = None
    if request.param == "postgresql":
        server = request.getfixturevalue("postgres_server")
        url = server.create_database("morning")
    with opened(tmp_path, host="localhost", url=url) as house:
        yield house
    if url:
        server.drop_database("morning")


def test_a_receptionists_morning(clinic: House, arrive: Arrive) -> None:
    jo = arrive(at=clinic)
    jo.page.set_viewport_size(WIDE)
    caller, waiting = arrive(at=clinic), arrive(at=clinic)
    morning.open_one_hour(clinic)

    morning.sign_in_with_a_passkey(jo)
    morning.find_a_caller(jo)
    reference = morning.book_with_the_guide_by_mail(jo, caller)
    morning.move_by_drag(jo)
    morning.refuse_an_overlap(jo)
    morning.override_one(jo)
    morning_rehousing.close_an_afternoon_and_rehouse(jo, arrive(at=clinic))
    morning.put_on_the_waiting_list(jo, waiting)
    morning.cancel(jo, reference)
    morning.take_the_freed_slot(waiting)
    morning.check_in(jo)
    morning.print_the_day_sheet(jo)
    morning.hand_over(jo)
