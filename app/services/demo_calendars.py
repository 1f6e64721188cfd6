"""The demonstration clinic's other calendars: one is read, one is followed, two have answered."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, time, timedelta
from hashlib import sha256

from app.domain.appointment import Appointment
from app.domain.busy import Found, window
from app.domain.clinic import Clinic
from app.domain.interval import Interval
from app.domain.reply import Answer, Partstat, Received
from app.domain.staff import Role, Staff
from app.domain.subscription import Source
from app.services import busy, calendar, reply, subscription
from app.services import clinic as clinics
from app.services.demo_staff import PEOPLE
from app.storage import appointments, blocked, people, staff
from app.storage.database import reading

TEACHES, FOLLOWED, ANSWERED = 3, 1, 2  # doctors
WEEKS, WEEK = 12, timedelta(weeks=1)
SOON = timedelta(days=4)
FROM, UNTIL = time(14), time(16)  # of the day on which somebody teaches


def load(*, now: datetime) -> None:
    """Connect them as whoever is at the desk does, and answer as patients do."""
    clinic, desk = clinics.load(), _desk()
    found = Found(busy=tuple(_teaching(clinic, now)))
    days = window(clinic.horizon, now=now)
    busy.hand_in(
        TEACHES, "Teaching (demonstration)", found, days, actor=desk, clinic=clinic, now=now
    )
    phone = Source(clinician_id=FOLLOWED)
    subscription.make(phone, "A phone (demonstration)", actor=desk, now=now)
    _answer_twice(clinic, now)


def _desk() -> Staff:
    email, name, _, _ = PEOPLE[0]
    account = staff.by_email(reading(), people.email_key(email))
    if account is None:
        raise LookupError(email)
    return Staff(id=account.id, name=name, email=email, role=Role.RECEPTION)


def _teaching(clinic: Clinic, now: datetime) -> Iterator[Interval]:
    """Yield a part of the coming Thursdays, wherever no patient comes."""
    zone = clinic.locations[max(clinic.locations)].zone
    first = now.astimezone(zone).date()
    first += timedelta(days=(3 - first.weekday()) % 7)
    for number in range(1, WEEKS + 1):
        day = first + number * WEEK
        span = Interval(
            *(datetime.combine(day, clock, zone).astimezone(now.tzinfo) for clock in (FROM, UNTIL))
        )
        if not blocked.taken(reading(), [TEACHES], span, now=now):
            yield span


def _answer_twice(clinic: Clinic, now: datetime) -> None:
    """Let one patient say no, and the next ask for a time some days later."""
    coming = appointments.coming_to(ANSWERED, now=now + SOON)
    booked = appointments.listed(reading(), coming)
    says_no, asks = sorted(booked, key=lambda one: one.interval.start)[:2]
    no = Answer(method="REPLY", partstat=Partstat.DECLINED)
    another = Answer(method="COUNTER", proposed=_free_later(asks, clinic, now))
    _take_in(no, says_no, clinic, now)
    _take_in(another, asks, clinic, now)


def _free_later(about: Appointment, clinic: Clinic, now: datetime) -> datetime:
    """Return the doctor's first free time some days after an appointment."""
    wish = about.wish
    calendar.busy(reading(), clinic, [wish.clinician_id], now=now)
    free = calendar.calendar(
        calendar.shelf(reading(), clinic, now=now), clinic,
        clinic.visit_types[wish.visit_type_id], wish.clinician_id, wish.location_id,
        video=wish.video,
    )  # fmt: skip
    return next(one for one in free.slots(now=now) if one > wish.start + SOON)


def _take_in(answer: Answer, about: Appointment, clinic: Clinic, now: datetime) -> None:
    who = people.email_key(about.person.email)
    raw = f"From: {who}\r\nSubject: {answer.method} (demonstration)\r\n\r\n".encode()
    said = replace(
        answer, uid=about.id, about=about.id, attendee=who, sequence=about.sequence, stamp=now
    )
    mail = Received(
        digest=sha256(raw).hexdigest(),
        sender=who,
        recipients=(clinic.email,),
        proven=True,
        answer=said,
    )
    reply.take_in(mail, raw, name_of=lambda _mail: "", clinic=clinic, now=now)
