"""Eight processes press at once, on both databases: nobody is booked twice, nothing breaks."""

import os
from collections import Counter
from pathlib import Path

from sqlalchemy import text

from app.storage import models
from app.storage.database import db
from app.storage.models import Status
from tests.clinics import Guest, person, wish
from tests.conftest import MONDAY_8AM
from tests.races.crew import EIGHT, Runner, Runners
from tests.races.promises import check_promises
from tests.services.looking import MAIL_OF, OVERLAPS, booked, rows

ATTEMPTS = int(os.environ.get("FOREWORD_RACE", "2400"))  # on each database
ANSWERS = {
    "hold": {"done", "slot_taken", "not_offered"},
    "book": {"done", "hold_ended", "nothing_held"},
    "extend": {"done", "hold_at_limit", "nothing_held"},
    "release": {"done"},
    "move": {"done", "slot_taken", "not_offered", "hold_ended", "changed_meanwhile"},
    "cancel": {"done"},
}


def overlaps() -> int:
    db.session.rollback()
    found: int = db.session.execute(text(OVERLAPS)).scalar_one()
    return found


def check_full_days() -> None:
    """No doctor gives more visits of a type on the day than the type allows."""
    at_most = {row.id: row.max_per_day for row in rows(models.VisitType) if row.max_per_day}
    given = Counter(
        (row.starts_at.date(), row.clinician_id, row.visit_type_id)
        for row in rows(models.Appointment, models.Appointment.status == Status.BOOKED)
    )
    assert all(n <= at_most.get(type_id, n) for (*_, type_id), n in given.items()), given


def test_thousands_of_contested_attempts_end_booked_or_refused(
    runners: Runners, url: str, tmp_path: Path
) -> None:
    told = [{"number": number, "attempts": ATTEMPTS // EIGHT} for number in range(EIGHT)]

    results = runners.play("crowd", told, url=url, folder=tmp_path)

    answers: Counter[str] = Counter()
    for one in results:
        answers.update(one["answers"])
    slowest = max(one["slowest"] for one in results)
    said = f"slowest answer {slowest} s; {dict(answers)}"
    print(said)  # noqa: T201  shown by pytest -rP
    assert [fault for one in results for fault in one["faults"]] == [], said
    assert overlaps() == 0, said
    assert sum(answers.values()) >= ATTEMPTS, said
    for answer in answers:
        what, _, code = answer.partition(" ")
        assert code in ANSWERS[what], said
    for verb in MAIL_OF:
        lines = rows(models.JournalEntry, models.JournalEntry.verb == verb)
        assert len(lines) == answers[f"{verb} done"] > 0, said
    check_promises()
    check_full_days()


def test_f01_whoever_was_told_booked_is_booked_when_the_process_is_killed(
    url: str, tmp_path: Path
) -> None:
    told_booked = []
    runners = [Runner.start() for _ in range(3)]
    for number, runner in enumerate(runners):
        told = {"number": number, "attempts": 10_000, "announce": True}
        runner.tell({"scene": "crowd", "told": told, "url": url, "folder": str(tmp_path)})
    for runner in runners:
        assert runner.hear() == "ready"
        runner.tell("go")
    for number, runner in enumerate(runners):
        told_booked += [runner.hear()["booked"] for _ in range(1 + 2 * number)]
        runner.end()

    journal = {row.appointment_id for row in rows(models.JournalEntry)}
    assert {booked(reference).id for reference in told_booked} <= journal
    check_promises()
    assert overlaps() == 0
    assert Guest(MONDAY_8AM).book(wish(wish().start.replace(day=4)), person())
