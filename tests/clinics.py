"""Builders: a small clinic that every test starts from, and people who come to it."""

import secrets
from datetime import UTC, date, datetime, timedelta

from sqlalchemy.orm import Session

from app.domain.actor import Actor
from app.domain.appointment import Hold, Person, Wish
from app.services import appointment, booking, demo, hold, visitor
from app.services import clinic as clinics
from app.storage import models
from app.storage.visitors import Visit

RIVERA, OKAFOR = 1, 2
KNOXVILLE, NASHVILLE = 1, 2
CONSULTATION, GENERAL, FOLLOW_UP, SECOND = 1, 2, 3, 4
TUESDAY_NOON = datetime(2027, 3, 2, 17, tzinfo=UTC)  # noon in Knoxville


def set_up(session: Session) -> None:
    """Open the test clinic: two doctors from nine to five, one in each place."""
    session.add(demo.the_clinic())
    session.add_all(demo.locations())
    session.add_all(demo.visit_types())
    for id_, name in ((RIVERA, "Dr Ana Rivera"), (OKAFOR, "Dr Samuel Okafor")):
        session.add(models.Clinician(id=id_, name=name, about="", position=id_))
    session.flush()
    for clinician_id, location_id in ((RIVERA, KNOXVILLE), (OKAFOR, NASHVILLE)):
        session.add_all(
            models.ClinicianVisitType(clinician_id=clinician_id, visit_type_id=id_)
            for id_ in (CONSULTATION, GENERAL, FOLLOW_UP, SECOND)
        )
        session.add_all(
            models.WeeklyHours(
                clinician_id=clinician_id,
                location_id=location_id,
                weekday=weekday,
                from_minute=540,
                until_minute=1020,
                valid_from=date(2027, 1, 4),
            )
            for weekday in range(5)
        )


def wish(
    start: datetime = TUESDAY_NOON,
    *,
    visit_type_id: int = GENERAL,
    clinician_id: int = RIVERA,
    location_id: int = KNOXVILLE,
    video: bool = False,
) -> Wish:
    """Ask for noon on Tuesday with Dr Rivera, or something else."""
    return Wish(
        visit_type_id=visit_type_id,
        clinician_id=clinician_id,
        location_id=location_id,
        video=video,
        start=start,
    )


def person(email: str | None = None, **changes: object) -> Person:
    """Be somebody with an address of their own."""
    values: dict[str, object] = {
        "name": "Marian Hale",
        "birth_date": date(1968, 4, 21),
        "email": email or f"marian.{secrets.token_hex(4)}@example.org",
        "phone": "+18655550178",
        "language": "en",
    }
    return Person(**(values | changes))  # type: ignore[arg-type]  # values of a builder


class Guest:
    """Somebody on the site, followed from page to page."""

    def __init__(
        self, now: datetime, *, network: str = "192.0.2.0/24", way: str = "general"
    ) -> None:
        self.now = now
        self.handle, _ = visitor.begin(way=way, network=network, safety_at=now, now=now)

    @property
    def visit(self) -> Visit:
        """The session as it stands."""
        found = visitor.find(self.handle, now=self.now)
        assert found is not None, "the session has ended"
        return found[0]

    @property
    def actor(self) -> Actor:
        """The session as somebody who asks for something."""
        return appointment.actor(self.visit)

    def open_link(self, token: str, *, network: str = "192.0.2.0/24") -> str:
        """Open the link of a mail; return the reference."""
        handle, reference = appointment.open_link(
            token, visit=self.visit, network=network, now=self.now
        )
        self.handle = handle or self.handle
        return reference

    def hold(self, wanted: Wish | None = None, *, exempt: bool = False) -> Hold:
        """Choose a time."""
        return hold.take(
            wanted or wish(), visit=self.visit, clinic=clinics.load(), exempt=exempt, now=self.now
        )

    def say(
        self, who: Person | None = None, question: str = "", told: tuple[str, ...] = ()
    ) -> None:
        """Fill in the details."""
        booking.save_details(
            booking.Details(person=who or person(), question=question),
            visit=self.visit, told=told, clinic=clinics.load(), now=self.now,
        )  # fmt: skip

    def confirm(self, hold_id: str, *, exempt: bool = False) -> str:
        """Press the last button."""
        return booking.book(
            hold_id, visit=self.visit, clinic=clinics.load(), exempt=exempt, now=self.now
        )

    def book(self, wanted: Wish | None = None, who: Person | None = None) -> str:
        """Go all the way; return the reference."""
        held = self.hold(wanted, exempt=True)
        self.say(who)
        return self.confirm(held.id, exempt=True)


def days(number: float) -> timedelta:
    """Say how long."""
    return timedelta(days=number)
