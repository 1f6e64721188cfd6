"""What the clinic does with answers by mail: its owner's choice."""

from dataclasses import asdict, dataclass
from datetime import datetime

from app.domain.clinic import Clinic
from app.domain.staff import Staff
from app.services import setting

CHOSEN = "reply_rules"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """Whether a proven no gives the time back, and whether appointments have own mailboxes."""

    declines_free: bool
    own_addresses: bool


def of(clinic: Clinic) -> Rules:
    """Return the rules as they stand."""
    return Rules(declines_free=clinic.declines_free, own_addresses=clinic.own_addresses)


def choose(rules: Rules, *, actor: Staff, clinic: Clinic, now: datetime) -> None:
    """Keep other rules; what was said in mails before stays true."""
    setting.keep(CHOSEN, asdict(of(clinic)), asdict(rules), actor=actor, now=now)
