"""What colleagues press at once at the desk and at their door: once done, and told to all."""

from pathlib import Path

from app.domain.staff import Role
from app.services import identities
from app.storage import models
from app.storage.models import Status
from tests.conftest import MONDAY_8AM
from tests.desk import appoint
from tests.offers import asked, held_times, offer
from tests.races.crew import EIGHT, Runners
from tests.races.crowd import NINE
from tests.races.promises import check_promises
from tests.races.staff_scenes import ISSUER
from tests.services.looking import rows, verbs_of
from tests.staffing import hire


def test_eight_colleagues_book_one_time_and_one_caller_has_it(
    runners: Runners, url: str, tmp_path: Path
) -> None:
    told = [{"number": number, "staff_id": hire().id} for number in range(EIGHT)]

    answers = runners.play("one_caller_each", told, url=url, folder=tmp_path)

    assert answers.count("slot_taken") == EIGHT - 1, answers
    (made,) = rows(models.Appointment)
    assert (made.status, made.starts_at, made.reference in answers) == (Status.BOOKED, NINE, True)
    assert len(rows(models.Patient)) == 1
    check_promises()


def test_eight_yeses_to_one_offered_time_move_the_appointment_once(
    runners: Runners, url: str, tmp_path: Path
) -> None:
    reference = appoint(NINE)
    proposal_id = offer(reference)
    told = [{"handle": asked(proposal_id).handle, "proposal_id": proposal_id}] * EIGHT

    answers = runners.play("one_offered_time", told, url=url, folder=tmp_path)

    assert set(answers) == {reference}
    (made,) = rows(models.Appointment)
    assert (made.revision, verbs_of(made.id).count("move"), held_times()) == (1, 1, [])
    assert len(rows(models.Mail, models.Mail.kind == "appointment_moved")) == 1


def test_eight_colleagues_put_one_person_on_the_waiting_list_once(
    runners: Runners, url: str, tmp_path: Path
) -> None:
    told = [{"reference": appoint(NINE), "staff_id": hire().id}] * EIGHT

    answers = runners.play("one_place_in_line", told, url=url, folder=tmp_path)

    assert answers == ["on it"] * EIGHT
    assert len(rows(models.Waiting)) == 1


def test_eight_colleagues_put_one_caller_on_the_waiting_list_once(
    runners: Runners, url: str, tmp_path: Path
) -> None:
    told = [{"staff_id": hire().id}] * EIGHT

    answers = runners.play("one_newcomer_in_line", told, url=url, folder=tmp_path)

    (only,) = rows(models.Waiting)
    assert answers == [only.id] * EIGHT
    assert len(rows(models.Patient)) == 1


def test_t30_eight_answers_with_one_state_let_one_of_them_in(
    runners: Runners, url: str, tmp_path: Path
) -> None:
    mira, jo = hire(Role.OWNER), hire()
    identities.link(mira, jo.id, ISSUER, "sub-jo", now=MONDAY_8AM)
    told = [{"state": "the same", "subject": "sub-jo"}] * EIGHT

    answers = runners.play("one_answer", told, url=url, folder=tmp_path)

    assert answers.count("outside_failed") == EIGHT - 1, answers
    assert not any("fault" in said for said in answers)
    assert len(rows(models.StaffSession)) == 1


def test_t30_eight_owners_link_one_number_and_one_colleague_has_it(
    runners: Runners, url: str, tmp_path: Path
) -> None:
    mira = hire(Role.OWNER)
    told = [{"staff_id": hire().id, "owner_id": mira.id} for _ in range(EIGHT)]

    answers = runners.play("one_number", told, url=url, folder=tmp_path)

    assert answers.count("linked_already") == EIGHT - 1, answers
    (only,) = rows(models.StaffIdentity)
    assert only.staff_id in answers
    assert len(rows(models.Mail, models.Mail.kind == "staff_changed")) == 1
