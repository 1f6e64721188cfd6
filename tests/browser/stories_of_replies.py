"""Stories of what calendars answer: at the desk, and on the patient's own page."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from sqlalchemy import delete, insert, select

from app.clock import system_clock
from app.domain.reply import Action
from app.domain.staff import Role
from app.storage import models
from app.storage.types import new_id
from tests.browser.colleague import sign_in
from tests.browser.patient import Patient
from tests.browser.story import story


def come(patient: Patient, reference: str, action: Action, reason: str, **others: Any) -> None:
    """Let an answer be taken in."""
    with patient.house.book() as book:
        mine = models.Appointment.reference == reference
        about = book.execute(select(models.Appointment).where(mine)).one()
        row = {
            "id": new_id(), "digest": new_id(), "taken_in_at": system_clock(),
            "sender": patient.email, "action": action, "reason": reason,
            "appointment_id": about.id, "sequence": about.sequence, "frees": False,
        }  # fmt: skip
        book.execute(insert(models.Reply).values(row | others))


def fault(patient: Patient, code: str | None) -> None:
    """Let something be wrong with the mailbox, or nothing."""
    with patient.house.book() as book:
        book.execute(delete(models.Inbox))
        if code is not None:
            row = {"id": 1, "fault": code, "since": system_clock()}
            book.execute(insert(models.Inbox).values(row))


@story(
    "reception/settle/to_settle: what calendars answered",
    "reception/settle/to_settle: the time stays",
    "reception/appointment/appointment: declined",
    "patient/appointment/manage: declined",
    "patient/appointment/manage: coming after all",
)
def answering_by_calendar(patient: Patient) -> Iterator[str]:
    reference = patient.book(name="Maximiliana Theodora von Hohenstein-Papadopoulos")
    soon = system_clock() + timedelta(days=9)
    come(patient, reference, Action.COUNTER, "proposed", proposed=soon.replace(minute=30, second=0))
    come(patient, reference, Action.REVIEW, "unproven")
    come(patient, reference, Action.REVIEW, "unknown", appointment_id=None, sequence=None)
    link = patient.link()
    fault(patient, "login_refused")
    sign_in(patient)
    patient.open("/staff/settle")
    yield "reception/settle/to_settle: what calendars answered"
    fault(patient, None)
    patient.press("Keep the time")
    yield "reception/settle/to_settle: the time stays"
    come(patient, reference, Action.APPLY, "declined")
    patient.open(f"/staff/appointment/{reference}")
    yield "reception/appointment/appointment: declined"
    patient.open(link)
    yield "patient/appointment/manage: declined"
    patient.press("I am coming")
    yield "patient/appointment/manage: coming after all"


@story("reception/reply_rules/rules", "reception/reply_rules/rules: kept")
def saying_what_a_no_may_do(patient: Patient) -> Iterator[str]:
    sign_in(patient, Role.OWNER)
    patient.open("/staff/settings/answers")
    yield "reception/reply_rules/rules"
    patient.go_on()
    yield "reception/reply_rules/rules: kept"
