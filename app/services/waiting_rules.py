"""How long the clinic keeps an offered time, and how near one may be: its owner's choice."""

from dataclasses import asdict, dataclass
from datetime import datetime

from app.domain.clinic import Clinic
from app.domain.refusals import UnknownAnswer
from app.domain.staff import Staff
from app.services import setting

CHOSEN = "waiting_rules"
LONGEST_OFFER, LONGEST_NOTICE = 48, 168  # hours


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """The hours to answer, those for a time that is near, and what is near."""

    offer_hours: int
    short_offer_hours: int
    short_notice_hours: int

    def check(self) -> None:
        """Refuse hours in which nobody can answer, or that keep a time from everybody."""
        answering = self.offer_hours, self.short_offer_hours
        if not all(1 <= hours <= LONGEST_OFFER for hours in answering):
            raise UnknownAnswer
        if not 0 <= self.short_notice_hours <= LONGEST_NOTICE:
            raise UnknownAnswer


def of(clinic: Clinic) -> Rules:
    """Return the rules as they stand."""
    return Rules(
        offer_hours=clinic.offer_hours,
        short_offer_hours=clinic.short_offer_hours,
        short_notice_hours=int(clinic.short_notice.total_seconds()) // 3600,
    )


def choose(rules: Rules, *, actor: Staff, clinic: Clinic, now: datetime) -> None:
    """Keep other rules; offers that were made stay as they were.  Raises UnknownAnswer."""
    rules.check()
    setting.keep(CHOSEN, asdict(of(clinic)), asdict(rules), actor=actor, now=now)
