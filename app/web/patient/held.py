"""The time that is kept for the person, as the bar on top of each page says it."""

from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from app.content import when
from app.domain.appointment import Hold
from app.domain.booking import HOLD_AT_MOST, HOLD_GRACE
from app.domain.refusals import HoldEnded, NotOffered
from app.services.offer import Search
from app.web.clock import now
from app.web.layout import language
from app.web.patient.cards import where
from app.web.patient.said import Said
from app.web.patient.wishes import address, asked, written
from app.web.patient.wording import moment, who
from app.web.refusals import say
from app.web.visitor import clinic


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A hold in words; *over* when its minutes are up and nobody else took it yet."""

    id: str
    when: str
    when_long: str
    doctor: str
    who: str
    where: str
    until: str
    until_zone: str | None
    until_utc: str
    seconds_left: int
    over: bool
    extendable: bool
    back: str
    reference: str | None
    change_url: str


def held(hold: Hold, *, back: str, reference: str | None = None) -> Held:
    """Put a hold into words; *back* names the page that shows it."""
    shown, at = clinic(), now()
    zone = shown.locations[hold.wish.location_id].zone
    left = max(0, int((hold.until - at).total_seconds()))
    longest = hold.held_at + HOLD_AT_MOST
    return Held(
        id=hold.id,
        when=moment(hold.wish.start, zone, language(), named=True),
        when_long=", ".join(
            (
                when.day(hold.wish.start, zone, language()),
                when.span(hold.interval.start, hold.interval.end, zone, language()),
                when.zone_name(zone, hold.wish.start, language()),
            )
        ),
        doctor=shown.clinicians[hold.wish.clinician_id].name,
        who=who(hold.wish, shown),
        where=where(hold.wish, shown),
        until=when.clock(hold.until, zone, language()),
        until_zone=when.zone_name(zone, hold.until, language()) if shown.clocks_differ else None,
        until_utc=written(hold.until),
        seconds_left=left,
        over=left == 0,
        extendable=hold.until < longest and at < longest - HOLD_GRACE,
        back=back,
        reference=reference,
        change_url=_change_url(hold, reference),
    )


def ended(form: MultiDict[str, str]) -> Said:
    """Say which time a page wanted to book while another window keeps another one."""
    refusal, shown = HoldEnded(), clinic()
    try:
        wish = asked(form)
        place = shown.locations[wish.location_id]
    except (NotOffered, KeyError):
        return Said(refusal.code, say(refusal))
    sentence = _(
        "You were about to book %(time)s. That time is not kept for you any more: you chose"
        " another one in another window, and that one is kept. What you typed is still here.",
        time=moment(wish.start, place.zone, language(), named=True),
    )
    return Said(refusal.code, str(sentence))


def _change_url(hold: Hold, reference: str | None) -> str:
    if reference:
        return url_for("patient.appointment.move", reference=reference)
    search = Search(visit_type_id=hold.wish.visit_type_id)
    return url_for("patient.booking.choose_time", **address(search, clinic()))  # type: ignore[arg-type]
