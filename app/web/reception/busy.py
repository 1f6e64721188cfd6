"""Doctors' other calendars: connected by their address, or handed in as a file."""

from collections.abc import Callable
from dataclasses import dataclass
from threading import BoundedSemaphore

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from app.content import when
from app.domain import busy as domain
from app.domain.busy import LONGEST_ADDRESS, LONGEST_NAME, Connected, Known, NotRead
from app.domain.refusals import NotYours, Refused, UnknownAnswer
from app.domain.staff import Permission
from app.ics import busy as reading
from app.services import busy as use
from app.services import busy_rules
from app.services.busy_rules import HOURS, MINUTES, Rules
from app.web import staff
from app.web.access import staff_only
from app.web.busy_words import WHY
from app.web.clock import now
from app.web.layout import language
from app.web.patient.typed import Mistyped, whole
from app.web.reception.day import known
from app.web.reception.wall import words
from app.web.refusals import say, status
from app.web.visitor import clinic

blueprint = Blueprint("busy", __name__, url_prefix="/calendars/busy")

SAID = ("connected", "handed_in", "asked", "removed")
RULES = ("busy_minutes", "busy_hours")
TURNS = BoundedSemaphore(2)  # files that are read at once: each takes a process


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A calendar in words: what it is, how old that is, and what is wrong with it."""

    calendar: Connected
    doctor: str
    what: str
    age: str
    wrong: str


@blueprint.get("")
@staff_only(Permission.HOURS)
def busy() -> ResponseReturnValue:
    """Show which other calendars there are, and how it stands with each."""
    return _page()


@blueprint.post("")
@staff_only(Permission.HOURS)
def connect() -> ResponseReturnValue:
    """Keep where a calendar is; the worker reads it."""

    def keep() -> None:
        use.connect(
            _doctor(), _name(), request.form.get("address", "")[: LONGEST_ADDRESS + 1],
            actor=staff.actor(), clinic=clinic(), now=now(),
        )  # fmt: skip

    return _do(keep, "connected")


@blueprint.post("/file")
@staff_only(Permission.HOURS)
def hand_in() -> ResponseReturnValue:
    """Take the times of a file, and forget the file."""

    def keep() -> None:
        doctor, name, file = _doctor(), _name(), request.files.get("file")
        window = domain.window(clinic().horizon, now=now())
        data = file.read() if file else b""
        if not data:
            raise Mistyped(_("Please choose a file, such as calendar.ics."))
        with TURNS:
            found = reading.in_child(data, window, clinic().zone)
        use.hand_in(doctor, name, found, window, actor=staff.actor(), clinic=clinic(), now=now())

    return _do(keep, "handed_in", form="file")


@blueprint.post("/again")
@staff_only(Permission.HOURS)
def again() -> ResponseReturnValue:
    """Ask the worker to read a calendar at once."""
    id_ = request.form.get("id", "")
    return _do(lambda: use.refresh(id_, actor=staff.actor(), now=now()), "asked")


@blueprint.post("/remove")
@staff_only(Permission.HOURS)
def remove() -> ResponseReturnValue:
    """Forget a calendar."""
    id_ = request.form.get("id", "")
    return _do(lambda: use.remove(id_, actor=staff.actor(), clinic=clinic(), now=now()), "removed")


def _doctor() -> int:
    found = known(request.form.get("doctor"), clinic().clinicians)
    if found is None:
        raise NotYours
    return found


def _name() -> str:
    name = words(request.form.get("name", ""), LONGEST_NAME)
    if not name:
        raise Mistyped(_("Please give it a name, so that you know it again."))
    return name


def _do(act: Callable[[], None], said: str, *, form: str = "address") -> ResponseReturnValue:
    try:
        act()
    except Mistyped as odd:
        return _page(form, str(odd)), 422
    except NotRead as not_read:
        return _page(form, str(WHY[not_read.fault])), 422
    except NotYours:
        raise
    except Refused as refusal:
        return _page(form, say(refusal)), status(refusal)
    return redirect(url_for("reception.busy.busy", said=said), code=303)


def _page(form: str = "", wrong: str = "") -> str:
    actor, house = staff.actor(), clinic()
    said = request.args.get("said")
    return render_template(
        "reception/busy/busy.html",
        lines=[_line(one) for one in use.listing(actor=actor, clinic=house, now=now())],
        doctors=[house.clinicians[id_] for id_ in use.doctors(actor, house)],
        typed={name: request.form.get(name, "") for name in ("doctor", "name", "address")},
        form=form,
        wrong=wrong,
        longest=(LONGEST_NAME, LONGEST_ADDRESS),
        every=int(house.busy_every.total_seconds()) // 60,
        trusted=int(house.busy_trusted.total_seconds()) // 3600,
        said=said if said in SAID else None,
    )


def _line(one: Connected) -> Line:
    return Line(
        calendar=one,
        doctor=clinic().clinicians[one.clinician_id].name,
        what=_what(one),
        age=_age(one),
        wrong=_wrong(one),
    )


def _what(one: Connected) -> str:
    if one.read_at is None:
        return str(_("Nobody has read it yet.") if one.fault else _("It is read within a minute."))
    sentence = ngettext(
        "A calendar with one busy time in the next 90 days.",
        "A calendar with %(num)s busy times in the next 90 days.",
        one.many,
    )
    if not one.skipped:
        return str(sentence)
    skipped = ngettext(
        "One entry could not be read and blocks nothing.",
        "%(num)s entries could not be read and block nothing.",
        one.skipped,
    )
    return f"{sentence} {skipped}"


def _age(one: Connected) -> str:
    if one.read_at is None:
        return ""
    read = moment(one)
    if not one.host:
        return str(_("Handed in %(moment)s; a file does not change by itself.", moment=read))
    return str(_("Read %(moment)s.", moment=read))


def _wrong(one: Connected) -> str:
    told = [str(WHY[one.fault])] if one.fault else []
    if one.withheld:
        told.append(
            _("New appointments with this doctor are not offered until it can be read again.")
        )
    elif one.fault and one.read_at:
        told.append(_("What was read before still counts."))
    return " ".join(map(str, told))


def moment(one: Connected | Known) -> str:
    """Say when a calendar was last read."""
    if one.read_at is None:
        return str(_("never"))
    return when.day_and_clock(one.read_at, clinic().zone, language())


@blueprint.route("/rules", methods=["GET", "POST"])
@staff_only(Permission.SETTINGS)
def rules() -> ResponseReturnValue:
    """Ask how often calendars are read, and how long they count."""
    if request.method != "POST":
        stand = busy_rules.of(clinic())
        return _rules({name: str(getattr(stand, name)) for name in RULES})
    typed = {name: request.form.get(name, "")[:9] for name in RULES}
    numbers = {name: whole(text) for name, text in typed.items()}
    try:
        wanted = Rules(**{name: -1 if each is None else each for name, each in numbers.items()})
        busy_rules.choose(wanted, actor=staff.actor(), clinic=clinic(), now=now())
    except UnknownAnswer:
        return _rules(typed, wrong=True), 422
    return redirect(url_for("reception.busy.rules", done=1), code=303)


def _rules(typed: dict[str, str], *, wrong: bool = False) -> str:
    done = "done" in request.args and not wrong
    return render_template(
        "reception/busy/rules.html",
        typed=typed, wrong=wrong, done=done, minutes=MINUTES, hours=HOURS,
    )  # fmt: skip
