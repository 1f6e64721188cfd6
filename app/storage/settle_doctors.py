"""Doctors' invitations that did not arrive, one matter a doctor."""

from collections.abc import Collection, Iterable
from datetime import datetime
from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement, exists
from sqlalchemy.orm import aliased

from app.domain.letter import DOCTORS
from app.domain.settle import Kind, Matter
from app.storage.models import Appointment, Mail, StaffAccount

WHOSE = (
    StaffAccount.id.label("staff_id"),
    StaffAccount.name.label("doctor_name"),
    StaffAccount.email.label("doctor_email"),
    StaffAccount.clinician_id.label("doctors_own"),
)


def counts(*, now: datetime) -> ColumnElement[bool]:
    """Say of a refused mail to a doctor that their calendar is wrong without it.

    Only the newest about an appointment counts: one that arrived puts the entry right.
    """
    later = aliased(Mail)
    newer = exists().where(
        later.appointment_id == Mail.appointment_id,
        later.staff_id == Mail.staff_id,
        later.kind.in_(DOCTORS),
        later.id > Mail.id,
    )
    here = StaffAccount.left_at.is_(None)
    return Mail.kind.in_(DOCTORS) & here & (Appointment.starts_at > now) & ~newer


def matters(rows: Iterable[Any], clinician_ids: Collection[int]) -> list[Matter]:
    """Return whose calendars are wrong, from rows with the columns of WHOSE, the soonest first."""
    theirs = sorted(
        (row for row in rows if row.doctors_own in clinician_ids),
        key=lambda row: (row.staff_id, row.starts_at),
    )
    found = [_matter(list(of)) for _id, of in groupby(theirs, key=lambda row: row.staff_id)]
    return sorted(found, key=lambda one: str(one.start))


def _matter(rows: list[Any]) -> Matter:
    soonest, ids = rows[0], tuple(row.mail_id for row in rows)
    return Matter(
        kind=Kind.DOCTOR, key=f"doctor:{soonest.staff_id}:{max(ids)}", name=soonest.doctor_name,
        email=soonest.doctor_email, start=soonest.starts_at, clinician_id=soonest.doctors_own,
        mail_ids=ids,
    )  # fmt: skip
