"""The next offer: a free time to whoever's turn it is, round after round."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from app.domain import proposal as asking
from app.domain.appointment import Wish
from app.domain.clinic import Clinic
from app.domain.proposal import AlreadyOffered, Kind
from app.domain.refusals import NotOffered, SlotTaken
from app.domain.staff import Staff
from app.domain.waiting import NO_LESS, End, NotWaiting, Waiting, in_turn
from app.services import clinic as clinics
from app.services import proposal
from app.services.free_times import FreeTimes
from app.services.proposal import Draft
from app.services.waiting import find
from app.storage import clinic as clinic_rows
from app.storage import holds, waiting
from app.storage.database import reading, retried, transaction

A_ROUND = 20  # offers: others wait for the lock meanwhile
LOOK_AGAIN = timedelta(minutes=5)  # though nothing changed: a day begins, a notice ends


@dataclass(slots=True)
class Rounds:
    """What one worker saw last: until something changes it need not look again."""

    seen: object = None

    def run(self, *, now: datetime) -> int:
        """Offer what is free to those who wait; return how many offers were made."""
        if (stamp := _stamp(now)) in (None, self.seen):
            return 0
        _close_done(now=now)
        made = 0
        while made < A_ROUND and offer_next(clinics.load(), now=now):
            made += 1
        self.seen = stamp if made == 0 else None
        return made


def _stamp(now: datetime) -> object:
    """Say how everything stands on which an offer depends; None when nobody waits."""
    waits = waiting.stamp(reading())
    if not waits[0]:
        return None
    calendars = sum(clinic_rows.calendar_revisions(reading()).values())
    return waits, calendars, clinic_rows.revision(reading()), _tick(now)


def _tick(now: datetime) -> int:
    return int(now.timestamp() // LOOK_AGAIN.total_seconds())


def _close_done(*, now: datetime) -> None:
    """Take off the list whose appointment is over, or no longer booked."""
    over = waiting.done(reading(), now=now)
    if over:
        with transaction() as session:
            for id_ in over:
                waiting.close(session, id_, End.OVER, now=now)


def offer_next(clinic: Clinic, *, now: datetime) -> bool:
    """Make one offer, if there is one to make.

    Another worker, or somebody on the site, may be quicker: then the next in line is tried, or
    the time is none any more.
    """
    begins = clinic.midnight(clinic.day_at(now))
    line = in_turn(waiting.listing(reading(), day_begins=begins))
    free = FreeTimes(clinic, {one.wishes.visit_type_id for one in line}, now=now)
    for one in line:
        wish = earliest(one, free, now=now)
        if wish is None:
            continue
        try:
            _offer(one, wish, clinic, signature="clinic", now=now)
        except (SlotTaken, NotOffered, AlreadyOffered, NotWaiting):
            continue
        return True
    return False


@retried
def offer_now(waiting_id: str, wish: Wish, *, actor: Staff, clinic: Clinic, now: datetime) -> str:
    """Offer somebody a time that the desk chose, whoever's turn it is; return the proposal's id.

    Raises NotYours, NotWaiting, SlotTaken, NotOffered, AlreadyOffered.
    """
    found = find(waiting_id, actor=actor)
    if wish.visit_type_id != found.wishes.visit_type_id or not actor.sees(wish.clinician_id):
        raise NotOffered
    return _offer(found, wish, clinic, signature=actor.signature, now=now)


@retried
def _offer(one: Waiting, wish: Wish, clinic: Clinic, *, signature: str, now: datetime) -> str:
    draft = Draft(
        kind=Kind.EARLIER,
        times=(wish,),
        answer_by=answer_by(wish, clinic, now=now),
        patient_id=one.patient_id,
        email=one.person.email,
        language=one.person.language,
        appointment_id=one.appointment_id,
        waiting_id=one.id,
        sequence=one.sequence,
    )
    with transaction() as session:
        holds.lock_calendars(session, [wish.clinician_id])
        if not waiting.lock(session, one.id):
            raise NotWaiting
        return proposal.put(session, draft, clinic, actor=signature, now=now)


def answer_by(wish: Wish, clinic: Clinic, *, now: datetime) -> datetime:
    """Return until when a time is kept for whoever is asked about it: less long when it is near."""
    near = wish.start < now + clinic.short_notice
    hours = clinic.short_offer_hours if near else clinic.offer_hours
    return asking.answer_by(hours, clinic.zone, [wish.start], now=now)


def earliest(one: Waiting, free: FreeTimes, *, now: datetime) -> Wish | None:
    """Return the first free time that fits somebody, and leaves them time to answer."""
    clinic = free.clinic
    begins = asking.waking(now, clinic.zone)
    for wish in free.of(one):
        zone = clinic.locations[wish.location_id].zone
        if one.fits(wish, zone, short=clinic.short_notice, now=now) and (
            answer_by(wish, clinic, now=now) - begins >= NO_LESS
        ):
            return wish
    return None
