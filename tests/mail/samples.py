"""Letters of every kind about one appointment in New York."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from app.content import library
from app.domain.interval import Interval
from app.domain.letter import AppointmentLink, Letter, LetterKind, OfferedTime
from app.settings import ROOT

NOW = datetime(2027, 3, 1, 14, 5, tzinfo=UTC)
HALF_PAST_NINE = datetime(2027, 3, 15, 13, 30, tzinfo=UTC)
SLOT = Interval(HALF_PAST_NINE, HALF_PAST_NINE + timedelta(minutes=45))
NEXT_DAY = Interval(SLOT.start + timedelta(days=1), SLOT.end + timedelta(days=1))
HOST = "book.harbor.example"

COPY_OF_THE_GUIDE = library.Copy(
    folder=ROOT / "primer",
    edition="2026-11-21",
    language="en",
    jurisdiction="us",
    clinic_phone="(207) 555-0142",
    nurse_line=None,
)

BOOKED = Letter(
    kind=LetterKind.BOOKED,
    language="en",
    stamp=NOW,
    recipient_address="marian@example.org",
    recipient_name="Marian Hale",
    clinic_name="Harbor Clinic",
    clinic_phone="(207) 555-0142",
    clinic_address="book@harbor.example",
    emergency_number="911",
    signs=library.safety(COPY_OF_THE_GUIDE).short,
    appointment_id="k3f6zq7m2abcdefghijk",
    patient_name="Marian Hale",
    clinician_name="Dr Rivera",
    place_name="Harbor Clinic",
    place_address="12 Quay Street, New York",
    directions="Second floor, lift by the door.",
    interval=SLOT,
    zone=ZoneInfo("America/New_York"),
    reference="HB-7K4-QM2",
    link="https://book.harbor.example/a/k3f6zq7m2abcdefghijk.mmmmmmmmmmmmmmmmmmmmmmmmmm",
    change_until=SLOT.start - timedelta(days=1),
)
LATER = replace(BOOKED, first=BOOKED.name)
MOVED = replace(
    LATER,
    kind=LetterKind.MOVED,
    sequence=1,
    stamp=NOW + timedelta(hours=1),
    interval=NEXT_DAY,
    previous_interval=SLOT,
)
CANCELLED = replace(
    LATER,
    kind=LetterKind.CANCELLED,
    sequence=2,
    stamp=NOW + timedelta(hours=2),
    interval=NEXT_DAY,
    change_until=None,
)
REMINDER = replace(
    LATER,
    kind=LetterKind.REMINDER,
    lead_hours=48,
    stamp=SLOT.start - timedelta(hours=48),
)
COUNTER_DECLINED = replace(
    LATER,
    kind=LetterKind.COUNTER_DECLINED,
    stamp=NOW + timedelta(minutes=30),
    proposed_interval=NEXT_DAY,
)
DECLINED = replace(LATER, kind=LetterKind.DECLINED, stamp=NOW + timedelta(minutes=40))
TO_CONFIRM = replace(
    BOOKED,
    kind=LetterKind.TO_CONFIRM,
    confirm_until=NOW + timedelta(hours=1),
)
CLOSED = replace(REMINDER, lead_hours=24, closed=True, wants_calendar=False)
COPY = replace(LATER, kind=LetterKind.COPY, lead_hours=1)
CHANGED = replace(LATER, kind=LetterKind.CHANGED)
TO_READ = replace(
    LATER,
    kind=LetterKind.TO_READ,
    lead_hours=72,
    guide_link=f"{BOOKED.link}?to=guide",
    read_until=SLOT.start - timedelta(days=2),
)
UNREAD = replace(CANCELLED, sequence=4, unread=True)
NO_LINKS = Letter(
    kind=LetterKind.LINK,
    language="en",
    stamp=NOW,
    recipient_address="marian@example.org",
    clinic_name="Harbor Clinic",
    clinic_phone="(207) 555-0142",
    clinic_address="book@harbor.example",
    emergency_number="911",
)
LINKS = replace(
    NO_LINKS,
    links=(
        AppointmentLink(
            interval=SLOT,
            zone=ZoneInfo("America/New_York"),
            clinician_name="Dr Rivera",
            reference="HB-7K4-QM2",
            link=BOOKED.link,
        ),
        AppointmentLink(
            interval=NEXT_DAY,
            zone=ZoneInfo("America/Chicago"),
            clinician_name="Dr Osei",
            reference="HB-9PX-3RT",
            link="https://book.harbor.example/a/other",
        ),
    ),
)
OFFERED = replace(
    BOOKED,
    kind=LetterKind.OFFERED,
    appointment_id="",
    interval=None,
    previous_interval=NEXT_DAY,
    wants_calendar=False,
    confirm_until=NOW + timedelta(hours=4),
    link="https://book.harbor.example/p/k3f6zq7m2abcdefghijk.mmmmmmmmmmmmmmmmmmmmmmmmmm",
    offered=(
        OfferedTime(
            interval=SLOT,
            zone=ZoneInfo("America/New_York"),
            clinician_name="Dr Rivera",
            place_name="Harbor Clinic",
            video=False,
        ),
    ),
)
FIRST_TIME = replace(
    OFFERED, reference="", previous_interval=None, stamp=NOW + timedelta(minutes=1)
)
REHOUSED = replace(OFFERED, kind=LetterKind.REHOUSED, offered=OFFERED.offered * 2)
MAILS_CHOSEN = replace(LATER, kind=LetterKind.MAILS_CHOSEN, stamp=NOW + timedelta(minutes=20))
ABOUT_AN_APPOINTMENT = {
    letter.kind.value: letter for letter in (BOOKED, MOVED, CANCELLED, REMINDER, COUNTER_DECLINED)
}
TO_STAFF = {
    kind.value: replace(
        NO_LINKS,
        kind=kind,
        recipient_name="Jo Brandt",
        link="https://book.harbor.example/staff/join/k3f6zq7m2abcdefghijk.mmmmmmmmmmmmmm",
        line=4711,
        head="0123456789abcdef" * 4,
    )
    for kind in LetterKind
    if kind.startswith("staff_")
}
DOCTOR_BOOKED = replace(
    BOOKED,
    kind=LetterKind.DOCTOR_BOOKED,
    stamp=NOW + timedelta(minutes=1),
    doctor_id="m2abcdefghijkk3f6zq7",
    patient_name="M.H.",
    recipient_address="rivera@example.org",
    recipient_name="Dr Ana Rivera",
    directions="",
    change_until=None,
    link="https://book.harbor.example/staff/appointment/HB-7K4-QM2",
)
TO_DOCTORS = {
    "doctor_booked": DOCTOR_BOOKED,
    "doctor_moved": replace(
        DOCTOR_BOOKED,
        kind=LetterKind.DOCTOR_MOVED,
        sequence=1,
        first=DOCTOR_BOOKED.name,
        previous_interval=NEXT_DAY,
    ),
    "doctor_cancelled": replace(
        DOCTOR_BOOKED,
        kind=LetterKind.DOCTOR_CANCELLED,
        sequence=2,
        first=DOCTOR_BOOKED.name,
    ),
}
LETTERS = {
    **TO_DOCTORS,
    "doctor_no_more": replace(TO_DOCTORS["doctor_cancelled"], elsewhere=True, lead_hours=1),
    "doctor_not_invited": replace(
        TO_DOCTORS["doctor_cancelled"], ended=True, link="", lead_hours=2
    ),
    "mails_chosen": MAILS_CHOSEN,
    "mails_chosen_words": replace(
        MAILS_CHOSEN, wants_calendar=False, entry_left=True, lead_hours=1
    ),
    "moved_in_plain_text": replace(
        MOVED, wants_calendar=False, entry_left=True, plain=True, lead_hours=1
    ),
    **TO_STAFF,
    **ABOUT_AN_APPOINTMENT,
    "appointment_to_confirm": TO_CONFIRM,
    "answer_declined": DECLINED,
    "answer_declined_freeing": replace(DECLINED, frees=True, lead_hours=1),
    "reminder_of_closed_time": CLOSED,
    "record_copy": COPY,
    "guide_changed": CHANGED,
    "guide_to_read": TO_READ,
    "booked_and_to_read": replace(TO_READ, kind=LetterKind.BOOKED, lead_hours=1, first=None),
    "cancelled_unread": UNREAD,
    "link_requested": LINKS,
    "time_offered": OFFERED,
    "time_offered_first": FIRST_TIME,
    "time_offered_instead": REHOUSED,
    "no_link": NO_LINKS,
}
