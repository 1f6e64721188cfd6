"""What was printed and taken out, as the owner's journal tells it."""

from flask import Flask

from app.domain.staff import Role
from app.web import outage
from tests.clinics import RIVERA
from tests.conftest import MONDAY_8AM
from tests.desk import appoint
from tests.staffing import Colleague


def test_the_journal_says_who_printed_and_took_out_how_much(site: Flask) -> None:
    with site.app_context():
        reference = appoint()
        outage.write(site.extensions["settings"].outage, now=MONDAY_8AM)
    owner = Colleague(site, Role.OWNER, name="Sam Lee", clinician_id=RIVERA)
    for path in ("day/sheet?date=2027-03-02", "day/cards?date=2027-03-02",
                 f"appointment/{reference}/card", f"appointment/{reference}/brief"):  # fmt: skip
        owner.get(f"/staff/{path}")
    owner.post("/staff/export", {"kind": "csv", "date": "2027-03-02"})

    page = owner.get("/staff/journal").text

    for sentence in (
        "Sam Lee printed the day sheet of Tuesday 2 March 2027: 1",
        "Sam Lee printed the appointment cards of Tuesday 2 March 2027: 1",
        "Sam Lee printed the appointment card",
        "Sam Lee read the doctor",
        "Sam Lee took appointments out as a file: 1",
        "The outage pack was written; appointments in it: 1",
    ):
        assert sentence in page, sentence
