"""What a doctor's own copy of an appointment says at the moment it leaves: who, never why."""

from dataclasses import replace
from datetime import datetime

from app.content import when
from app.domain.appointment import Appointment
from app.domain.clinic import Clinic, Clinician
from app.domain.feed import Names, initials
from app.domain.interval import Interval
from app.domain.letter import Letter, LetterKind
from app.services.letterhead import headed
from app.services.threads import in_thread
from app.storage import appointments, mails, staff
from app.storage.database import reading
from app.storage.models import Mail, StaffAccount, Status


def letter(mail: Mail, clinic: Clinic, base_url: str, emergency_number: str) -> Letter | None:
    """Return what a mail says, or nothing when a later one says how it stands."""
    account = staff.find(reading(), mail.staff_id or "")
    about = appointments.find(reading(), appointments.by_id(mail.appointment_id or ""))
    if account is None or about is None:
        return None
    left = mails.left(reading(), about.id, staff_id=account.id)
    if not _still_true(mail, about, account, clinic, left):
        return None
    said = clinic.said_in(account.language)
    written = _written(mail, about, account, said, base_url, emergency_number)
    return in_thread(_with_reason(written, about, account, clinic), left)


def _written(
    mail: Mail,
    about: Appointment,
    account: StaffAccount,
    clinic: Clinic,
    base_url: str,
    emergency_number: str,
) -> Letter:
    was = _before(mail, about)
    place = clinic.locations[about.wish.location_id]
    return replace(
        headed(mail, clinic, emergency_number, account.email),
        language=when.as_written_in(account.language, clinic.country).replace("_", "-"),
        recipient_name=account.name,
        appointment_id=about.id,
        sequence=mail.sequence,
        patient_name=_called(about, clinic),
        clinician_name=account.name,
        doctor_id=account.id,
        place_name=place.name,
        place_address=place.address,
        video=about.wish.video,
        interval=was if mail.kind == LetterKind.DOCTOR_CANCELLED else about.interval,
        previous_interval=was if mail.kind == LetterKind.DOCTOR_MOVED else None,
        zone=place.zone,
        clocks_differ=clinic.clocks_differ,
        reference=about.reference,
        link=f"{base_url}/staff/appointment/{about.reference}",
    )


def _before(mail: Mail, about: Appointment) -> Interval:
    """Return the time that their entry has by now."""
    start = datetime.fromisoformat(mail.previous) if mail.previous else about.interval.start
    return Interval(start, start + (about.interval.end - about.interval.start))


def _still_true(
    mail: Mail, about: Appointment, account: StaffAccount, clinic: Clinic, left: list[Mail]
) -> bool:
    """Say whether it is the newest for this doctor, and says something that they do not know."""
    to_them = [one for one in mails.of(reading(), about.id) if one.staff_id == account.id]
    if mail.sequence != max(one.sequence for one in to_them):
        return False
    if mail.kind == LetterKind.DOCTOR_CANCELLED:
        return bool(left) and left[-1].kind != LetterKind.DOCTOR_CANCELLED
    doctor = clinic.clinicians[about.wish.clinician_id]
    return _is_invited(account, doctor) and about.status == Status.BOOKED


def _is_invited(account: StaffAccount, doctor: Clinician) -> bool:
    theirs = doctor.invited_id == account.id and account.clinician_id == doctor.id
    return theirs and account.left_at is None


def _with_reason(
    letter: Letter, about: Appointment, account: StaffAccount, clinic: Clinic
) -> Letter:
    """Say why it leaves their calendar, which is not always that nobody comes."""
    if account.left_at is not None:
        letter = replace(letter, link="")  # they could not open it
    if letter.kind != LetterKind.DOCTOR_CANCELLED or about.status == Status.CANCELLED:
        return letter
    still = any(_is_invited(account, one) for one in clinic.clinicians.values())
    return replace(letter, elsewhere=still, ended=not still)


def _called(about: Appointment, clinic: Clinic) -> str:
    name = about.person.name
    return name if clinic.calendar_names == Names.FULL else initials(name)
