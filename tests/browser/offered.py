"""Times that are offered to somebody behind the page."""

from datetime import datetime, timedelta

from sqlalchemy import RowMapping, insert, select

from app.clock import system_clock
from app.storage import models
from app.storage.sealing import Keyring
from app.storage.types import new_id
from tests.browser.patient import Patient
from tests.support.processes import KEYS

FAR = 400  # days from now, when nobody has anything
MOST = 10  # times of one offer


def offer(patient: Patient, reference: str, kind: str = "earlier", times: int = 2) -> str:
    """Ask the person of an appointment about some times; return the proposal's id."""
    proposal_id, now = new_id(), system_clock()
    appointment = models.Appointment.__table__
    with patient.house.book() as book:
        query = select(appointment).where(appointment.c.reference == reference)
        about = book.execute(query).mappings().one()
        before = len(book.execute(select(models.Proposal.id)).all())  # they hold other days
        first = FAR + MOST * before + (now - about["starts_at"]).days
        starts = [about["starts_at"] + timedelta(days=first + number) for number in range(times)]
        book.execute(insert(models.Proposal).values(
            id=proposal_id, kind=kind, patient_id=about["patient_id"],
            appointment_id=about["id"], waiting_id=None, sequence=about["sequence"],
            times=[_written(about, start) for start in starts], made_at=now,
            answer_by=now + timedelta(hours=4), link_version=0,
        ))  # fmt: skip
        for start in starts:
            book.execute(insert(models.Appointment).values(_held(about, proposal_id, start)))
    return proposal_id


def _written(about: RowMapping, start: datetime) -> dict[str, object]:
    return {
        "visit_type": about["visit_type_id"], "clinician": about["clinician_id"],
        "location": about["location_id"], "video": about["video"], "start": start.isoformat(),
    }  # fmt: skip


def _held(about: RowMapping, proposal_id: str, start: datetime) -> dict[str, object]:
    length, now = about["ends_at"] - about["starts_at"], system_clock()
    kept = ("clinician_id", "location_id", "visit_type_id", "video", "patient_id")
    return {name: about[name] for name in kept} | {
        "id": new_id(), "status": "held", "starts_at": start, "ends_at": start + length,
        "blocked_from": start, "blocked_until": start + length, "proposal_id": proposal_id,
        "held_at": now, "hold_until": now + timedelta(hours=4), "moves_id": about["id"],
        "sequence": 0, "link_version": 0,
    }  # fmt: skip


def open_offer(patient: Patient, proposal_id: str) -> None:
    """Open the link of the mail that asks."""
    keys = Keyring((("k1", bytes(32)),), (KEYS["LINK_KEY"],))
    patient.open(f"/p/{proposal_id}.{keys.signed('proposal', f'{proposal_id}|0')}")
