"""Builders: appointments that stand in the book already, for tests of the desk."""

from datetime import date, datetime, timedelta

from flask import Flask
from sqlalchemy import insert

from app.services import clinic as clinics
from app.storage import models, people
from app.storage.database import db
from app.storage.models import Status
from app.storage.types import new_id
from tests.clinics import GENERAL, KNOXVILLE, RIVERA, TUESDAY_NOON
from tests.conftest import MONDAY_8AM


def appoint(
    start: datetime = TUESDAY_NOON,
    *,
    name: str = "Marian Hale",
    birth_date: date = date(1968, 4, 21),
    email: str | None = None,
    phone: str = "+18655550178",
    visit_type_id: int = GENERAL,
    **changes: object,
) -> str:
    """Put somebody's appointment into the book; return its reference.  Needs an app context."""
    visit_type = clinics.load().visit_types[visit_type_id]
    patient_id, id_ = new_id(), new_id()
    address = email if email is not None else f"{id_}@example.org"
    blocked = visit_type.blocked(start)
    patient: dict[str, object] = {
        "id": patient_id, "name": name, "birth_date": birth_date, "email": address,
        "email_key": people.email_key(address), "phone": phone, "language": "en",
        "calendar": "invitation", "created_at": MONDAY_8AM,
    }  # fmt: skip
    reference = f"HB-{id_[:3]}-{id_[3:6]}".upper()
    made: dict[str, object] = {
        "id": id_, "reference": reference, "status": Status.BOOKED, "clinician_id": RIVERA,
        "location_id": KNOXVILLE, "visit_type_id": visit_type_id, "video": False,
        "starts_at": start, "ends_at": start + visit_type.rule.length,
        "blocked_from": blocked.start, "blocked_until": blocked.end, "patient_id": patient_id,
        "booked_at": MONDAY_8AM - timedelta(days=1), "sequence": 0, "link_version": 0,
    }  # fmt: skip
    db.session.execute(insert(models.Patient).values(patient))
    db.session.execute(insert(models.Appointment).values(made | changes))
    db.session.commit()
    return str(changes.get("reference", reference))


def put(site: Flask, **values: object) -> str:
    """Put somebody's appointment into the book of a site; return its reference."""
    with site.app_context():
        return appoint(**values)  # type: ignore[arg-type]  # of a builder


def hours(clinician_id: int, location_id: int = KNOXVILLE) -> None:
    """Give a doctor hours from eight to six, Monday to Friday."""
    db.session.execute(
        insert(models.WeeklyHours),
        [
            {
                "clinician_id": clinician_id, "location_id": location_id, "weekday": weekday,
                "from_minute": 480, "until_minute": 1080, "valid_from": date(2027, 1, 4),
            }
            for weekday in range(5)
        ],
    )  # fmt: skip
    db.session.commit()
