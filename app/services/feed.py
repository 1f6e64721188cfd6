"""What a program that follows a calendar is given, and whether it has it already."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import Any

from sqlalchemy import Row

from app.content.build import build
from app.domain.appointment import Appointment
from app.domain.booking import LINK_LASTS
from app.domain.clinic import Clinic
from app.domain.feed import Entry, Window
from app.domain.refusals import NotYours, TooManyTries
from app.domain.subscription import Source
from app.services import clinic as clinics
from app.services.subscription import hash_of
from app.storage import appointments, feeds, subscriptions, tallies
from app.storage.database import reading, retried, transaction

WRONG_AN_HOUR = 200  # from one network: programs go on asking for links that were ended
SECOND = timedelta(seconds=1)  # what a time of HTTP can tell apart


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A calendar that somebody's program follows.

    *tag* is another as soon as anything in it is; *changed_at* since when it is this one.
    """

    id: str
    source: Source
    clinic: Clinic
    today: date
    tag: str
    changed_at: datetime


def find(secret: str, *, network: str | None, now: datetime) -> Feed:
    """Return the calendar of a link: one statement, and what it has in it is not read.

    Wrong, ended and garbled links are one refusal, NotYours, after the same work; raises
    TooManyTries for a *network* that sends too many of them, None for one that is not counted.
    """
    row = subscriptions.find(reading(), hash_of(secret))
    if row is None:
        _count(network, now=now)
        raise NotYours
    clinic = clinics.load(revision=row.clinic)
    today = clinic.day_at(now)
    tag = _tag(row, today)
    changed_at = row.seen_at if row.seen == tag else max(now, row.seen_at + SECOND)
    if row.seen != tag or row.used_on != today:
        _note_use(row.id, today, tag, changed_at)
    source = Source(
        clinician_id=row.clinician_id,
        location_id=row.location_id,
        appointment_id=row.appointment_id,
    )
    return Feed(
        id=row.id, source=source, clinic=clinic, today=today, tag=tag, changed_at=changed_at
    )


def _tag(row: Row[Any], today: date) -> str:
    """Name what a calendar shows: how often it changed, on which day, drawn by which release."""
    revision = row.calendar if row.clinician_id is not None else row.calendars
    if row.appointment_id is not None:
        revision = row.appointment
    parts = (row.id, row.clinic, revision, today, build())
    return sha256("|".join(map(str, parts)).encode()).hexdigest()[:32]


@retried
def _note_use(id_: str, today: date, tag: str, changed_at: datetime) -> None:
    with transaction() as session:
        subscriptions.note_use(session, id_, on=today, seen=tag, seen_at=changed_at)


@retried
def _count(network: str | None, *, now: datetime) -> None:
    if network is None:
        return
    with transaction() as session:
        tries = tallies.this_hour(session, "feed", network, now=now)
    if tries > WRONG_AN_HOUR:
        raise TooManyTries


def entries(feed: Feed) -> Iterator[Entry]:
    """Yield the appointments of a doctor's or a place's calendar, the first first."""
    source, window = feed.source, Window.on(feed.today, feed.clinic.zone)
    if source.clinician_id is not None:
        return feeds.entries(reading(), [source.clinician_id], window)
    doctors = list(feed.clinic.clinicians)
    return feeds.entries(reading(), doctors, window, location_id=source.location_id)


def appointment(feed: Feed, *, now: datetime) -> Appointment:
    """Return the one appointment that a patient follows; raises NotYours when it is long over."""
    known = appointments.by_id(feed.source.appointment_id or "")
    found = appointments.find(reading(), known)
    if found is None or now > found.interval.end + LINK_LASTS:
        raise NotYours
    return found
