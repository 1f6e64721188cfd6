"""What a patient's calendar is told, in words that anybody may read over their shoulder."""

from flask_babel import gettext

from app.content import when
from app.domain.letter import Letter, LetterKind
from app.ics.invitation import CalendarAppointment, uid_of


def entry_of(letter: Letter, *, host: str) -> CalendarAppointment:
    """Return the calendar entry that goes with a letter about an appointment.

    The link that opens the appointment stays in the mail: calendars are shown to family,
    assistants and employers.
    """
    if letter.interval is None:
        raise ValueError("this letter is about no appointment")
    organizer = letter.organizer_address or letter.clinic_address
    return CalendarAppointment(
        uid=uid_of(letter.appointment_id + letter.doctor_id, host),
        sequence=letter.sequence,
        interval=letter.interval,
        summary=_for_doctor(letter) or summary(letter.clinician_name, letter.clinic_name),
        location=location(letter),
        description=_description(letter),
        organizer_name=letter.clinic_name,
        organizer_address=organizer,
        sent_by=None if organizer == letter.clinic_address else letter.clinic_address,
        attendee_name=letter.recipient_name if letter.doctor_id else letter.patient_name,
        attendee_address=letter.recipient_address,
        asks=not letter.doctor_id,
    )


def _for_doctor(letter: Letter) -> str:
    """Return the title of a doctor's own copy, whose UID is its own too: an answer is theirs."""
    return f"{letter.patient_name} {letter.reference}" if letter.doctor_id else ""


def summary(clinician_name: str, clinic_name: str) -> str:
    """Return the title of the entry: with whom, never what for."""
    return str(
        gettext(
            "Appointment with %(clinician)s, %(clinic)s",
            clinician=clinician_name,
            clinic=clinic_name,
        )
    )


def location(letter: Letter) -> str:
    """Return where to go, if anywhere."""
    if letter.video:
        return str(gettext("By video"))
    return ", ".join(part for part in (letter.place_name, letter.place_address) if part)


def _description(letter: Letter) -> str:
    lines = [_time(letter)]
    if letter.doctor_id:
        return "\n".join([*lines, gettext("Reference %(reference)s", reference=letter.reference)])
    if letter.video:
        lines.append(gettext("The clinic sends you the link before the appointment."))
    lines.append(gettext("Reference %(reference)s", reference=letter.reference))
    lines.append(
        gettext(
            "To see, move or cancel it, use the link in our mail or call %(phone)s.",
            phone=letter.clinic_phone,
        )
    )
    if letter.kind != LetterKind.CANCELLED:
        lines.append(
            gettext(
                "If you get worse before then, do not wait for it: call %(number)s.",
                number=letter.emergency_number,
            )
        )
    return "\n".join(lines)


def _time(letter: Letter) -> str:
    slot, zone, language = letter.interval, letter.zone, letter.language
    if slot is None or zone is None:
        return ""
    day = when.day(slot.start, zone, language)
    hours = when.span(slot.start, slot.end, zone, language)
    return f"{day}, {hours}, {when.zone_name(zone, slot.start, language)}"
