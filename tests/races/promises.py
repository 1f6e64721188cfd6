"""What must be so after any race."""

from datetime import timedelta

from app.storage import models
from app.storage.models import Status
from tests.conftest import MONDAY_8AM
from tests.services.looking import MAIL_OF, mails_of, rows, verbs_of

LATEST = {hours: MONDAY_8AM + timedelta(hours=hours) for hours in (48, 3)}


def check_promises() -> None:
    """Every appointment has a journal line and a mail for each thing done, and its reminders."""
    for row in rows(models.Appointment, models.Appointment.status != Status.HELD):
        verbs = verbs_of(row.id)
        owed = [kind for kind, hours, _ in mails_of(row.id) if hours == 0]
        assert owed == [MAIL_OF[verb] for verb in verbs]
        assert row.sequence == len(verbs) - 1
        assert (row.status == Status.CANCELLED) == (verbs[-1] == "cancel")
        left = [hours for _, hours, state in mails_of(row.id) if hours and state == "owed"]
        coming = row.status == Status.BOOKED
        assert left == [hours for hours in (48, 3) if coming and row.starts_at > LATEST[hours]]
