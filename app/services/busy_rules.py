"""How often doctors' other calendars are read, and how long they count: the owner's choice."""

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from app.domain.clinic import Clinic
from app.domain.refusals import UnknownAnswer
from app.domain.setting import differences
from app.domain.staff import Permission, Staff
from app.storage import busy, holds, journal
from app.storage import clinic as kept
from app.storage.database import retried, transaction

CHOSEN = "busy_rules"
MINUTES, HOURS = (5, 1440), (1, 336)  # the least and the most


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """The minutes until a calendar is read again, and the hours for which it counts unread."""

    busy_minutes: int
    busy_hours: int

    @property
    def lasts(self) -> timedelta:
        """For how long a calendar counts that cannot be read."""
        return timedelta(hours=self.busy_hours)

    def check(self) -> None:
        """Refuse what would ask too often, or count before it could be asked again."""
        least, most = MINUTES
        hours_least, hours_most = HOURS
        if not least <= self.busy_minutes <= most:
            raise UnknownAnswer
        if not hours_least <= self.busy_hours <= hours_most:
            raise UnknownAnswer
        if self.busy_hours * 60 < self.busy_minutes:
            raise UnknownAnswer


def of(clinic: Clinic) -> Rules:
    """Return the rules as they stand."""
    return Rules(
        busy_minutes=int(clinic.busy_every.total_seconds()) // 60,
        busy_hours=int(clinic.busy_trusted.total_seconds()) // 3600,
    )


@retried
def choose(rules: Rules, *, actor: Staff, clinic: Clinic, now: datetime) -> None:
    """Keep other rules; they count for every calendar from now on.  Raises UnknownAnswer."""
    actor.needs(Permission.SETTINGS)
    rules.check()
    wanted = asdict(rules)
    if not (changed := differences(asdict(of(clinic)), wanted)):
        return
    with transaction() as session:
        holds.lock_every_calendar(session)
        kept.change(session, **wanted)
        busy.trust(session, rules.lasts)
        journal.note(
            session, CHOSEN, actor=actor.signature, appointment_id=None, now=now, changed=changed
        )
