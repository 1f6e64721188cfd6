"""An appointment with names and places that try the grammar a little."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from app.domain.clinic import Clinic, Clinician, Location
from app.domain.interval import Interval
from app.ics.invitation import CalendarAppointment, cancel, publish, request, uid_of

STAMP = datetime(2027, 3, 1, 9, 5, 7, tzinfo=UTC)
HALF_PAST_NINE = datetime(2027, 3, 15, 13, 30, tzinfo=UTC)

APPOINTMENT = CalendarAppointment(
    uid=uid_of("k3f6zq7m2abcdefghijk", "book.harbor.example"),
    sequence=0,
    interval=Interval(HALF_PAST_NINE, HALF_PAST_NINE + timedelta(minutes=45)),
    summary="Appointment with Dr Rivera, Harbor Clinic",
    location="Harbor Clinic; 12 Quay Street, New York",
    description="Reference HB-7K4-QM2.\nCall (207) 555-0142, or use our mail.",
    organizer_name="Harbor Clinic",
    organizer_address="book@harbor.example",
    attendee_name="Siobhán O'Neil, née Łukasiewicz",
    attendee_address="siobhan@example.org",
)
MOVED = replace(
    APPOINTMENT,
    sequence=1,
    interval=Interval(HALF_PAST_NINE + timedelta(days=1), HALF_PAST_NINE + timedelta(days=2)),
)
GONE = replace(MOVED, sequence=2)

MESSAGES = {
    "REQUEST": request(APPOINTMENT, stamp=STAMP),
    "UPDATE": request(MOVED, stamp=STAMP + timedelta(hours=1)),
    "CANCEL": cancel(GONE, stamp=STAMP + timedelta(hours=2)),
    "PUBLISH": publish(APPOINTMENT, stamp=STAMP),
}

EASTERN, CENTRAL = ZoneInfo("America/New_York"), ZoneInfo("America/Chicago")
CLINIC = Clinic(
    revision=1, name="Harbor Clinic", tagline="", reference_prefix="HB", phone="(207) 555-0142",
    email="book@harbor.example", zone=EASTERN, country="US", language="en", jurisdiction="us",
    edition="", nurse_line=None, primer_on=False, demonstration=True, reminder_hours=(),
    brand_hue=0, brand_chroma=0, pressure_until=None, visit_types={}, hours={},
    locations={
        id_: Location(id=id_, name=name, address="12 Quay", directions="", zone=zone, active=True)
        for id_, name, zone in ((1, "Knoxville", EASTERN), (2, "Nashville", CENTRAL))
    },
    clinicians={
        1: Clinician(id=1, name="Dr Ana Rivera", about="", active=True, visit_type_ids=frozenset())
    },
)  # fmt: skip
