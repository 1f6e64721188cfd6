"""Visits booked at the desk whose guide is open, and what is done about them."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy import update

from app.content.primer import Primer
from app.domain.staff import Role, Staff
from app.services import (
    appointment,
    desk_booking,
    reading,
    to_read,
    to_read_rule,
)
from app.services import clinic as clinics
from app.services.desk_booking import Call
from app.storage import models
from app.storage.database import db
from tests.clinics import CONSULTATION, TUESDAY_NOON, Guest, days, person, wish
from tests.conftest import MONDAY_8AM
from tests.services.looking import booked, rows
from tests.staffing import hire


def book(jo: Staff, *, email: str = "marian@example.org", day: int = 21) -> str:
    wanted = wish(TUESDAY_NOON + days(day), visit_type_id=CONSULTATION)
    call = Call(key="k", wish=wanted, person=replace(person(), email=email))
    return desk_booking.book(call, actor=jo, clinic=clinics.load(), now=MONDAY_8AM)


def open_(jo: Staff, now: object = MONDAY_8AM) -> list[to_read.Open]:
    return to_read.open_guides(actor=jo, clinic=clinics.load(), now=now)  # type: ignore[arg-type]


def link_of(reference: str) -> str:
    made = booked(reference)
    return appointment.path(made.id, made.link_version).removeprefix("/a/")


def begin(guest: Guest, reference: str, primer: Primer, *told: str) -> None:
    guest.open_link(link_of(reference))
    clinic = clinics.load()
    to_read.take_up(reference, visit=guest.visit, actor=guest.actor, clinic=clinic, now=MONDAY_8AM)
    progress = reading.start(visit=guest.visit, primer=primer, answered_by="self", now=MONDAY_8AM)
    to_read.attach(
        reference, progress.reading_id, told=told, actor=guest.actor, clinic=clinic,
        now=MONDAY_8AM,
    )  # fmt: skip


def choose(rule: str, number: int = 2) -> None:
    house = clinics.load()
    seen = f"{house.guide_rule}-{house.guide_days}"
    to_read_rule.choose(rule, number, seen=seen, actor=hire(Role.OWNER), now=MONDAY_8AM)


def hand_over(reference: str, *, at: datetime = MONDAY_8AM) -> None:
    """Let the first mail about an appointment have left."""
    first = min(one.id for one in rows(models.Mail, models.Mail.kind == "appointment_booked"))
    assert booked(reference)
    db.session.execute(update(models.Mail).where(models.Mail.id == first).values(handed_over_at=at))
    db.session.commit()
