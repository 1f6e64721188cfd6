"""Stories of what the desk has to settle."""

from collections.abc import Iterator

from sqlalchemy import delete, insert, select, update

from app.clock import system_clock
from app.domain.letter import LetterKind
from app.domain.staff import Role
from app.storage import models
from tests.browser.colleague import hire, sign_in
from tests.browser.offered import offer
from tests.browser.patient import Patient
from tests.browser.story import story


@story(
    "reception/settle/to_settle",
    "reception/settle/to_settle: a wrong address",
    "reception/settle/to_settle: sent again",
    "reception/settle/to_settle: a colleague was quicker",
)
def settling_what_went_wrong(patient: Patient) -> Iterator[str]:
    reference = patient.book(name="Maximiliana Theodora von Hohenstein-Papadopoulos")
    patient.link()
    _go_wrong(patient, offer(patient, reference))
    sign_in(patient)
    patient.open("/staff/settle")
    yield "reception/settle/to_settle"
    mine = patient.page.locator("article").filter(has_text=reference)
    again = mine.locator("form.again")
    again.locator("[name=email]").fill("marian")
    again.locator("button").click()
    yield "reception/settle/to_settle: a wrong address"
    again.locator("[name=email]").fill(patient.email)
    again.locator("button").click()
    yield "reception/settle/to_settle: sent again"
    _settle_behind(patient, mine.locator("[name=key]").first.get_attribute("value") or "")
    mine.get_by_role("button").first.click()
    yield "reception/settle/to_settle: a colleague was quicker"


def _settle_behind(patient: Patient, key: str) -> None:
    """Let a colleague be quicker."""
    staff_id, _address = hire(patient, Role.RECEPTION, name="Mira Novak")
    row = {"key": key, "at": system_clock(), "staff_id": staff_id}
    with patient.house.book() as book:
        book.execute(insert(models.Settled).values(row))


def _go_wrong(patient: Patient, proposal_id: str) -> None:
    """Let the mail server refuse the invitations, and nobody answer the offer."""
    with patient.house.book() as book:
        asked_for = select(models.Proposal.appointment_id).where(models.Proposal.id == proposal_id)
        about = book.execute(asked_for).scalar_one()
        theirs = models.Mail.appointment_id == about
    doctor, _address = hire(
        patient, Role.CLINICIAN, name="Dr Konstantina Papadimitriou-Oyelaran",
        joined_at=system_clock(),
    )  # fmt: skip
    invitation = {
        "kind": LetterKind.DOCTOR_BOOKED, "appointment_id": about, "staff_id": doctor,
        "language": "en", "owed_at": system_clock(), "due_at": system_clock(),
        "next_try_at": system_clock(),
    }  # fmt: skip
    with patient.house.book() as book:
        book.execute(insert(models.Mail).values(**invitation))
    with patient.house.book() as book:
        book.execute(update(models.Mail).where(theirs).values(state="refused"))
        asked = update(models.Proposal).where(models.Proposal.id == proposal_id)
        book.execute(asked.values(answered_at=system_clock(), answer="lapsed"))
        held = models.Appointment.proposal_id == proposal_id
        book.execute(delete(models.Appointment).where(held))
