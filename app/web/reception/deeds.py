"""What was done to the clinic itself, in sentences: its people, its settings, its guide, and looks.

What was done to an appointment is told by the chronicle.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as later

from app.content import when
from app.domain.clinic import Clinic
from app.domain.staff import Role, signature
from app.web.reception import deeds_of_hours
from app.web.reception.team import ROLES

DEEDS = deeds_of_hours.DEEDS | {
    "see": later("%(who)s opened it"),
    "find": later("%(who)s searched for a patient"),
    "cards": later("%(who)s printed the appointment cards of %(day)s: %(many)s"),
    "export": later("%(who)s took appointments out as a file: %(many)s"),
    "ends": later("The ends of %(many)s records were noted, and the owners got the journal's"),
    "restored": later(
        "The book was restored from the backup of %(day)s; %(many)s mails were not sent again"
    ),
    "outage_pack": later("The outage pack was written; appointments in it: %(many)s"),
    "sheet": later("%(who)s printed the day sheet of %(day)s: %(many)s"),
    "hand_out": later("%(who)s had the record written out, to hand it over"),
    "export_journal": later("%(who)s took lines of the journal as a file: %(lines)s"),
    "export_asked": later("%(who)s asked another owner to agree to taking %(many)s lines out"),
    "export_agreed": later("%(who)s agreed that %(whom)s takes %(many)s lines out"),
    "many_looks": later("The owners were told that %(whom)s opened 100 records within an hour"),
    "staff_invited": later("%(who)s invited %(whom)s"),
    "staff_role": later("%(who)s changed what %(whom)s does here"),
    "staff_email": later("%(who)s changed the address of %(whom)s"),
    "staff_left": later("%(who)s ended the account of %(whom)s"),
    "staff_sessions": later("%(who)s signed %(whom)s out everywhere"),
    "staff_factor_taken": later("%(who)s took the second factor of %(whom)s away"),
    "staff_recovered": later("%(who)s let %(whom)s choose a new second factor"),
    "factor_added": later("%(who)s added a second factor"),
    "factor_removed": later("%(who)s removed a second factor"),
    "recovery_codes": later("%(who)s took new recovery codes"),
    "password": later("%(who)s chose another password"),
    "desk_minutes": later("%(who)s chose how long reception stays signed in: %(minutes)s minutes"),
    "signed": later("%(who)s signed the guide %(edition)s"),
    "withdrawn": later("%(who)s took the signature under the guide %(edition)s back"),
    "use": later("%(who)s put the guide %(edition)s into use"),
    "tighten": later("%(who)s tightened a limit of the safety check: %(limit)s is %(value)s"),
    "allow_instrument": later("%(who)s switched a questionnaire on: %(instrument)s"),
    "pressure_on": later("Many bookings came at once: each is confirmed by mail until it is over"),
    "pressure_off": later("The rush of bookings is over"),
    "clinic_changed": later("%(who)s changed the clinic"),
    "known_as": later("Calendars know the clinic's appointments by %(name)s from now on"),
    "guide_rule": later("%(who)s chose what becomes of a visit whose guide stays unread"),
    "busy_added": later("%(who)s connected another calendar of %(name)s"),
    "busy_removed": later("%(who)s removed another calendar of %(name)s"),
    "busy_rules": later("%(who)s changed the rules for doctors' other calendars"),
    "reply_rules": later("%(who)s changed what answers by mail may do"),
    "waiting_rules": later("%(who)s changed the rules of the waiting list"),
    "feed_made": later("%(who)s made the link “%(name)s” to the calendar of %(of)s"),
    "feed_ended": later("%(who)s ended the link “%(name)s” to a calendar"),
    "logo_changed": later("%(who)s changed the clinic's logo"),
    "place_added": later("%(who)s added the place %(name)s"),
    "place_changed": later("%(who)s changed the place %(name)s"),
    "doctor_added": later("%(who)s added the doctor %(name)s"),
    "doctor_invited": later("%(who)s let the appointments of %(name)s come as invitations"),
    "doctor_not_invited": later("%(who)s ended the invitations to %(name)s"),
    "doctor_changed": later("%(who)s changed the doctor %(name)s"),
    "visit_type_added": later("%(who)s added the visit type %(name)s"),
    "visit_type_changed": later("%(who)s changed the visit type %(name)s"),
    "order_changed": later("%(who)s put %(name)s in another place of the list"),
    "device_made": later("%(who)s let a device follow their calendars: %(name)s"),
    "device_revoked": later("%(who)s revoked the device %(name)s"),
    "identity_linked": later("%(who)s linked an outside sign-in to %(whom)s"),
    "identity_unlinked": later("%(who)s took the outside sign-in of %(whom)s away"),
}
FIELDS = {
    "about": later("what is said about it"),
    "active": later("in use"),
    "address": later("address"),
    "after_minutes": later("minutes kept free after it"),
    "all_calendars": later("sees all calendars"),
    "before_minutes": later("minutes kept free before it"),
    "brand_hue": later("colour"),
    "busy_hours": later("hours for which an unread calendar counts"),
    "busy_minutes": later("minutes until other calendars are read again"),
    "calendar": later("calendar"),
    "calendar_names": later("names in calendars"),
    "change_until_hours": later("changed by patients until, in hours before"),
    "country": later("country"),
    "declines_free": later("a proven no cancels"),
    "directions": later("directions"),
    "edition": later("edition of the guide"),
    "email": later("e-mail"),
    "guide_days": later("days before the visit"),
    "guide_rule": later("rule for unread guides"),
    "horizon_days": later("how far ahead, in days"),
    "in_person": later("in person"),
    "jurisdiction": later("law that the guide follows"),
    "language": later("language"),
    "max_per_day": later("at most a day"),
    "minutes": later("length in minutes"),
    "name": later("name"),
    "needs_primer": later("needs the guide"),
    "notice_minutes": later("notice in minutes"),
    "nurse_line": later("nurse line"),
    "offer_hours": later("hours to answer an offer"),
    "offers": later("visit types"),
    "own_addresses": later("an address for each appointment"),
    "phone": later("phone"),
    "primer_on": later("guide offered"),
    "reminder_hours": later("reminders, in hours before"),
    "role": later("role"),
    "short_notice_hours": later("what is near, in hours"),
    "short_offer_hours": later("hours to answer about a near time"),
    "step_minutes": later("begins every so many minutes"),
    "tagline": later("line under the name"),
    "video": later("by video"),
    "zone": later("time zone"),
}
WHAT = ("edition", "instrument", "limit", "lines", "many", "minutes", "name", "of", "value")
LONGEST = 80


def words(change: Mapping[str, Any], names: Mapping[str, str], language: str) -> dict[str, str]:
    """Return what the sentences above ask for, as far as a line says it."""
    whom = names.get(signature(change["staff"]), "") if "staff" in change else ""
    found = {"whom": whom or str(_("somebody"))}
    on = change.get("day")
    found["day"] = when.spelled(date.fromisoformat(on), language) if on else ""
    return found | {name: str(change.get(name, "")) for name in WHAT}


def changed(change: Mapping[str, Any], clinic: Clinic) -> str:
    """Tell each field that changed, from what to what."""
    if hours := deeds_of_hours.changed(change, clinic):
        return hours
    fields = change.get("changed") or _place(change, clinic)
    told = (
        _("%(field)s from %(before)s to %(after)s", field=_field(name), before=_value(before),
          after=_value(after))
        for name, (before, after) in fields.items()
    )  # fmt: skip
    return "; ".join(told)


def _place(change: Mapping[str, Any], clinic: Clinic) -> dict[str, tuple[object, object]]:
    """Return what somebody does at the clinic before and after, where it differs."""
    before, after = (_roles(change.get(key), clinic) for key in ("before", "after"))
    return {name: (before[name], after[name]) for name in before if before[name] != after[name]}


def _roles(place: object, clinic: Clinic) -> dict[str, object]:
    if not isinstance(place, dict):
        return {}
    doctor = clinic.clinicians.get(place.get("clinician_id") or 0)
    return {
        "role": str(ROLES[Role(place["role"])]),
        "calendar": doctor.name if doctor else None,
        "all_calendars": place.get("all_calendars", False),
    }


def _field(name: str) -> str:
    own, _dot, language = name.partition(".")
    said = str(FIELDS.get(own, own))
    return f"{said} ({when.language_name(language)})" if language else said


def _value(value: object) -> str:
    if isinstance(value, bool):
        return str(_("yes") if value else _("no"))
    if value is None or value in ("", []):
        return str(_("nothing"))
    if isinstance(value, list):
        return ", ".join(str(one) for one in value)
    text = str(value)
    text = text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
    return f"“{text}”" if isinstance(value, str) else text
