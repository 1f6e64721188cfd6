"""What somebody carries away from their appointment: a calendar's entry, a code for the phone."""

from flask import Blueprint, current_app
from flask.typing import ResponseReturnValue

from app.domain.refusals import AlreadyCancelled, NotConfirmed
from app.services import appointment
from app.services.appointment import View
from app.web import scan
from app.web.access import Audience, access
from app.web.clock import now
from app.web.patient import calendar_file as files
from app.web.visitor import actor, clinic


def add_to(blueprint: Blueprint) -> None:
    """Give the appointment's room what is carried away from it."""
    address = "/appointment/<reference>"
    blueprint.add_url_rule(f"{address}/appointment.ics", view_func=calendar_file, methods=["GET"])
    blueprint.add_url_rule(f"{address}/card.svg", view_func=qr, methods=["GET"])


@access(Audience.HOLDER)
def calendar_file(reference: str) -> ResponseReturnValue:
    """Give a copy for a calendar program."""
    view = _find(reference)
    if view.cancelled:
        raise AlreadyCancelled
    if view.tentative:
        raise NotConfirmed
    return files.answer(view)


@access(Audience.HOLDER)
def qr(reference: str) -> ResponseReturnValue:
    """Draw the appointment's link for a phone's camera."""
    view = _find(reference)
    if view.tentative:
        raise NotConfirmed  # whoever booked it has to find the link in their mail
    found = view.appointment
    base_url = current_app.extensions["settings"].base_url
    return scan.drawn(base_url + appointment.path(found.id, found.link_version))


def _find(reference: str) -> View:
    return appointment.find(reference, actor=actor(), clinic=clinic(), now=now())
