"""What the calendar of a doctor who is invited sends back."""

import pytest

from app.domain.staff import Role
from app.services import invited
from app.storage import models
from tests.clinics import RIVERA, Guest
from tests.conftest import MONDAY_8AM
from tests.mail import sent_back
from tests.services.looking import booked, rows
from tests.services.people import THURSDAY
from tests.services.sent_back import HOST, done
from tests.staffing import hire


@pytest.mark.parametrize(
    ("partstat", "outcome"),
    [("ACCEPTED", ("ignore", "doctor")), ("DECLINED", ("review", "doctor"))],
)
def test_an_answer_of_a_doctors_calendar_is_never_the_patients(
    partstat: str, outcome: tuple[str, str], guest: Guest
) -> None:
    rivera = hire(Role.CLINICIAN)
    invited.choose(rivera, RIVERA, rivera.id, now=MONDAY_8AM)
    reference = guest.book(THURSDAY)
    uid = f"{booked(reference).id}{rivera.id}@{HOST}"

    answer = sent_back.calendar(uid, rivera.email, partstat)

    assert done(sent_back.plain(rivera.email, answer)) == outcome
    assert rows(models.Reply, models.Reply.appointment_id.is_not(None)) == []
