"""Mails that did not go, sent again from the list of what to settle."""

from collections.abc import Collection
from dataclasses import dataclass

from app.domain.refusals import NotYours
from app.domain.settle import AlreadySettled, Kind
from app.domain.staff import Permission
from app.services import attending, proposal, settle
from app.services.settle import Asked
from app.storage import holds, journal, mails, people
from app.storage import settle as stored
from app.storage.database import reading, retried, transaction
from app.storage.models import Mail


@retried
def send_to_doctor(key: str, *, asked: Asked) -> None:
    """Owe a doctor anew what did not reach them; raises NotYours, AlreadySettled."""
    matter = settle.find(key, asked)
    if matter.kind is not Kind.DOCTOR:
        raise NotYours
    with transaction() as session:
        sent = [stored.send_again(session, id_, now=asked.now) for id_ in matter.mail_ids]
        if not any(sent):
            raise AlreadySettled
        settle.note(session, matter, None, asked)


@retried
def send_again(mail_id: int, email: str, *, asked: Asked) -> None:
    """Owe a mail anew that was refused, to another address if the old one was wrong.

    Raises NotYours, AlreadySettled when a colleague did, and for an offer that is over what
    answering it raises.
    """
    asked.actor.needs(Permission.RUN_DAY)
    about = _addressed(mails.find(reading(), mail_id), asked)
    with transaction() as session:
        holds.lock_calendars(session, about.doctors)
        if not stored.send_again(session, mail_id, now=asked.now):
            raise AlreadySettled
        changed = email != about.email
        if changed:
            stored.change_address(session, about.patient_id, email, people.email_key(email))
        journal.note(
            session, "mail_again", actor=asked.actor.signature, now=asked.now,
            appointment_id=about.appointment_id, address=changed,
        )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class _Addressed:
    """Whom a mail was for, and in whose calendars what it is about stands."""

    patient_id: str
    email: str
    appointment_id: str | None
    doctors: Collection[int]


def _addressed(mail: Mail | None, asked: Asked) -> _Addressed:
    if mail is not None and mail.proposal_id is not None:
        offered = proposal.of(mail.proposal_id, actor=asked.actor)
        offered.check_open(now=asked.now)
        return _Addressed(
            patient_id=offered.patient_id, email=offered.person.email,
            appointment_id=offered.appointment_id, doctors=offered.doctors,
        )  # fmt: skip
    about = attending.found_by_id(mail.appointment_id if mail else None, asked.actor)
    if about is None or (mail is not None and mail.staff_id is not None):
        raise NotYours
    return _Addressed(
        patient_id=about.patient_id, email=about.person.email,
        appointment_id=about.id, doctors=[about.wish.clinician_id],
    )  # fmt: skip
