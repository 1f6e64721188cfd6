"""Invitations that end: the calendar that had them is not left with entries that turn wrong."""

import pytest
from flask import Flask

from app.domain.staff import Role, Staff
from app.services import attending, cancelling, desk_moving, invited, team
from app.services import clinic as clinics
from app.services.team import Place
from app.storage import models
from tests.clinics import NASHVILLE, OKAFOR, RIVERA, TUESDAY_NOON, Guest, days, wish
from tests.conftest import MONDAY_8AM
from tests.services.delivering import to_doctors
from tests.services.looking import rows
from tests.staffing import hire

FRIDAY = TUESDAY_NOON + days(3)
ENDINGS = {
    "leaves": lambda owner, who: team.let_go(owner, who.id, now=MONDAY_8AM),
    "changes to reception": lambda owner, who: team.change_place(
        owner, who.id, Place(role=Role.RECEPTION), now=MONDAY_8AM
    ),
    "gets another calendar": lambda owner, who: team.change_place(
        owner, who.id, Place(role=Role.CLINICIAN, clinician_id=OKAFOR), now=MONDAY_8AM
    ),
    "ends it": lambda _owner, who: invited.choose(who, RIVERA, None, now=MONDAY_8AM),
}
every_ending = pytest.mark.parametrize("end", ENDINGS.values(), ids=ENDINGS)


@pytest.fixture
def owner(app: Flask) -> Staff:
    return hire(Role.OWNER)


@pytest.fixture
def rivera(app: Flask) -> Staff:
    """Give Dr Rivera, who wants to be invited."""
    who = hire(Role.CLINICIAN, name="Dr", email="rivera@example.org", clinician_id=RIVERA)
    invited.choose(who, RIVERA, who.id, now=MONDAY_8AM)
    return who


@every_ending
def test_what_is_to_come_leaves_the_calendar_of_a_doctor_who(
    end: object, guest: Guest, owner: Staff, rivera: Staff
) -> None:
    guest.book(wish(FRIDAY))
    (booked,) = to_doctors()
    assert callable(end)

    end(owner, rivera)
    (gone,) = to_doctors()

    assert (gone.kind, gone.recipient_address) == ("doctor_cancelled", "rivera@example.org")
    assert (gone.ended, gone.elsewhere) == (True, False)
    assert gone.sequence > booked.sequence
    assert gone.first == booked.name
    assert clinics.load().clinicians[RIVERA].invited_id is None
    assert [row.verb for row in rows(models.JournalEntry)].count("doctor_not_invited") == 1


@every_ending
def test_nothing_more_is_told_of_what_happens_later(
    end: object, guest: Guest, owner: Staff, rivera: Staff
) -> None:
    reference = guest.book(wish(FRIDAY))
    assert callable(end)
    end(owner, rivera)
    to_doctors()

    revision = attending.find(reference, owner).revision
    cancelling.cancel_at_desk(reference, "other", revision=revision, actor=owner, now=MONDAY_8AM)
    guest.book(wish(FRIDAY + days(3)))

    assert to_doctors() == []


def test_whoever_left_gets_no_link_to_what_they_may_not_see(
    guest: Guest, owner: Staff, rivera: Staff
) -> None:
    reference = guest.book(wish(FRIDAY))
    (booked,) = to_doctors()
    team.let_go(owner, rivera.id, now=MONDAY_8AM)

    assert booked.link == f"https://x/staff/appointment/{reference}"
    assert [said.link for said in to_doctors()] == [""]


def test_an_appointment_that_goes_to_another_doctor_is_not_said_to_be_cancelled(
    guest: Guest, owner: Staff, rivera: Staff
) -> None:
    reference = guest.book(wish(FRIDAY))
    to_doctors()
    desk_moving.move(
        reference, wish(FRIDAY, clinician_id=OKAFOR, location_id=NASHVILLE),
        revision=attending.find(reference, owner).revision, actor=owner, clinic=clinics.load(),
        now=MONDAY_8AM,
    )  # fmt: skip

    (gone,) = to_doctors()

    assert (gone.kind, gone.elsewhere, gone.ended) == ("doctor_cancelled", True, False)


def test_an_appointment_that_is_cancelled_is_said_to_be(
    guest: Guest, owner: Staff, rivera: Staff
) -> None:
    reference = guest.book(wish(FRIDAY))
    to_doctors()
    revision = attending.find(reference, owner).revision
    cancelling.cancel_at_desk(reference, "other", revision=revision, actor=owner, now=MONDAY_8AM)

    (gone,) = to_doctors()

    assert (gone.elsewhere, gone.ended) == (False, False)


def test_another_role_with_the_same_calendar_changes_nothing(
    guest: Guest, owner: Staff, rivera: Staff
) -> None:
    guest.book(wish(FRIDAY))
    to_doctors()

    same = Place(role=Role.OWNER, clinician_id=RIVERA)
    team.change_place(owner, rivera.id, same, now=MONDAY_8AM)

    assert to_doctors() == []
    assert clinics.load().clinicians[RIVERA].invited_id == rivera.id
