"""Taking much out at once: another owner agrees on the journal's page."""

from flask import Flask
from sqlalchemy import insert

from app.domain.staff import Role
from app.services.agreeing import MANY
from app.storage.database import transaction
from app.storage.models import JournalEntry
from tests.conftest import MONDAY_8AM
from tests.staffing import Colleague

DAYS = {"from": "2027-02-01", "until": "2027-03-05"}


def test_t36_a_long_journal_leaves_when_a_second_owner_agreed(site: Flask) -> None:
    line = {"at": MONDAY_8AM, "actor": "worker", "verb": "pressure_on", "change": {}}
    with site.app_context(), transaction() as session:
        session.execute(insert(JournalEntry), [line] * (MANY + 1))
    mira, ben = (Colleague(site, Role.OWNER, name=name) for name in ("Mira Castellan", "Ben Ode"))
    mira.get("/staff/journal")

    refused = mira.post("/staff/journal/export", DAYS)
    shown = ben.get("/staff/journal")
    number = shown.text.split("/staff/journal/agree/")[1].split('"')[0]
    own = mira.post(f"/staff/journal/agree/{number}")
    agreed = ben.post(f"/staff/journal/agree/{number}")
    given = mira.post("/staff/journal/export", DAYS)

    assert (refused.status_code, "another owner has to agree" in refused.text) == (403, True)
    assert "Mira Castellan wants to take 501 lines out as a file." in shown.text
    assert (own.status_code, agreed.status_code) == (404, 303)
    assert given.content_type == "text/csv; charset=utf-8"
    assert "wants to take" not in ben.get("/staff/journal").text
    assert "Ben Ode agreed that Mira Castellan takes 501 lines out" in given.text or (
        "Ben Ode agreed that Mira Castellan takes 501 lines out" in ben.get("/staff/journal").text
    )
