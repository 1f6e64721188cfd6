"""The demonstration clinic: invented people, 555 numbers, example.org, and a realistic week."""

from datetime import date, datetime, time, timedelta

from sqlalchemy.orm import Session

from app.services import demo_book, demo_said
from app.services.demo_days import holidays
from app.storage import models
from app.storage.database import transaction

EDITION = "2026-11-21"
EAST, CENTRAL = 1, 2
MORNING, DAY, AFTERNOON, LATE = (8, 12), (9, 17), (13, 18), (12, 19)
CONSULTATION, GENERAL, FOLLOW_UP, SECOND = 1, 2, 3, 4

CLINICIANS = (
    ("Dr Ana Rivera", "Sees people in Knoxville, Monday to Thursday.", (1, 2, 3, 4)),
    ("Dr Samuel Okafor", "Sees people by video only.", (1, 2, 3)),
    ("Dr Mei-Lin Chen", "Sees people in Nashville, and every other Friday too.", (1, 2, 4)),
    ("Dr Jonas Lindqvist", "In Knoxville and in Nashville, on different days.", (2, 3, 4)),
    ("Dr Priya Nair", "In Nashville in the afternoon, in Knoxville on Mondays.", (1, 2, 3, 4)),
)
# clinician, location, weekdays, (from, until) o'clock, every so many weeks, in person, video
HOURS = (
    (1, EAST, (0, 1, 2, 3), MORNING, 1, True, True),
    (1, EAST, (0, 1, 3), (13, 17), 1, True, False),
    (2, EAST, (0, 2, 4), (10, 16), 1, False, True),
    (2, EAST, (1, 3), LATE, 1, False, True),
    (3, CENTRAL, (0, 1, 2, 3), DAY, 1, True, False),
    (3, CENTRAL, (4,), MORNING, 2, True, True),
    (4, EAST, (0, 2), DAY, 1, True, False),
    (4, CENTRAL, (1, 3), DAY, 1, True, False),
    (4, EAST, (4,), (8, 10), 1, False, True),
    (5, EAST, (0,), MORNING, 1, True, False),
    (5, CENTRAL, (0, 1, 2, 3), AFTERNOON, 1, True, True),
)


def load(*, now: datetime) -> bool:
    """Set the demonstration clinic up; False when it is there already.

    Raises AnotherClinic rather than touch somebody's own.
    """
    with transaction() as session:
        known = session.get(models.Clinic, 1)
        if known is not None and not known.demonstration:
            raise AnotherClinic("this database holds another clinic; nothing was changed")
        if known is not None:
            return False
        _set_up(session, now.date())
    with transaction() as session:
        demo_book.fill(session, now=now)
    return True


class AnotherClinic(Exception):
    """The database holds a clinic of its own."""


def _set_up(session: Session, today: date) -> None:
    session.add(the_clinic())
    session.add_all(locations())
    session.add_all(visit_types())
    for number, (name, about, _) in enumerate(CLINICIANS, 1):
        said = demo_said.CLINICIANS[number - 1]
        clinician = models.Clinician(id=number, name=name, about=about, said=said, position=number)
        session.add(clinician)
    session.flush()
    for number, (_, _, offered) in enumerate(CLINICIANS, 1):
        session.add_all(
            models.ClinicianVisitType(clinician_id=number, visit_type_id=id_) for id_ in offered
        )
    session.add_all(_hours(today))
    session.add(_saturday(today))
    session.add_all(_closures(today))
    session.flush()


def the_clinic() -> models.Clinic:
    """Return the clinic itself."""
    return models.Clinic(
        id=1,
        revision=1,
        name="Harbor Clinic",
        tagline="spine care",
        reference_prefix="HB",
        phone="(865) 555-0142",
        email="appointments@harbor.example.org",
        zone="America/New_York",
        country="US",
        language="en",
        jurisdiction="us",
        edition=EDITION,
        nurse_line="the nurse line of Harbor Clinic, (865) 555-0199,",
        primer_on=True,
        demonstration=True,
        reminder_hours=[48, 3],
        said=demo_said.CLINIC,
        brand_hue=350,
        brand_chroma=0.1,
    )


