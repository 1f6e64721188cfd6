"""What a mail says at the moment it leaves: put together from the book as it stands then."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from app.domain.appointment import Appointment, Mails
from app.domain.booking import APPOINTMENTS_PER_ADDRESS, LINK_LASTS
from app.domain.clinic import Clinic
from app.domain.interval import Interval
from app.domain.letter import DOCTORS, AppointmentLink, Letter, LetterKind
from app.services import (
    breaking,
    declined,
    doctor_letters,
    mail_choice,
    mailbox,
    proposal_letters,
    staff_letters,
    to_read,
    to_read_rule,
)
from app.services import clinic as clinics
from app.services.appointment import path, view
from app.services.letterhead import headed
from app.services.threads import in_thread
from app.storage import appointments, journal, mails, people, sealing
from app.storage.database import reading
from app.storage.models import Mail, Status

TO_PREPARE = (LetterKind.CHANGED, LetterKind.TO_READ)
BEFORE_THE_VISIT = (LetterKind.REMINDER, LetterKind.MAILS_CHOSEN, LetterKind.DECLINED, *TO_PREPARE)


Signs = Callable[[str], tuple[str, ...]]  # what must not wait, in a language


def no_signs(_language: str) -> tuple[str, ...]:
    """Name nothing."""
    return ()


def letter(
    mail_id: int,
    *,
    base_url: str,
    emergency_number: str,
    now: datetime,
    signs: Signs = no_signs,
) -> Letter | None:
    """Return what a mail says, or None when there is nothing to say any more."""
    mail = mails.find(reading(), mail_id)
    if mail is None:
        return None
    clinic = clinics.load().said_in(mail.language)
    if mail.kind in DOCTORS:
        return doctor_letters.letter(mail, clinic, base_url, emergency_number)
    if mail.staff_id is not None:
        return staff_letters.letter(mail, clinic, base_url, emergency_number, now=now)
    if mail.proposal_id is not None:
        return proposal_letters.letter(mail, clinic, base_url, emergency_number, now=now)
    if mail.kind == LetterKind.LINK:
        return _about_address(mail, clinic, base_url, emergency_number, now=now)
    written = _about_appointment(mail, clinic, base_url, emergency_number, now=now)
    return None if written is None else replace(written, signs=signs(mail.language))


def _about_appointment(
    mail: Mail, clinic: Clinic, base_url: str, emergency_number: str, *, now: datetime
) -> Letter | None:
    about = appointments.find(reading(), appointments.by_id(mail.appointment_id or ""))
    if about is None or not _still_true(mail, about, clinic, now=now):
        return None
    wish, person, location = about.wish, about.person, clinic.locations[about.wish.location_id]
    letter = replace(
        headed(mail, clinic, emergency_number, person.email),
        recipient_name=person.booker_name or person.name,
        clinic_address=mailbox.writes_from(about.id, clinic),
        appointment_id=about.id,
        sequence=mail.sequence,
        lead_hours=mail.lead_hours,
        patient_name=person.name,
        clinician_name=clinic.clinicians[wish.clinician_id].name,
        place_name=location.name,
        place_address=location.address,
        directions=location.directions,
        video=wish.video,
        interval=about.interval,
        previous_interval=_previous(mail, about),
        zone=location.zone,
        clocks_differ=clinic.clocks_differ,
        reference=about.reference,
        link=base_url + path(about.id, about.link_version),
        change_until=view(about, clinic, now=now).change_until,
        confirm_until=about.hold_until,
        wants_calendar=person.calendar == Mails.INVITATION,
        plain=person.calendar == Mails.PLAIN,
    )
    closed = _is_closed(mail, about, clinic, now=now)
    letter = in_thread(_told(letter, closed=closed), mails.left(reading(), about.id))
    return _with_more(letter, about, clinic)


def _told(letter: Letter, *, closed: bool) -> Letter:
    """Return a reminder that asks not to come, where its time was closed; or what was asked."""
    if letter.kind == LetterKind.COUNTER_DECLINED:
        asked = letter.previous_interval
        return replace(letter, previous_interval=None, proposed_interval=asked)
    return replace(letter, closed=True, wants_calendar=False) if closed else letter


def _with_more(letter: Letter, about: Appointment, clinic: Clinic) -> Letter | None:
    """Add what letters of some kinds say too; None when theirs is no longer true."""
    if mail_choice.left_an_entry(about):  # the last word about it is still said to the calendar
        last = letter.kind == LetterKind.CANCELLED
        letter = replace(letter, entry_left=True, wants_calendar=last)
    elif letter.kind == LetterKind.MAILS_CHOSEN and not letter.wants_calendar:
        return None
    if letter.kind != LetterKind.DECLINED:
        return _with_guide(letter, about, clinic)
    no = declined.standing_no(about)
    return None if no is None else replace(letter, frees=no.frees)


def _with_guide(letter: Letter, about: Appointment, clinic: Clinic) -> Letter:
    """Add what is still to be read before the visit, or that it was given back for that."""
    if letter.kind == LetterKind.CANCELLED:
        return replace(letter, unread=_released(about))
    if not to_read.is_open(about, clinic):
        return letter
    until = to_read_rule.gives_back_at(about, clinic)
    return replace(letter, guide_link=f"{letter.link}?to=guide", read_until=until)


def _released(about: Appointment) -> bool:
    """Say whether the last cancelling was by the rule for guides that stay open."""
    lines = [line for line in journal.of(reading(), about.id) if line.verb == "cancel"]
    return (
        bool(lines)
        and lines[-1].actor == "clinic"
        and (lines[-1].change.get("reason") == to_read_rule.OPEN)
    )


def _is_closed(mail: Mail, about: Appointment, clinic: Clinic, *, now: datetime) -> bool:
    """Say whether a mail before the visit is about time that was closed."""
    return mail.kind in BEFORE_THE_VISIT and breaking.is_homeless(about, clinic, now=now)


def _nothing_to_read(mail: Mail, about: Appointment, clinic: Clinic) -> bool:
    """Say whether a mail would ask to read what was read, or whoever was told not to wait."""
    if mail.kind != LetterKind.TO_READ:
        return False
    return not to_read.is_open(about, clinic) or to_read.please_call(about)


def _still_true(mail: Mail, about: Appointment, clinic: Clinic, *, now: datetime) -> bool:
    """Say whether a mail still tells how the appointment stands."""
    if mail.kind in TO_PREPARE and _is_closed(mail, about, clinic, now=now):
        return False
    if _nothing_to_read(mail, about, clinic):
        return False
    if mail.kind == LetterKind.COPY:
        return now <= about.interval.end + LINK_LASTS
    if mail.sequence != about.sequence:
        return False
    if mail.kind == LetterKind.CANCELLED:
        return about.status == Status.CANCELLED
    if mail.kind == LetterKind.TO_CONFIRM:
        return about.status == Status.TENTATIVE
    coming = about.status == Status.BOOKED
    return coming and (mail.kind not in BEFORE_THE_VISIT or about.interval.start > now)


def _previous(mail: Mail, about: Appointment) -> Interval | None:
    if mail.previous is None:
        return None
    start = datetime.fromisoformat(mail.previous)
    return Interval(start, start + (about.interval.end - about.interval.start))


def _about_address(
    mail: Mail, clinic: Clinic, base_url: str, emergency_number: str, *, now: datetime
) -> Letter:
    session = reading()
    address = sealing.of(session).open("mail.recipient", mail.recipient or b"")
    coming = appointments.coming_ids(
        session, people.email_key(address), now=now, at_most=APPOINTMENTS_PER_ADDRESS
    )
    found = (appointments.find(session, appointments.by_id(id_)) for id_, _ in coming)
    links = tuple(_link(about, clinic, base_url) for about in found if about is not None)
    return replace(headed(mail, clinic, emergency_number, address), links=links)


def _link(about: Appointment, clinic: Clinic, base_url: str) -> AppointmentLink:
    return AppointmentLink(
        interval=about.interval,
        zone=clinic.locations[about.wish.location_id].zone,
        clinician_name=clinic.clinicians[about.wish.clinician_id].name,
        reference=about.reference,
        link=base_url + path(about.id, about.link_version),
    )
