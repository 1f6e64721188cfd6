"""Colleagues who do something to the same appointment at once: one of them did it, all know."""

from pathlib import Path

from app.storage import models
from app.storage.models import Status
from tests.desk import appoint
from tests.races.crew import EIGHT, Runners
from tests.races.crowd import HALF_AN_HOUR, NINE
from tests.services.looking import booked, rows, verbs_of
from tests.staffing import hire


def test_eight_colleagues_move_one_appointment_and_it_moves_once(
    runners: Runners, url: str, tmp_path: Path
) -> None:
    jo, reference = hire(), appoint(NINE)
    told = [
        {"reference": reference, "number": number, "staff_id": jo.id} for number in range(EIGHT)
    ]

    answers = runners.play("one_tile", told, url=url, folder=tmp_path)

    assert answers.count("changed_meanwhile") == EIGHT - 1, answers
    made = booked(reference)
    assert made.starts_at.isoformat() in answers
    assert (made.revision, made.sequence) == (1, 1)
    assert verbs_of(made.id) == ["move"]
    assert len(rows(models.Mail, models.Mail.kind == "appointment_moved")) == 1


def test_eight_appointments_are_moved_to_one_time_and_one_of_them_gets_it(
    runners: Runners, url: str, tmp_path: Path
) -> None:
    jo = hire()
    references = [appoint(NINE + number * HALF_AN_HOUR) for number in range(EIGHT)]
    told = [{"reference": one, "staff_id": jo.id} for one in references]

    answers = runners.play("one_place", told, url=url, folder=tmp_path)

    assert answers.count("slot_taken") == EIGHT - 1, answers
    assert set(answers) - {"slot_taken"} < set(references)
    assert len(rows(models.Appointment, models.Appointment.status == Status.BOOKED)) == EIGHT
    assert rows(models.Appointment, models.Appointment.overlap_reason.is_not(None)) == []
