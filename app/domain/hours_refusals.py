"""What is refused when hours change."""

from app.domain.refusals import Refused
from app.domain.rehousing import Coming


class WouldBreak(Refused):
    """Appointments would lose their time, and whoever changes the hours has not seen which."""

    code = "would_break"

    def __init__(self, lost: tuple[Coming, ...]) -> None:
        super().__init__()
        self.lost = lost


class HoursChanged(Refused):
    """Somebody else changed these hours or this closure since it was seen."""

    code = "hours_changed"


class HoursOverlap(Refused):
    """There are hours at that place and time already, which would be offered twice."""

    code = "hours_overlap"
