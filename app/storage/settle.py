"""What went wrong and what nobody answered: one statement each, and who settled what."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import delete, exists, func, select, update
from sqlalchemy.orm import Session, aliased

from app.domain.proposal import Answer
from app.domain.proposal import Kind as Asked
from app.domain.settle import Kind, Matter
from app.storage import models, settle_doctors, subscriptions
from app.storage.adding import add_unless_there
from app.storage.models import MailState, Settled, StaffAccount, Status
from app.storage.settle_doctors import WHOSE

Row_ = models.Appointment
Mail = models.Mail
Patient = models.Patient
Proposal = models.Proposal
Waiting = models.Waiting
WHO = (Patient.name, Patient.phone, Patient.email)
OFFER = (
    Proposal.id, Proposal.kind, Proposal.answer, Proposal.waiting_id, Proposal.times,
    Row_.reference, Row_.starts_at, Row_.clinician_id, Row_.location_id, *WHO,
)  # fmt: skip


def refused_mails(
    session: Session, clinician_ids: Collection[int], *, now: datetime
) -> list[Matter]:
    """Return the mails that did not go: the last one of each appointment, and open offers.

    Those to doctors are one matter a doctor.
    """
    last = select(func.max(Mail.id)).where(
        Mail.state == MailState.REFUSED,
        Mail.appointment_id.is_not(None),
        Mail.staff_id.is_(None),
    )
    coming = (
        Mail.id.in_(last.group_by(Mail.appointment_id))
        & (Mail.sequence == Row_.sequence)
        & (Row_.starts_at > now)
    )
    asked = Proposal.answered_at.is_(None) & (Proposal.answer_by > now)
    about = func.coalesce(Mail.appointment_id, Proposal.appointment_id)
    query = (
        select(Mail.id.label("mail_id"), Mail.kind.label("mail_kind"), *OFFER, *WHOSE)
        .outerjoin(Proposal, Proposal.id == Mail.proposal_id)
        .outerjoin(Row_, Row_.id == about)
        .join(Patient, Patient.id == func.coalesce(Proposal.patient_id, Row_.patient_id))
        .outerjoin(StaffAccount, StaffAccount.id == Mail.staff_id)
        .where(Mail.state == MailState.REFUSED, coming | asked | settle_doctors.counts(now=now))
        .order_by(Row_.starts_at, Mail.id)
    )
    found = session.execute(query).all()
    to_patients = [row for row in found if row.staff_id is None]
    return [_mail(row) for row in to_patients if _doctors(row) <= set(clinician_ids)] + (
        settle_doctors.matters([row for row in found if row.staff_id], clinician_ids)
    )


def _doctors(row: Any) -> set[int]:  # noqa: ANN401  a row
    """Return in whose calendars it stands what a mail is about."""
    return {time["clinician"] for time in row.times} if row.times else {row.clinician_id}


def _mail(row: Any) -> Matter:  # noqa: ANN401  a row
    matter = _matter(row, Kind.MAIL, key=f"mail:{row.mail_id}", why=row.mail_kind)
    return replace(matter, mail_id=row.mail_id)


def unanswered(session: Session, *, since: datetime, now: datetime) -> list[Matter]:
    """Return the offers after which somebody has to be called, the oldest first.

    They ran out; or nobody can be written to; or no was said to every time instead of one that
    cannot be.  Whoever was asked again since is not among them.
    """
    later = aliased(Proposal)
    again = exists().where(
        later.patient_id == Proposal.patient_id, later.made_at > Proposal.made_at
    )
    refused = (Proposal.answer == Answer.NO) & (Proposal.kind == Asked.REHOUSE)
    nobody = Proposal.answer.is_(None) & (Patient.email == "")
    moves = (Row_.status == Status.BOOKED) & (Row_.sequence == Proposal.sequence)
    query = (
        select(*OFFER)
        .join(Patient, Patient.id == Proposal.patient_id)
        .outerjoin(Row_, Row_.id == Proposal.appointment_id)
        .outerjoin(Waiting, Waiting.id == Proposal.waiting_id)
        .where(
            Proposal.made_at > since,
            (Proposal.answer == Answer.LAPSED) | refused | nobody,
            (moves & (Row_.starts_at > now)) | Row_.id.is_(None),
            Proposal.waiting_id.is_(None) | Waiting.closed_at.is_(None),
            ~again,
        )
        .order_by(Proposal.made_at)
    )  # fmt: skip
    return [_offer(row) for row in session.execute(query)]


def _offer(row: Any) -> Matter:  # noqa: ANN401  a row
    answer = row.answer or "open"
    key, why = f"offer:{row.id}:{answer}", f"{row.kind}:{answer}"
    return _matter(row, Kind.OFFER, key=key, why=why)


def _matter(row: Any, kind: Kind, *, key: str, why: str) -> Matter:  # noqa: ANN401  a row
    """Return what is to settle, from a row with the columns of OFFER."""
    return Matter(
        kind=kind,
        key=key,
        why=why,
        name=row.name,
        phone=row.phone,
        email=row.email,
        reference=row.reference,
        start=row.starts_at,
        clinician_id=row.clinician_id or row.times[0]["clinician"],
        location_id=row.location_id or row.times[0]["location"],
        proposal_id=row.id,
        waiting_id=row.waiting_id,
    )


def being_asked(session: Session) -> set[str]:
    """Return the appointments for which another time is offered just now."""
    open_ = select(Proposal.appointment_id).where(
        Proposal.answered_at.is_(None), Proposal.appointment_id.is_not(None)
    )
    return {id_ for id_ in session.scalars(open_) if id_}


def settled(session: Session, *, since: datetime) -> dict[str, tuple[datetime, str]]:
    """Return what was settled since an instant: when and by whom."""
    query = select(Settled.key, Settled.at, models.StaffAccount.name)
    query = query.join(models.StaffAccount, models.StaffAccount.id == Settled.staff_id)
    found = session.execute(query.where(Settled.at > since).order_by(Settled.at.desc()))
    return {key: (at, name) for key, at, name in found}


def settle(session: Session, key: str, staff_id: str, *, now: datetime) -> bool:
    """Note that a matter is settled, unless somebody did; say whether."""
    return add_unless_there(session, Settled, {"key": key, "at": now, "staff_id": staff_id})


def send_again(session: Session, mail_id: int, *, now: datetime) -> bool:
    """Owe a refused mail anew; False when somebody did before."""
    refused = update(Mail).where(Mail.id == mail_id, Mail.state == MailState.REFUSED)
    owed = refused.values(
        state=MailState.OWED, due_at=now, next_try_at=now, attempts=0, fault=None, leased_by=None
    )
    return session.execute(owed.returning(Mail.id)).first() is not None


def change_address(session: Session, patient_id: str, email: str, email_key: str) -> None:
    """Write to somebody elsewhere from now on; links that went to the old address are dead."""
    theirs = update(Patient).where(Patient.id == patient_id)
    session.execute(theirs.values(email=email, email_key=email_key))
    booked = update(Row_).where(Row_.patient_id == patient_id)
    session.execute(booked.values(link_version=Row_.link_version + 1))
    subscriptions.drop_of_patient(session, patient_id)
    asked = update(Proposal).where(
        Proposal.patient_id == patient_id, Proposal.answered_at.is_(None)
    )
    session.execute(asked.values(link_version=Proposal.link_version + 1))


def any_old(session: Session, *, before: datetime) -> bool:
    """Say whether there is something to forget, without taking the write lock."""
    return session.scalar(select(Settled.key).where(Settled.at < before).limit(1)) is not None


def drop_old(session: Session, *, before: datetime) -> None:
    """Forget what was settled before an instant."""
    session.execute(delete(Settled).where(Settled.at < before))
