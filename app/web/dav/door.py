"""The door for devices: a password of their own, nothing else; no cookie opens it."""

from datetime import timedelta
from threading import BoundedSemaphore

from flask import Response, current_app, g, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import Forbidden, HTTPException, NotFound

from app.domain.device import Device
from app.domain.device_refusals import WrongDevice
from app.domain.hours_refusals import HoursChanged
from app.domain.refusals import ChangedMeanwhile, NotYours, Refused, TooManyTries
from app.domain.staff import Permission
from app.services import devices
from app.settings import Settings
from app.web.clock import now
from app.web.dav import xml
from app.web.network import counted
from app.web.refusals import say, status

LARGEST = 1024 * 1024  # thousands of addresses in one question
WRONG_TAKES = timedelta(milliseconds=100)  # whatever is wrong, and however much was looked up
TURNS = BoundedSemaphore(2)  # a process has four threads: two are always left for whoever is right
ASK = {"WWW-Authenticate": 'Basic realm="Foreword calendars", charset="UTF-8"'}


def keep() -> None:
    """Let a device in, by the address and the password that came with this very request."""
    settings: Settings = current_app.extensions["settings"]
    if settings.secure and not request.is_secure:
        raise Forbidden  # nobody is asked for a password in clear
    g.visit = g.revisions = None
    given = request.authorization
    if given is None or given.type != "basic":
        raise WrongDevice
    try:
        g.device = devices.sign_in(
            given.username or "", given.password or "", network=counted(), now=now()
        )
    except WrongDevice:
        _wait()
        raise
    request.max_content_length = LARGEST
    device().staff.needs(Permission.SEE_DAY)


def _wait() -> None:
    """Let every wrong password take the same time; of very many at once some are not answered."""
    if not TURNS.acquire(blocking=False):
        raise TooManyTries
    try:
        current_app.extensions["wait"](now() + WRONG_TAKES)
    finally:
        TURNS.release()


def device() -> Device:
    """Return which device asks."""
    known: Device = g.device
    return known


def check_person(person: str) -> None:
    """Refuse the address of anybody else, as if there were none."""
    if person != device().staff.id:
        raise NotYours


def refused(refusal: Refused) -> ResponseReturnValue:
    """Say no as programs expect it, with a sentence for whoever looks."""
    if isinstance(refusal, NotYours):
        return _plain(NotFound())
    g.plain_page = isinstance(refusal, WrongDevice)  # for a stranger the book is not asked
    code = 412 if isinstance(refusal, (ChangedMeanwhile, HoursChanged)) else status(refusal)
    answer = xml.precondition(code, xml.OURS + refusal.code.replace("_", "-"), say(refusal))
    response = answer.get_response()
    if isinstance(refusal, WrongDevice):
        response.headers.update(ASK)
    if code == 429:
        response.headers["Retry-After"] = "3600"
    return response


def failed(error: HTTPException) -> ResponseReturnValue:
    """Say in a word what is wrong with a request: no program shows our pages."""
    return error.get_response() if error.response is not None else _plain(error)


def _plain(error: HTTPException) -> Response:
    return Response(f"{error.name}\n", error.code or 500, content_type="text/plain; charset=utf-8")
