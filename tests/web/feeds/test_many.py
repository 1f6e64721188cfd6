"""A calendar of ten thousand appointments takes no more memory than one of five hundred."""

import json
import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path

from flask import Flask
from sqlalchemy import insert, select

from app.clock import system_clock
from app.domain.staff import Role
from app.domain.subscription import Source
from app.services import subscription
from app.settings import ROOT
from app.storage import feeds, models
from app.storage.database import db
from app.storage.models import Status
from tests.clinics import GENERAL, KNOXVILLE, OKAFOR, RIVERA
from tests.desk import appoint
from tests.staffing import hire

MANY = 10_000
ROOM = (
    8_000_000  # bytes; a list of all rows takes twelve, and the whole calendar as one text fourteen
)
TEN, TWENTY = timedelta(minutes=10), timedelta(minutes=20)


def fill(clinician_id: int, many: int, *, now: datetime) -> str:
    """Put that many appointments into a doctor's book, day and night; return a link to it."""
    appoint(now + timedelta(days=179), clinician_id=clinician_id)
    patient = db.session.scalars(select(models.Patient.id)).first()
    starts = (now - timedelta(days=20) + TWENTY * number for number in range(many - 1))
    rows = [
        {
            "id": f"{clinician_id}-{number:018}", "reference": f"HB-{clinician_id}-{number}",
            "status": Status.BOOKED, "clinician_id": clinician_id, "location_id": KNOXVILLE,
            "visit_type_id": GENERAL, "video": False, "starts_at": start, "ends_at": start + TEN,
            "blocked_from": start, "blocked_until": start + TEN, "patient_id": patient,
            "booked_at": now - timedelta(days=40),
        }
        for number, start in enumerate(starts)
    ]  # fmt: skip
    db.session.execute(insert(models.Appointment), rows)
    db.session.commit()
    owner, source = hire(Role.OWNER), Source(clinician_id=clinician_id)
    return f"/feeds/{subscription.make(source, 'a phone', actor=owner, now=now)}.ics"


def test_ten_thousand_appointments_leave_in_bounded_memory_and_unchanged_ones_at_no_cost(
    app: Flask, database_url: str, tmp_path: Path
) -> None:
    now = system_clock()  # that of the database, or pages stay closed
    few, many = fill(OKAFOR, feeds.AT_ONCE, now=now), fill(RIVERA, MANY, now=now)
    follower = [sys.executable, "-m", "tests.support.follower"]

    said = subprocess.run(
        [*follower, database_url, str(tmp_path), few, many],
        cwd=ROOT, stdout=subprocess.PIPE, check=True,
    )  # fmt: skip
    followed = json.loads(said.stdout)

    assert followed["events"] == MANY
    assert followed["grown"] < ROOM
    assert followed["again"] == [304, 0, 1]
