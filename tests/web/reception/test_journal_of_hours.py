"""Who changed which hours, in sentences."""

import pytest
from flask import Flask

from app.domain.staff import Role
from app.storage import journal
from app.storage.database import transaction
from tests.conftest import MONDAY_8AM
from tests.staffing import Colleague

TUESDAYS = {
    "weekdays": [1, 3], "location": 1, "minutes": [540, 1020], "days": ["2027-01-04", None],
    "every_weeks": 1, "ways": [True, True],
}  # fmt: skip
LEAVE = {
    "clinician_id": 1, "location_id": None, "starts": "2027-03-02T12:00:00",
    "ends": "2027-03-02T17:00:00", "kind": "leave", "note": "On leave",
}  # fmt: skip


@pytest.mark.parametrize(
    ("verb", "change", "words"),
    [
        ("add_hours", {"clinician": 1, "hours": [[], [TUESDAYS]]},
         "added weekly hours: Dr Ana Rivera, Tue, Thu 9:00-17:00, Harbor Clinic Knoxville"),
        ("open", {"clinician": 2, "opening": [None, {"day": "2027-03-06", "location": 9,
         "minutes": [540, 725], "ways": [True, True]}]},
         "opened a day: Dr Samuel Okafor, Mar 6, 2027, 9:00-12:05, a place that is gone"),
        ("close", {"closure": [None, LEAVE]},
         "closed some time: Dr Ana Rivera, Mar 2, 2027 12:00 - Mar 2, 2027 17:00, On leave"),
        ("change_closure", {"closure": [LEAVE, LEAVE | {"clinician_id": None, "note": ""}]},
         "to The whole clinic, Mar 2, 2027 12:00"),
    ],
)  # fmt: skip
def test_hours_and_closures_are_told_from_what_to_what(
    site: Flask, verb: str, change: dict[str, object], words: str
) -> None:
    mira = Colleague(site, Role.OWNER)
    with site.app_context(), transaction() as session:
        journal.note(session, verb, actor="clinic", appointment_id=None, now=MONDAY_8AM, **change)

    page = mira.get("/staff/journal").text

    assert words in page
