"""Mails before a visit whose time was closed: none that says see you then."""

import pytest
from flask import Flask

from app.domain.letter import Letter, LetterKind
from app.services import closing, letters, to_read
from app.services.seen import mark
from app.storage import mails, models
from app.storage.database import transaction
from tests.arranging import close, closure
from tests.clinics import CONSULTATION, Guest
from tests.conftest import MONDAY_8AM
from tests.desk import appoint
from tests.services.looking import booked, rows
from tests.services.people import THURSDAY
from tests.staffing import hire

CLOSED = closure(
    THURSDAY.start.replace(hour=0, tzinfo=None), THURSDAY.start.replace(hour=23, tzinfo=None)
)


def letter(kind: str) -> Letter | None:
    """Put a mail of the only appointment together, as it would leave now."""
    (mail, *_) = rows(models.Mail, models.Mail.kind == kind)
    return letters.letter(
        mail.id, base_url="https://h.example", emergency_number="911", now=MONDAY_8AM
    )


def owe(reference: str, kind: LetterKind) -> None:
    """Owe a mail that the worker owes some days before a visit."""
    row = {
        "kind": kind, "appointment_id": booked(reference).id, "language": "en",
        "due_at": MONDAY_8AM,
    }  # fmt: skip
    with transaction() as session:
        mails.owe(session, [row], now=MONDAY_8AM)


def test_a_reminder_of_time_that_was_closed_says_so_and_goes_into_no_calendar(
    guest: Guest,
) -> None:
    guest.book(THURSDAY)
    close(CLOSED, hire())

    said = letter("appointment_reminder")

    assert said is not None
    assert said.closed
    assert not said.wants_calendar


def test_a_reminder_of_time_that_is_open_again_reminds_as_ever(guest: Guest) -> None:
    guest.book(THURSDAY)
    jo = hire()
    number = close(CLOSED, jo)
    closing.take_back(number, was=mark(closing.find(number, actor=jo)), actor=jo, now=MONDAY_8AM)

    said = letter("appointment_reminder")

    assert said is not None
    assert not said.closed
    assert said.wants_calendar


@pytest.mark.parametrize("kind", [LetterKind.TO_READ, LetterKind.CHANGED])
def test_nobody_is_asked_to_prepare_for_a_visit_that_has_no_time(
    app: Flask, kind: LetterKind
) -> None:
    owe(appoint(THURSDAY.start, visit_type_id=CONSULTATION), kind)
    assert letter(kind) is not None

    close(CLOSED, hire())

    assert letter(kind) is None


def test_who_was_told_not_to_wait_is_not_asked_to_read_on(app: Flask) -> None:
    reference = appoint(THURSDAY.start, visit_type_id=CONSULTATION)
    owe(reference, LetterKind.TO_READ)
    assert letter(LetterKind.TO_READ) is not None

    to_read.stop(reference, actor=hire(), now=MONDAY_8AM)

    assert letter(LetterKind.TO_READ) is None