def locations() -> list[models.Location]:
    """Return two places in two time zones of one country."""
    return [
        models.Location(
            id=EAST,
            name="Harbor Clinic Knoxville",
            address="12 Quay Street, Knoxville, Tennessee",
            directions="Second floor, lift by the door. Step-free from Dock Lane.",
            said=demo_said.LOCATIONS[0],
            zone="America/New_York",
            position=1,
        ),
        models.Location(
            id=CENTRAL,
            name="Mill Street Rooms",
            address="40 Mill Street, Nashville, Tennessee",
            directions="Ground floor. Parking behind the house.",
            said=demo_said.LOCATIONS[1],
            zone="America/Chicago",
            position=2,
        ),
    ]


def visit_types() -> list[models.VisitType]:
    """Return what can be booked."""
    return [
        _visit_type(
            CONSULTATION, "stem-cell-consultation", "Stem cell consultation", 45, after=15,
            about="Talk with a spine doctor about stem cell shots and your other choices.",
            needs_primer=True, max_per_day=6,
        ),
        _visit_type(
            GENERAL, "general", "General spine visit", 30,
            about="For any back or neck problem. No reading needed.",
        ),
        _visit_type(
            FOLLOW_UP, "video-follow-up", "Video follow-up", 20,
            about="A short talk by video after an earlier visit.", in_person=False,
        ),
        _visit_type(
            SECOND, "second-opinion", "Second opinion", 60,
            about="A second look at what another doctor advised.", video=False, max_per_day=3,
        ),
    ]  # fmt: skip


def _visit_type(
    id_: int,
    slug: str,
    name: str,
    minutes: int,
    *,
    about: str,
    after: int = 0,
    needs_primer: bool = False,
    in_person: bool = True,
    video: bool = True,
    max_per_day: int | None = None,
) -> models.VisitType:
    return models.VisitType(
        id=id_,
        slug=slug,
        name=name,
        about=about,
        said=demo_said.VISIT_TYPES[id_ - 1],
        minutes=minutes,
        before_minutes=0,
        after_minutes=after,
        step_minutes=30 if minutes >= 30 else 20,
        notice_minutes=120,
        horizon_days=60,
        max_per_day=max_per_day,
        change_until_hours=24,
        needs_primer=needs_primer,
        in_person=in_person,
        video=video,
        position=id_,
    )


def _hours(today: date) -> list[models.WeeklyHours]:
    begins = today - timedelta(days=today.weekday(), weeks=8)
    return [
        models.WeeklyHours(
            clinician_id=clinician_id,
            location_id=location_id,
            weekday=weekday,
            from_minute=first * 60,
            until_minute=until * 60,
            valid_from=begins,
            every_weeks=every_weeks,
            in_person=in_person,
            video=video,
        )
        for clinician_id, location_id, days, (first, until), every_weeks, in_person, video in HOURS
        for weekday in days
    ]


def _saturday(today: date) -> models.Opening:
    """Open one Saturday morning, three weeks ahead."""
    day = today + timedelta(days=5 - today.weekday(), weeks=3)
    return models.Opening(
        clinician_id=1, location_id=EAST, day=day, from_minute=540, until_minute=720
    )


def _closures(today: date) -> list[models.Closure]:
    away = today + timedelta(days=7 - today.weekday(), weeks=2)
    leave = models.Closure(
        clinician_id=4,
        starts=datetime.combine(away, time.min),
        ends=datetime.combine(away + timedelta(days=7), time.min),
        kind="leave",
        note="On leave",
    )
    works = models.Closure(
        location_id=CENTRAL,
        starts=datetime.combine(today + timedelta(days=9), time(12)),
        ends=datetime.combine(today + timedelta(days=9), time(18)),
        kind="other",
        note="The lift is being repaired",
    )
    days = [day for year in (today.year, today.year + 1) for day in holidays(year)]
    return [leave, works, *(_holiday(day, note) for day, note in days if day >= today)]


def _holiday(day: date, note: str) -> models.Closure:
    return models.Closure(
        starts=datetime.combine(day, time.min),
        ends=datetime.combine(day + timedelta(days=1), time.min),
        kind="holiday",
        note=note,
    )
