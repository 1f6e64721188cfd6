"""What is to be settled: what went wrong or was not answered, each with one action."""

from collections.abc import Callable
from dataclasses import dataclass

from flask import Blueprint, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as later

from app.domain.clinic import Clinic
from app.domain.letter import LetterKind
from app.domain.refusals import NotYours, Refused
from app.domain.settle import Kind, Matter
from app.domain.staff import Permission
from app.services import settle, settle_mails, settle_replies
from app.services.settle import Asked
from app.web import guide, staff
from app.web.access import staff_only
from app.web.clock import now
from app.web.layout import language
from app.web.patient import typed
from app.web.patient.said import Said
from app.web.patient.typed import Mistyped
from app.web.patient.wording import moment
from app.web.reception import replies, settling
from app.web.reception.chronicle import MAILS
from app.web.refusals import status
from app.web.sent import just_done
from app.web.visitor import clinic

blueprint = Blueprint("settle", __name__, url_prefix="/settle")

NAMES = {
    Kind.CALL: later("Please call now"),
    Kind.HOMELESS: later("Appointments without a home"),
    Kind.BUSY: later("Booked while the doctor is busy elsewhere"),
    Kind.WITHHELD: later("Doctors who are not offered"),
    Kind.DECLINED: later("Declined in their calendar"),
    Kind.COUNTER: later("Asked for another time"),
    Kind.MAIL: later("Mails that did not go"),
    Kind.DOCTOR: later("Doctors whose invitations did not arrive"),
    Kind.REPLY: later("Mails that somebody has to look at"),
    Kind.OFFER: later("Offers without a yes"),
    Kind.GUIDE: later("Guides not read yet"),
    Kind.SIGN_OFF: later("The guide itself"),
    Kind.INBOX: later("The clinic's mailbox"),
}
OFFERS = {
    "earlier:lapsed": later("Did not answer whether an earlier time suits"),
    "earlier:open": later("Is to be asked on the phone whether a time suits"),
    "rehouse:lapsed": later("Did not answer which new time suits"),
    "rehouse:no": later("Wants none of the times offered instead"),
    "rehouse:open": later("Is to be asked on the phone which new time suits"),
}
FAULTS = {
    "login_refused": later("The server does not accept the password."),
    "tls": later("The server does not show a certificate that is to be trusted."),
    "unreachable": later("The server does not answer."),
    "refused": later("The server does not give the mails out."),
    "read_only": later("The server lets nobody move or mark the mails in it."),
}
DONE = ("done", "again", "guide", "given", "kept")


@dataclass(frozen=True, slots=True)
class Line:
    """A matter in words."""

    matter: Matter
    what: str
    when: str
    who: str
    came: str
    proposed: str


@dataclass(frozen=True, slots=True)
class Wrong:
    """An address that is none: which mail it was for, what was typed, and what to do."""

    mail_id: int
    typed: str
    sentence: str


def asked() -> Asked:
    """Say who looks."""
    return Asked(actor=staff.actor(), clinic=clinic(), guide=guide.copy(), now=now())


@blueprint.get("")
@staff_only(Permission.RUN_DAY)
def to_settle() -> ResponseReturnValue:
    """Show the list."""
    return _page()


@blueprint.post("/done")
@staff_only(Permission.RUN_DAY)
def done() -> ResponseReturnValue:
    """Note that something is settled."""
    return _do(lambda: settle.done(request.form.get("key", ""), asked=asked()), "done")


@blueprint.post("/guide")
@staff_only(Permission.RUN_DAY)
def send_guide() -> ResponseReturnValue:
    """Send somebody the way to the guide again."""
    return _do(lambda: settle.send_guide(request.form.get("key", ""), asked=asked()), "guide")


@blueprint.post("/mail/<int(max=2147483647):mail_id>")
@staff_only(Permission.RUN_DAY)
def send_again(mail_id: int) -> ResponseReturnValue:
    """Send a mail again, to another address if that is what was wrong."""
    said = request.form.get("email", "")
    try:
        email = typed.email(said)
    except Mistyped as mistyped:
        return _page(wrong=Wrong(mail_id, said, str(mistyped))), 422
    return _do(lambda: settle_mails.send_again(mail_id, email, asked=asked()), "again")


@blueprint.post("/doctor")
@staff_only(Permission.RUN_DAY)
def send_to_doctor() -> ResponseReturnValue:
    """Send a doctor again what did not reach them."""
    key = request.form.get("key", "")
    return _do(lambda: settle_mails.send_to_doctor(key, asked=asked()), "again")


@blueprint.post("/counter/<reply_id>")
@staff_only(Permission.RUN_DAY)
def counter(reply_id: str) -> ResponseReturnValue:
    """Give the time that a calendar asks for, or keep the one that stands."""
    who, house, at = staff.actor(), clinic(), now()
    if request.form.get("answer") == "give":
        give = settle_replies.give_proposed
        return _do(lambda: give(reply_id, actor=who, clinic=house, now=at), "given")
    return _do(lambda: settle_replies.keep_time(reply_id, actor=who, now=at), "kept")


def _do(act: Callable[[], None], said: str) -> ResponseReturnValue:
    settling.forget(current_app)
    try:
        act()
    except NotYours:
        raise
    except Refused as refusal:
        return _page(refusal), status(refusal)
    return redirect(url_for("reception.settle.to_settle", said=said), code=303)


def _page(refusal: Refused | None = None, wrong: Wrong | None = None) -> str:
    found = settle.listing(asked())
    house = clinic()
    return render_template(
        "reception/settle/to_settle.html",
        groups=[
            (kind, NAMES[kind], [_line(one, house) for one in some])
            for kind, some in found.items()
            if some
        ],
        many=sum(len(some) for some in found.values()),
        mailbox=current_app.extensions["settings"].imap_url is not None,
        said=just_done(DONE),
        refusal=Said.of(refusal),
        wrong=wrong,
        Kind=Kind,
    )


def _line(one: Matter, house: Clinic) -> Line:
    zone = house.locations[one.location_id].zone if one.location_id else house.zone
    doctor = house.clinicians.get(one.clinician_id or 0)
    when, proposed = (
        moment(at, zone, language(), named=house.clocks_differ) if at else ""
        for at in (one.start, one.proposed)
    )
    return Line(
        matter=one, what=_what(one), when=when, who=doctor.name if doctor else "",
        came=moment(one.came, house.zone, language(), named=False) if one.came else "",
        proposed=proposed,
    )  # fmt: skip


def _what(one: Matter) -> str:
    if one.kind is Kind.MAIL:
        return str(MAILS.get(LetterKind(one.why), one.why))
    if one.kind is Kind.REPLY:
        return str(replies.REASONS.get(one.why, one.why))
    if one.kind is Kind.INBOX:
        return str(FAULTS.get(one.why, one.why))
    return str(OFFERS.get(one.why, "")) if one.kind is Kind.OFFER else ""
