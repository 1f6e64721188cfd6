"""What is refused at the desk, beyond what is refused to patients."""

from app.domain.refusals import Refused, SlotTaken


class TooVague(Refused):
    """What is looked for would find half of the clinic."""

    code = "too_vague"


class TooMuchTyped(Refused):
    """More was typed than anybody is called."""

    code = "too_much_typed"


class InThePast(Refused):
    """Nobody comes at a time that is over."""

    code = "in_the_past"


class TooFarAhead(Refused):
    """Nobody knows so long before who will be where."""

    code = "too_far_ahead"


class ClinicClosed(Refused):
    """The doctor has no hours there at that time, for as long as the visit takes."""

    code = "clinic_closed"


class NotToday(Refused):
    """Nobody arrives before the day of the visit, or misses it before it begins."""

    code = "not_today"


class NothingToUndo(Refused):
    """What was done to the appointment was not done today, or was undone."""

    code = "nothing_to_undo"


class NotTreating(Refused):
    """Health words are read by the clinician of the appointment; others say why they must."""

    code = "not_treating"


class ReasonNeeded(Refused):
    """What is done on purpose against a rule has a reason, in words."""

    code = "reason_needed"


class NothingWritten(Refused):
    """A note without words helps nobody."""

    code = "nothing_written"


class TooLong(Refused):
    """A note that nobody reads to its end."""

    code = "too_long"


class BusyElsewhere(SlotTaken):
    """The doctor's other calendar says that they are busy then; who may allow it says why."""

    code = "busy_elsewhere"
