"""Links at which programs look at a calendar: whose it is, and what is refused about it."""

from dataclasses import dataclass
from datetime import date, datetime

from app.domain.refusals import NotYours, Refused
from app.domain.staff import Permission, Staff

MOST_OF_A_PATIENT = 5  # phones, tablets and computers of one person
LONGEST_NAME = 60


class NameNeeded(Refused):
    """A link without a name could not be told from the others when one phone is lost."""

    code = "name_needed"


class NameInUse(Refused):
    """Another program looks at this calendar by a link of that name."""

    code = "name_in_use"


class EnoughLinks(Refused):
    """Nobody has so many calendars that they look at."""

    code = "enough_links"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """What a calendar is of: a doctor, a place, or one appointment."""

    clinician_id: int | None = None
    location_id: int | None = None
    appointment_id: str | None = None

    def check(self, actor: Staff) -> None:
        """Refuse whoever does not see all that it shows; raises NotAllowed, NotYours."""
        actor.needs(Permission.SEE_DAY)
        if not self.seen_by(actor):
            raise NotYours

    def seen_by(self, actor: Staff) -> bool:
        """Say whether somebody sees all that it shows: a place has everybody's appointments."""
        return self.appointment_id is None and actor.sees(self.clinician_id or 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """A link as the people who look after it see it: all but its secret."""

    id: str
    name: str
    source: Source
    made_by: str | None
    maker: str | None
    made_at: datetime
    used_on: date | None

    def kept_by(self, actor: Staff) -> bool:
        """Say whether somebody may see that it is there, and end it."""
        if self.source.appointment_id is not None:
            return False
        if actor.may(Permission.STAFF) or self.made_by == actor.id:
            return True
        return self.source.clinician_id is not None and (
            self.source.clinician_id == actor.clinician_id
        )
