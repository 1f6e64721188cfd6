"""What was done to an appointment, and what was written about it, in sentences."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask_babel import gettext as _
from flask_babel import lazy_gettext as later

from app.content import when
from app.domain.clinic import Clinic
from app.domain.journal import Line
from app.domain.letter import LetterKind
from app.domain.rehousing import Call
from app.storage.models import JournalEntry, Mail, MailState, Status
from app.web.reception import deeds, replies
from app.web.reception.board import WORDS

REASONS = {
    "patient_asked": later("The patient asked for it"),
    "doctor_away": later("The doctor is away"),
    "clinic_closed": later("The clinic is closed"),
    "booked_twice": later("It was booked twice"),
    "guide_open": later("The guide was not read"),
    "other": later("Another reason"),
}
CAUSES = {  # with those that no form offers
    **REASONS,
    **replies.REASONS,
    "by_device": later("Deleted in a calendar program"),
}
OVERLAPS = {
    "doctor_agreed": later("The doctor agreed"),
    "urgent": later("It cannot wait"),
    "together": later("They come together"),
    "other": later("Another reason"),
}
CALLS = {
    Call.REACHED: later("Reached"),
    Call.NOT_REACHED: later("Not reached"),
    Call.CALLS_BACK: later("Will call back"),
}
DONE = {
    "book": later("%(who)s booked it"),
    "book_tentatively": later("%(who)s booked it, to be confirmed by mail"),
    "confirm": later("%(who)s confirmed it"),
    "lapse": later("It was not confirmed in time, and its time came free"),
    "move": later("%(who)s moved it from %(before)s to %(after)s"),
    "cancel": later("%(who)s cancelled it"),
    "restore": later("%(who)s brought it back"),
    "mark": later("%(who)s noted: %(after)s"),
    "undo": later("%(who)s took “%(before)s” back"),
    "choose_mails": later("%(who)s chose other mails"),
    "keep_time": later("%(who)s kept its time; a calendar had asked for another"),
    "lose_time": later("%(who)s closed the time in which it stands"),
    "call": later("%(who)s called: %(after)s"),
    "regain_time": later("%(who)s opened its time again"),
    "note": later("%(who)s changed the note"),
    "prepare": later("%(who)s began the form before the visit"),
    "prepared": later("%(who)s filled in the form before the visit"),
    "card": later("%(who)s printed the appointment card"),
    "brief": later("%(who)s read the doctor's page"),
    "break_glass": later("%(who)s read the doctor's page as another's patient"),
    "read_aloud": later("%(who)s read the guide aloud"),
    "guide_begun": later("%(who)s began the guide"),
    "guide_read": later("%(who)s read the guide to its end"),
    "guide_told": later("%(who)s told the desk that the guide is still open"),
    "please_call": later("The page said not to wait (%(who)s): please call"),
    "called": later("%(who)s called"),
    "copy": later("%(who)s asked for a copy of the record"),
    "look": later("%(who)s looked at what changed in the guide"),
    "follow": later("%(who)s made a link for a calendar that follows it"),
    "follow_no_more": later("%(who)s ended the links of calendars that followed it"),
    "wait": later("%(who)s put them on the waiting list"),
    "wait_otherwise": later("%(who)s changed what they wait for"),
    "wait_no_more": later("%(who)s took them off the waiting list"),
    "settle": later("%(who)s settled it"),
    "mail_again": later("%(who)s sent a mail again that did not go"),
    "propose": later("%(who)s offered another time"),
    "offer_no": later("%(who)s said no to the offered time"),
    "offer_lapsed": later("Nobody answered the offer in time"),
    "offer_withdrawn": later("%(who)s took the offer back"),
    "hand_over": later("%(who)s left a note for whoever comes next"),
    "hand_over_done": later("%(who)s did what a note asked"),
    "withdraw": later("%(who)s took back what they had answered"),
    **replies.DONE,
}
MAILS = {
    LetterKind.TO_CONFIRM: later("To be confirmed"),
    LetterKind.BOOKED: later("Invitation"),
    LetterKind.MOVED: later("Moved"),
    LetterKind.CANCELLED: later("Cancelled"),
    LetterKind.REMINDER: later("Reminder"),
    LetterKind.LINK: later("Link asked for again"),
    LetterKind.COPY: later("Copy of the record"),
    LetterKind.CHANGED: later("The guide changed"),
    LetterKind.TO_READ: later("Asked to read the guide"),
    LetterKind.OFFERED: later("Asked whether a time suits"),
    LetterKind.REHOUSED: later("Asked which new time suits"),
    LetterKind.COUNTER_DECLINED: later("The time stays"),
    LetterKind.MAILS_CHOSEN: later("Other mails from now on"),
    LetterKind.DOCTOR_BOOKED: later("To the doctor: booked"),
    LetterKind.DOCTOR_MOVED: later("To the doctor: moved"),
    LetterKind.DOCTOR_CANCELLED: later("To the doctor: cancelled"),
    LetterKind.DECLINED: later("Asked whether they are coming"),
}
STATES = {
    MailState.OWED: ("clock", "", later("leaves %(moment)s")),
    MailState.HANDED_OVER: ("tick", "", later("handed over %(moment)s")),
    MailState.REFUSED: ("bounced", "bad", later("refused: please call")),
    MailState.WITHDRAWN: ("cut", "", later("not sent: no longer true")),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that was done, when and by whom."""

    moment: str
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A mail and how it stands; *look* marks one that needs somebody."""

    sign: str
    look: str
    name: str
    state: str


def events(
    lines: list[JournalEntry], names: Mapping[str, str], clinic: Clinic, language: str
) -> list[Event]:
    """Tell the journal of one appointment, the newest first."""
    return [
        Event(
            moment=_moment(line.at, clinic.zone, language),
            sentence=_sentence(line, names, clinic, language),
        )
        for line in reversed(lines)
    ]


def letters(mails: list[Mail], zone: ZoneInfo, language: str) -> list[Letter]:
    """Tell how the mails of one appointment stand."""
    found = []
    for mail in mails:
        sign, look, state = STATES[MailState(mail.state)]
        moment = _moment(mail.handed_over_at or mail.due_at, zone, language)
        name = str(MAILS.get(LetterKind(mail.kind), mail.kind))
        found.append(Letter(sign=sign, look=look, name=name, state=str(state) % {"moment": moment}))
    return found


def who(signature: str, names: Mapping[str, str]) -> str:
    """Say who did something."""
    known = {
        "patient": _("The patient"),
        "clinic": _("The clinic"),
        "staff": _("Staff"),
        "worker": _("The clinic's computer"),
        "mail": _("A mail"),
        "operator": _("Whoever runs the clinic's computer"),
    }
    return names.get(signature) or known.get(signature) or signature.partition(":")[0]


def sentence(line: Line, names: Mapping[str, str], clinic: Clinic, language: str) -> str:
    """Tell any line of the journal, what it changed included."""
    said = _sentence(line, names, clinic, language)
    more = deeds.changed(line.change, clinic)
    return f"{said}: {more}" if more else said


def _sentence(
    line: JournalEntry | Line, names: Mapping[str, str], clinic: Clinic, language: str
) -> str:
    change = line.change
    by = change.get("who") if line.actor == "staff" else None
    words = {"who": by or who(line.actor, names), "before": "", "after": ""}
    words |= deeds.words(change, names, language)
    if "status" in change:
        words["before"], words["after"] = (str(WORDS[Status(one)][1]) for one in change["status"])
    elif isinstance(change.get("start"), list):
        words["before"], words["after"] = _times(change, clinic, language)
    elif "outcome" in change:
        words["after"] = str(CALLS.get(change["outcome"], change["outcome"]))
    said = str(DONE.get(line.verb) or deeds.DEEDS.get(line.verb, line.verb)) % words
    if overlap := change.get("overlap"):
        return f"{said}, {_('over another appointment')}: {OVERLAPS.get(overlap, overlap)}"
    why = change.get("reason")
    return f"{said}: {CAUSES.get(why, why)}" if why else said


def _times(change: Mapping[str, Any], clinic: Clinic, language: str) -> Iterator[str]:
    """Tell from when to when, each on the clock of its place."""
    places = change.get("location") or [None, None]  # lines from before places were noted
    for start, place in zip(change["start"], places, strict=True):
        at, there = datetime.fromisoformat(start), clinic.locations.get(place or 0)
        zone = there.zone if there else clinic.zone
        yield when.day_and_clock(at, zone, language, named=clinic.clocks_differ)


def _moment(instant: datetime, zone: ZoneInfo, language: str) -> str:
    return when.day_and_clock(instant, zone, language)


def since_seen(
    lines: list[JournalEntry], names: Mapping[str, str], clinic: Clinic, language: str
) -> str | None:
    """Say what was done last, for whoever was overtaken by it."""
    told = events(lines[-1:], names, clinic, language)
    return f"{told[0].sentence}, {told[0].moment}." if told else None
