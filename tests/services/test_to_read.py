"""Guides that are open before a visit: taken up by the link, and looked after at the desk."""

from datetime import timedelta

import pytest

from app.content.primer import Primer
from app.domain.refusals import UnlockNeeded
from app.domain.staff import Staff
from app.services import (
    appointment,
    to_read,
)
from app.services import clinic as clinics
from app.storage import models
from app.storage.database import db
from tests.clinics import CONSULTATION, Guest, person
from tests.conftest import MONDAY_8AM
from tests.desk import appoint
from tests.services.looking import booked, rows, statements, verbs_of
from tests.services.people import THURSDAY
from tests.services.reading import read_all, stand
from tests.services.to_read import begin, book, link_of, open_


@pytest.fixture
def reference(jo: Staff) -> str:
    """Give an appointment that the desk booked three weeks ahead; its guide goes by mail."""
    return book(jo)


def test_what_is_read_by_the_link_belongs_to_the_appointment_and_takes_the_mark_away(
    jo: Staff, reference: str, primer: Primer
) -> None:
    guest = Guest(MONDAY_8AM, way="primer")
    begin(guest, reference, primer)
    assert [one.begun for one in open_(jo)] == [True]

    read_all(guest, primer)
    stand(guest, primer)
    to_read.finish(reference, actor=guest.actor, clinic=clinics.load(), now=MONDAY_8AM)

    assert open_(jo) == []
    assert verbs_of(booked(reference).id) == ["book", "guide_begun", "guide_read"]


def test_what_the_doctor_should_know_is_sealed_with_the_visit(
    reference: str, primer: Primer
) -> None:
    begin(Guest(MONDAY_8AM, way="primer"), reference, primer, "T1")

    assert booked(reference).intake_id is not None


def test_many_begun_guides_take_as_many_statements_as_one(jo: Staff, primer: Primer) -> None:
    counted = []
    for hour in range(2):
        visit = appoint(THURSDAY.start + timedelta(hours=hour), visit_type_id=CONSULTATION)
        begin(Guest(MONDAY_8AM, way="primer"), visit, primer)
        db.session.expunge_all()
        with statements() as seen:
            found = open_(jo)
        counted.append((len(found), len(seen)))

    assert [number for number, _asked in counted] == [1, 2]
    assert counted[0][1] == counted[1][1]


def test_going_on_elsewhere_asks_for_the_birth_date_first(reference: str, primer: Primer) -> None:
    begin(Guest(MONDAY_8AM, way="primer"), reference, primer)
    other = Guest(MONDAY_8AM, way="primer")
    other.open_link(link_of(reference))
    asked = {"actor": other.actor, "clinic": clinics.load(), "now": MONDAY_8AM}

    with pytest.raises(UnlockNeeded):
        to_read.find(reference, **asked)  # type: ignore[arg-type]
    appointment.unlock(reference, person().birth_date, actor=other.actor, now=MONDAY_8AM)
    to_read.take_up(
        reference, visit=other.visit, actor=other.actor, clinic=clinics.load(), now=MONDAY_8AM
    )

    assert other.visit.reading_id == booked(reference).reading_id


def test_whoever_is_told_not_to_wait_is_called_and_nobody_reads_why(
    jo: Staff, reference: str
) -> None:
    guest = Guest(MONDAY_8AM, way="primer")
    guest.open_link(link_of(reference))

    to_read.stop(reference, actor=guest.actor, now=MONDAY_8AM)
    to_read.stop(reference, actor=guest.actor, now=MONDAY_8AM)
    (one,) = open_(jo)
    to_read.called(reference, actor=jo, now=MONDAY_8AM)

    assert (one.please_call, one.appointment.reference) == (True, reference)
    assert [one.please_call for one in open_(jo)] == [False]
    assert verbs_of(booked(reference).id) == ["book", "please_call", "called"]
    assert all(line.change == {} for line in rows(models.JournalEntry) if line.verb != "book")
