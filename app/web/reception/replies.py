"""What mails and calendars sent back, in the words of the desk: never in the sender's."""

from zoneinfo import ZoneInfo

from flask_babel import gettext as _
from flask_babel import lazy_gettext as later

from app.content import when
from app.storage.models import Reply

DONE = {
    "reply_apply": later("An answer came by mail"),
    "reply_stale": later("An answer came by mail that is overtaken"),
    "reply_counter": later("A calendar asked for another time"),
    "reply_review": later("A mail came that somebody has to look at"),
    "reply_ignore": later("A mail came that asks for nothing"),
    "come_after_all": later("%(who)s said that they are coming after all"),
}
REASONS = {
    "accepted": later("Accepted in their calendar"),
    "tentative": later("Perhaps, says their calendar"),
    "declined": later("Declined in their calendar"),
    "proposed": later("Another time was proposed"),
    "older": later("They answered again since, or the time is another one by now"),
    "over": later("The appointment is over or cancelled"),
    "unproven": later("Declined, but nothing proves who sent it"),
    "unknown": later("An answer about an appointment that is not in the book"),
    "doctor": later("An answer of a doctor's own calendar"),
    "stranger": later("An answer of somebody who was not invited"),
    "other_sender": later("An answer from another address than the one that was invited"),
    "other_address": later("An answer that did not come to the mailbox of its appointment"),
    "delegated": later("They want to send somebody else"),
    "no_word": later("An answer that says neither yes nor no"),
    "no_time": later("Another time was asked for, but none is named"),
    "past_time": later("A time was proposed that is over"),
    "words": later("Somebody wrote back in their own words"),
    "bounce": later("A mail came back"),
    "late": later("A mail is late"),
    "too_large": later("A mail that is too large to be read here"),
    "too_many_parts": later("A mail of too many parts to be read here"),
    "unreadable": later("A mail that cannot be read here"),
    "rich_text": later("An answer that only Outlook can read (winmail.dat)"),
    "several": later("Several answers in one mail"),
    "ours": later("It was our own"),
    "automatic": later("A machine wrote it"),
    "no_answer": later("It answers no mail of ours"),
}


def answered(given: Reply | None, zone: ZoneInfo, language: str) -> str:
    """Say what somebody's calendar answered and when, or nothing."""
    if given is None:
        return ""
    if given.kept_at is not None:
        moment = when.day_and_clock(given.kept_at, zone, language)
        return str(_("Declined in their calendar; comes after all (%(moment)s)", moment=moment))
    moment = when.day_and_clock(given.taken_in_at, zone, language)
    return f"{REASONS[given.reason]} ({moment})"
