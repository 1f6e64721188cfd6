"""What the mail of a proposal says at the moment it leaves."""

from dataclasses import replace
from datetime import datetime

from app.domain.appointment import Wish
from app.domain.clinic import Clinic
from app.domain.letter import Letter, OfferedTime
from app.services.letterhead import headed
from app.services.proposal_link import path
from app.services.threads import in_thread
from app.storage import appointments, mails, proposals
from app.storage.database import reading
from app.storage.models import Mail


def letter(
    mail: Mail, clinic: Clinic, base_url: str, emergency_number: str, *, now: datetime
) -> Letter | None:
    """Return what the mail says, or None when the times are not offered any more."""
    found = proposals.find(reading(), mail.proposal_id or "")
    if found is None or not found.is_open(now=now):
        return None
    about = None
    if found.appointment_id is not None:
        about = appointments.find(reading(), appointments.by_id(found.appointment_id))
    wish = about.wish if about else found.times[0]
    place = clinic.locations[wish.location_id]
    person = found.person
    written = replace(
        headed(mail, clinic, emergency_number, person.email),
        recipient_name=person.booker_name or person.name,
        patient_name=person.name,
        clinician_name=clinic.clinicians[wish.clinician_id].name,
        previous_interval=about.interval if about else None,
        zone=place.zone,
        clocks_differ=clinic.clocks_differ,
        reference=about.reference if about else "",
        link=base_url + path(found.id, found.link_version),
        confirm_until=found.answer_by,
        wants_calendar=False,
        offered=tuple(_time(wish, clinic) for wish in found.times),
    )
    return in_thread(written, mails.left(reading(), about.id)) if about else written


def _time(wish: Wish, clinic: Clinic) -> OfferedTime:
    place = clinic.locations[wish.location_id]
    return OfferedTime(
        interval=clinic.visit_types[wish.visit_type_id].interval(wish.start),
        zone=place.zone,
        clinician_name=clinic.clinicians[wish.clinician_id].name,
        place_name=place.name,
        video=wish.video,
    )
