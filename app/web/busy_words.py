"""Why a calendar of a doctor was not taken in, in a sentence each."""

from flask_babel import lazy_gettext as later

from app.domain.busy import Fault

WHY = {
    Fault.NOT_A_CALENDAR: later("This is not a calendar."),
    Fault.CUT_SHORT: later("The calendar breaks off before its end."),
    Fault.TOO_BIG: later("The calendar is larger than 5 MB."),
    Fault.TOO_MANY: later("The calendar has more entries than one person's calendar can have."),
    Fault.TOO_DEEP: later("The calendar has parts within parts that no calendar program makes."),
    Fault.TOO_HARD: later("The calendar takes too long to read."),
    Fault.NO_ADDRESS: later(
        "This is no address of a calendar: it begins with https:// or webcal://, and has no"
        " name, password or port in it."
    ),
    Fault.NOT_OUTSIDE: later("The address does not lead to a public server."),
    Fault.UNKNOWN_NAME: later("There is no server of this name."),
    Fault.NOT_TRUSTED: later("The server cannot show that it is the one of this name."),
    Fault.AWAY: later("The server did not answer in time."),
    Fault.TURNED_AWAY: later("The server does not hand the calendar out any more."),
    Fault.SENT_ON: later("The server sends us on to other addresses again and again."),
    Fault.PACKED: later("The server sends the calendar packed, which we do not open."),
}
