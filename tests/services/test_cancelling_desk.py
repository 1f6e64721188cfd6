"""Cancelling at the desk, and bringing back."""

from datetime import timedelta

import pytest

from app.domain.refusals import (
    AlreadyCancelled,
    AlreadyOver,
    ChangedMeanwhile,
    SlotTaken,
    UnknownAnswer,
)
from app.domain.staff import Staff
from app.services import cancelling, outbox
from app.services import clinic as clinics
from app.storage.models import Status
from tests.clinics import TUESDAY_NOON, Guest, days, wish
from tests.conftest import MONDAY_8AM
from tests.desk import appoint
from tests.services.looking import booked, mails_of, verbs_of


def cancel(reference: str, actor: Staff, reason: str = "doctor_away", **seen: int) -> None:
    revision = seen.get("seen", booked(reference).revision)
    cancelling.cancel_at_desk(reference, reason, revision=revision, actor=actor, now=MONDAY_8AM)


def restore(reference: str, actor: Staff, hours: float = 1) -> None:
    cancelling.restore(
        reference, revision=booked(reference).revision, actor=actor, clinic=clinics.load(),
        now=MONDAY_8AM + timedelta(hours=hours),
    )  # fmt: skip


def states(reference: str) -> list[tuple[str, str]]:
    return [(kind, state) for kind, _, state in mails_of(booked(reference).id)]


def test_the_desk_cancels_with_a_reason_and_a_mail_says_so(jo: Staff, guest: Guest) -> None:
    reference = guest.book(wish(TUESDAY_NOON))

    cancel(reference, jo)

    made = booked(reference)
    assert (made.status, made.sequence) == (Status.CANCELLED, 1)
    assert states(reference)[-1] == ("appointment_cancelled", "owed")
    assert verbs_of(made.id)[-1] == "cancel"
    cancel(reference, jo)  # a double click
    assert verbs_of(made.id).count("cancel") == 1


def test_no_reason_is_no_cancelling(jo: Staff) -> None:
    reference = appoint()

    with pytest.raises(UnknownAnswer):
        cancel(reference, jo, "because of the knee")

    assert booked(reference).status == Status.BOOKED


def test_what_took_place_is_not_cancelled(jo: Staff) -> None:
    with pytest.raises(AlreadyOver):
        cancel(appoint(status=Status.COMPLETED), jo)


def test_whoever_saw_it_as_it_was_before_is_told(jo: Staff) -> None:
    reference = appoint()

    with pytest.raises(ChangedMeanwhile):
        cancel(reference, jo, seen=7)


def test_it_is_brought_back_and_nobody_hears_of_what_nobody_was_told(
    jo: Staff, guest: Guest
) -> None:
    reference = guest.book(wish(TUESDAY_NOON + days(2)))
    deliver()
    cancel(reference, jo)

    restore(reference, jo)

    made = booked(reference)
    assert (made.status, made.sequence, made.cancelled_at) == (Status.BOOKED, 2, None)
    owed = [kind for kind, state in states(reference) if state == "owed"]
    assert owed == ["appointment_reminder", "appointment_reminder"]


def test_it_is_brought_back_and_announced_if_it_never_was(jo: Staff, guest: Guest) -> None:
    reference = guest.book(wish(TUESDAY_NOON + days(2)))
    cancel(reference, jo)

    restore(reference, jo)

    owed = [kind for kind, state in states(reference) if state == "owed"]
    assert owed == ["appointment_booked", "appointment_reminder", "appointment_reminder"]


def deliver() -> None:
    while (mail := outbox.lease(now=MONDAY_8AM, owner="w")) is not None:
        outbox.handed_over(mail.id, "w", sender="book@x.example", now=MONDAY_8AM)


def test_after_the_mail_left_the_invitation_goes_out_again(jo: Staff, guest: Guest) -> None:
    reference = guest.book(wish(TUESDAY_NOON + days(2)))
    cancel(reference, jo)
    deliver()

    restore(reference, jo)

    assert ("appointment_booked", "owed") in states(reference)


def test_a_day_later_it_stays_cancelled(jo: Staff) -> None:
    reference = appoint(TUESDAY_NOON + days(7))
    cancel(reference, jo)

    with pytest.raises(AlreadyCancelled):
        restore(reference, jo, hours=25)


def test_a_time_that_somebody_took_is_theirs(jo: Staff) -> None:
    reference = appoint()
    cancel(reference, jo)
    Guest(MONDAY_8AM).book(wish(TUESDAY_NOON))

    with pytest.raises(SlotTaken):
        restore(reference, jo)

    assert booked(reference).status == Status.CANCELLED


def test_an_overlap_is_brought_back_only_where_nobody_is(jo: Staff) -> None:
    reference = appoint(overlap_reason="urgent")
    cancel(reference, jo)
    appoint(overlap_reason="urgent")

    with pytest.raises(SlotTaken):
        restore(reference, jo)


def test_a_hold_that_ran_out_keeps_nothing_from_coming_back(jo: Staff) -> None:
    reference = appoint()
    cancel(reference, jo)
    Guest(MONDAY_8AM).hold(wish(TUESDAY_NOON))

    restore(reference, jo)

    assert booked(reference).status == Status.BOOKED


def test_whoever_has_no_mail_address_is_owed_none(jo: Staff) -> None:
    reference = appoint(email="")

    cancel(reference, jo)

    assert states(reference) == []
