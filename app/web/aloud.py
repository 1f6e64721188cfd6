"""A colleague who reads the guide aloud: on the patients' pages, as long as they are signed in."""

from flask import request, session, url_for

from app.domain.refusals import SafetyCheckNeeded
from app.domain.staff import Staff
from app.services import visitor
from app.web import staff
from app.web.visitor import HANDLE, forget_visit, remember, visit

ALOUD = "aloud"  # (the appointment's reference, the colleague's id), in the cookie
OF_THE_VISIT = (ALOUD, HANDLE, "told", "passed", "code")
SHOWN_ON = ("patient.safety.", "patient.primer.")  # pages that nobody keeps for others


def begin(reference: str, handle: str, who: Staff) -> None:
    """Let this browser read for an appointment."""
    end()
    _forget()  # whatever somebody did here as a patient
    remember(handle)
    session[ALOUD] = [reference, who.id]


def reads_for() -> str | None:
    """Return the reference of the appointment that somebody reads aloud for."""
    if ALOUD not in session or (who := staff.signed_in()) is None:
        return None
    reference, staff_id = session[ALOUD]
    return str(reference) if staff_id == who.staff.id else None


def check() -> None:
    """End it for whoever is not signed in any more: nobody else goes on in their place."""
    if ALOUD in session and reads_for() is None:
        end()
        raise SafetyCheckNeeded


def answered_by() -> str | None:
    """Return whom the record names as the one who read, while somebody does."""
    return staff.actor().signature if reads_for() else None


def end() -> None:
    """End the session of the reading, if there is one; what else the browser knows stays."""
    if ALOUD not in session:
        return
    if (known := visit()) is not None:
        visitor.leave(known)
    _forget()


def _forget() -> None:
    for name in OF_THE_VISIT:
        session.pop(name, None)
    forget_visit()


def banner() -> str | None:
    """Return where the appointment is that is read for, on the pages that are read."""
    if ALOUD not in session or not (request.endpoint or "").startswith(SHOWN_ON):
        return None
    reference = reads_for()
    return reference and url_for("reception.appointment.appointment", reference=reference)
