"""What the desk notes about an appointment on its day, and takes back."""

from datetime import datetime, timedelta

import pytest
from flask import Flask

from app.domain.desk_refusals import NothingToUndo, NotToday
from app.domain.refusals import ChangedMeanwhile, NotYours
from app.domain.staff import Role, Staff
from app.services import attending
from app.services import clinic as clinics
from app.services.attending import AtDesk
from app.storage.models import Status
from tests.clinics import NASHVILLE, OKAFOR, RIVERA, TUESDAY_NOON, Guest, days, person, wish
from tests.desk import appoint
from tests.services.looking import booked, statements, verbs_of
from tests.services.people import FRIDAY, THURSDAY, move, take
from tests.staffing import hire

EARLY = TUESDAY_NOON - timedelta(hours=1)
LATE = TUESDAY_NOON + timedelta(hours=1)


def see(reference: str, actor: Staff, now: datetime = EARLY) -> AtDesk:
    return attending.see(reference, actor=actor, clinic=clinics.load(), now=now)


def mark(reference: str, to: Status, actor: Staff, now: datetime = EARLY, seen: int = -1) -> None:
    revision = booked(reference).revision if seen < 0 else seen
    attending.mark(
        reference,
        to,
        revision=revision,
        actor=actor,
        clinic=clinics.load(),
        now=now,
    )


def undo(reference: str, actor: Staff, now: datetime = EARLY) -> None:
    revision = booked(reference).revision
    attending.undo(reference, revision=revision, actor=actor, clinic=clinics.load(), now=now)


def test_somebody_arrives_is_called_in_and_is_done(jo: Staff) -> None:
    reference = appoint()

    for status in (Status.ARRIVED, Status.IN_ROOM, Status.COMPLETED):
        mark(reference, status, jo)

    made = booked(reference)
    assert made.status == Status.COMPLETED
    assert made.revision == 3
    assert verbs_of(made.id) == ["mark", "mark", "mark"]


def test_marking_the_same_again_changes_nothing(jo: Staff) -> None:
    reference = appoint()
    mark(reference, Status.ARRIVED, jo, seen=0)

    mark(reference, Status.ARRIVED, jo, seen=0)

    assert booked(reference).revision == 1


def test_nobody_arrives_before_the_day_or_misses_what_has_not_begun(jo: Staff) -> None:
    reference = appoint()

    with pytest.raises(NotToday):
        mark(reference, Status.ARRIVED, jo, now=TUESDAY_NOON - days(1))
    with pytest.raises(NotToday):
        mark(reference, Status.MISSED, jo, now=EARLY)

    assert booked(reference).status == Status.BOOKED


def test_the_page_offers_what_can_be_noted_now(jo: Staff) -> None:
    reference = appoint()

    assert see(reference, jo, TUESDAY_NOON - days(1)).marks == ()
    assert see(reference, jo, EARLY).marks == (Status.ARRIVED, Status.COMPLETED)
    assert see(reference, jo, LATE).marks == (Status.ARRIVED, Status.MISSED, Status.COMPLETED)


def test_a_mark_is_taken_back_within_the_day(jo: Staff) -> None:
    reference = appoint()
    mark(reference, Status.MISSED, jo, now=LATE)
    assert see(reference, jo, LATE).undoes == Status.BOOKED

    undo(reference, jo, LATE)

    assert booked(reference).status == Status.BOOKED
    assert see(reference, jo, LATE).undoes is None
    with pytest.raises(NothingToUndo):
        undo(reference, jo, LATE)


def test_the_day_after_a_mark_stays(jo: Staff) -> None:
    reference = appoint()
    mark(reference, Status.COMPLETED, jo, now=LATE)

    with pytest.raises(NothingToUndo):
        undo(reference, jo, LATE + days(1))


def test_whoever_saw_it_as_it_was_before_is_told(jo: Staff) -> None:
    reference = appoint()
    mark(reference, Status.ARRIVED, jo)

    with pytest.raises(ChangedMeanwhile):
        mark(reference, Status.MISSED, hire(name="Max"), now=LATE, seen=0)
    with pytest.raises(ChangedMeanwhile):
        attending.note(reference, "late", revision=0, actor=hire(), now=LATE)

    assert (booked(reference).status, booked(reference).desk_note) == (Status.ARRIVED, "")


def test_a_patient_who_moved_it_meanwhile_is_not_overwritten(jo: Staff, guest: Guest) -> None:
    reference = guest.book(THURSDAY)
    before = booked(reference).revision
    take(guest, reference, FRIDAY)
    move(guest, reference, FRIDAY)

    with pytest.raises(ChangedMeanwhile):
        mark(reference, Status.ARRIVED, jo, now=FRIDAY.start, seen=before)

    assert booked(reference).status == Status.BOOKED


def test_the_journal_says_that_the_note_changed_and_not_what_it_says(jo: Staff) -> None:
    reference = appoint()

    attending.note(reference, "call before noon", revision=0, actor=jo, now=EARLY)

    (line,) = see(reference, jo).journal
    assert booked(reference).desk_note == "call before noon"
    assert (line.verb, line.actor, line.change) == ("note", jo.signature, {})


def test_looking_is_written_down_once_for_a_while(jo: Staff) -> None:
    reference = appoint()

    for minutes in (0, 5, 9):
        see(reference, jo, EARLY + timedelta(minutes=minutes))
    assert verbs_of(booked(reference).id) == ["see"]
    see(reference, hire(), EARLY)

    assert verbs_of(booked(reference).id) == ["see", "see"]
    assert see(reference, jo).journal == []


def test_the_desk_knows_what_helps_and_never_the_question(jo: Staff, guest: Guest) -> None:
    held = guest.hold(wish(TUESDAY_NOON))
    guest.say(person(), question="What about my disc?")
    reference = guest.confirm(held.id)

    seen = see(reference, jo)

    assert "disc" not in repr(seen)
    assert seen.appointment.needs == ()


def test_a_clinician_opens_their_own_appointments_only(app: Flask) -> None:
    rivera = hire(Role.CLINICIAN, clinician_id=RIVERA)
    theirs = appoint(clinician_id=OKAFOR, location_id=NASHVILLE)

    for unknown in (theirs, "HB-222-222", "a\x00b"):
        with pytest.raises(NotYours):
            see(unknown, rivera)


def test_a_first_look_takes_as_many_statements_however_long_the_story_is(jo: Staff) -> None:
    short, long = appoint(), appoint(TUESDAY_NOON + timedelta(hours=2), name="Ada Abbott")
    for text in "abcdefgh":
        attending.note(long, text, revision=booked(long).revision, actor=jo, now=EARLY)
    clinics.load()

    counts = []
    for reference in (short, long):
        with statements() as asked:
            seen = see(reference, jo)
            assert all(line.change is not None for line in seen.journal)
        counts.append(len(asked))

    assert counts[0] == counts[1]
