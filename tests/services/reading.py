"""Somebody who reads the primer, and what they press."""

import json
from datetime import datetime

from sqlalchemy import func, select

from app.content.checks import Check
from app.content.primer import Primer
from app.domain.reading import Progress
from app.domain.record import verify
from app.services import reading
from app.services.reading import Stand, Try
from app.storage import readings
from app.storage.database import db
from app.storage.models import RecordEntry
from tests.clinics import Guest
from tests.conftest import MONDAY_8AM

WORDS = ("To walk my dog again.", "Whether it lasts.")


def check_of(primer: Primer, name: str) -> Check:
    """Return a check by its name."""
    page = primer.page_of(name)
    assert page is not None
    assert page.check is not None
    return page.check


def wrong(check: Check) -> str:
    """Return an answer that is not the right one."""
    return next(option.key for option in check.options if not option.right)


def answer(guest: Guest, check: Check, option: str, before: int = 0) -> Progress:
    """Answer a check after so many tries."""
    attempt = Try(option=option, before=before)
    return reading.answer_check(check, attempt, visit=guest.visit, now=MONDAY_8AM)


def read_all(guest: Guest, primer: Primer) -> None:
    """Turn all pages and see the answer that must be seen."""
    for page in primer.pages:
        reading.turn_page(page, visit=guest.visit, now=MONDAY_8AM)
    fever = check_of(primer, primer.must_see[0])
    answer(guest, fever, fever.right)


def stand(guest: Guest, primer: Primer, now: datetime = MONDAY_8AM, **answers: str) -> Progress:
    """Say where one stands, in words of one's own too."""
    said = Stand(answers=answers, words=WORDS)
    return reading.acknowledge(primer, said, visit=guest.visit, now=now)


def count() -> int:
    """Count the entries of all records, after their beginnings."""
    later = RecordEntry.kind != "begin"
    return db.session.scalar(select(func.count()).where(later)) or 0


def record(guest: Guest) -> list[tuple[str, str, dict[str, object]]]:
    """Return what one's record says after its beginning; it holds."""
    reading_id = guest.visit.reading_id
    assert reading_id is not None
    kept = readings.entries(db.session(), reading_id)
    assert verify(kept) is None
    lines = [(e.clear.kind, e.clear.subject, json.loads(e.payload or b"{}")) for e in kept]
    assert lines[0][0] == "begin"
    return lines[1:]
