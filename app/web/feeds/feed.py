"""A calendar as a program fetches it, again and again: mostly it has not changed."""

from collections.abc import Iterator
from datetime import datetime
from tempfile import SpooledTemporaryFile

from flask import Blueprint, Response, current_app, request
from flask_babel import force_locale

from app.domain.appointment import Appointment
from app.domain.clinic import Clinic
from app.domain.refusals import NotYours
from app.ics import feed as ics
from app.ics.entry import entry_of
from app.services import feed as use
from app.services.feed import Feed
from app.web import guide
from app.web.access import Audience, access
from app.web.clock import now
from app.web.network import counted
from app.web.patient.calendar_file import letter_of

blueprint = Blueprint("feeds", __name__)

ENDING = ".ics"  # what some programs want to see in an address
AT_ONCE = 64 * 1024
IN_MEMORY = 1024 * 1024  # bytes: a doctor's year; what is longer waits in a nameless file


@blueprint.get("/feeds/<secret>")
@access(Audience.BEARER)
def feed(secret: str) -> Response:
    """Give the calendar, or say that it is as it was."""
    if not secret.endswith(ENDING):
        raise NotYours
    known = use.find(secret.removesuffix(ENDING), network=counted(), now=now())
    answer = Response(content_type="text/calendar; charset=utf-8")
    answer.set_etag(known.tag)
    answer.last_modified = known.changed_at
    answer.headers["Cache-Control"] = "private, no-cache"
    answer.make_conditional(request)
    if answer.status_code == 200:
        _fill(answer, _pieces(known, now()))
    return answer


def _pieces(known: Feed, at: datetime) -> Iterator[bytes]:
    """Yield the calendar in the language of who reads it."""
    host = known.clinic.host(current_app.extensions["settings"].host)
    if known.source.appointment_id is not None:
        yield from _for_patient(use.appointment(known, now=at), known.clinic, host)
        return
    with force_locale(known.clinic.language.replace("-", "_")):
        events = ics.events(use.entries(known), known.clinic, host=host)
        yield from ics.calendar(events, name=_name(known))


def _for_patient(about: Appointment, clinic: Clinic, host: str) -> Iterator[bytes]:
    language = about.person.language
    with force_locale(language.replace("-", "_")):
        number = guide.safety().emergency_number
        letter = letter_of(about, clinic.said_in(language), language, emergency_number=number)
        entry = entry_of(letter, host=host)
        event = ics.for_patient(entry, about.status, about.changed_at)
        yield from ics.calendar([event], name=f"{clinic.name} ({about.reference})")


def _name(known: Feed) -> str:
    """Name the calendar without a comma, which some programs show with its backslash."""
    clinic, source = known.clinic, known.source
    doctor, place = source.clinician_id, source.location_id
    own = clinic.locations[place or 0] if doctor is None else clinic.clinicians[doctor]
    return f"{own.name} ({clinic.name})"


def _fill(answer: Response, pieces: Iterator[bytes]) -> None:
    """Write the calendar aside and then give it: whole or not at all, however long it is."""
    if request.method == "HEAD":
        answer.content_length = sum(map(len, pieces))
        return
    aside = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115  closed when it is given
    for piece in pieces:
        aside.write(piece)
    answer.content_length = aside.tell()
    aside.seek(0)
    answer.response = _given(aside)


def _given(aside: SpooledTemporaryFile[bytes]) -> Iterator[bytes]:
    with aside:
        while piece := aside.read(AT_ONCE):
            yield piece
