"""What mailboxes and calendars send back to the clinic's mails, and what becomes of it.

Nothing in a mail is believed because it stands there.  Whoever says *yes* changes no time, so
that the invited address is enough; a *no* counts only from a sender who is proven.
"""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

RAW_KEPT = timedelta(days=30)
RAW_AT_MOST = 300  # mails: the oldest go first
FREES_AFTER = timedelta(minutes=10)  # a no, where the clinic lets it free the time
MAILS_PER_APPOINTMENT, MAILS_PER_ADDRESS = 3, 20  # a day, by themselves
LARGEST = 1024 * 1024  # bytes
DOCTORS_OWN = re.compile("[a-z2-7]{40}")  # a copy's id: the appointment's and the account's


class Action(StrEnum):
    """What becomes of a mail: done, too old, to be decided, to be looked at, or no reply."""

    APPLY = "apply"
    STALE = "stale"
    COUNTER = "counter"
    REVIEW = "review"
    IGNORE = "ignore"


class Partstat(StrEnum):
    """What somebody says of whether they come (RFC 5545 3.2.12)."""

    ACCEPTED = "accepted"
    TENTATIVE = "tentative"
    DECLINED = "declined"


class Trouble(StrEnum):
    """Why a mail could not be read as a reply although it may be one."""

    TOO_LARGE = "too_large"
    TOO_MANY_PARTS = "too_many_parts"
    UNREADABLE = "unreadable"
    RICH_TEXT = "rich_text"  # winmail.dat: its words are for Outlook only
    SEVERAL = "several"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One object of a calendar program, as it stands in the mail."""

    method: str
    uid: str = ""
    about: str = ""  # the appointment that the uid means, if it is one of ours
    attendee: str = ""
    partstat: str = ""
    sequence: int | None = None
    stamp: datetime | None = None
    comment: str = ""
    sent_by: str = ""
    delegated: bool = False
    proposed: datetime | None = None
    moves: bool = False  # says that the time is another one than ours


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounce:
    """A mail of ours that came back: for whom, by which name, and why."""

    recipient: str = ""
    message_id: str = ""
    status: str = ""
    failed: bool = True  # or only late


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """A mail as it was read; what it does not say is empty.

    *sender* is empty unless there is exactly one.  *automatic* is what no person wrote,
    *unanswerable* what came from nobody or went to many, *ours* what we wrote, *about_ours* what
    somebody wrote in reply to a mail of ours.
    """

    digest: str
    sender: str = ""
    recipients: tuple[str, ...] = ()
    proven: bool = False
    automatic: bool = False
    unanswerable: bool = False
    ours: bool = False
    about_ours: bool = False
    trouble: Trouble | None = None
    answer: Answer | None = None
    bounce: Bounce | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What the book says of the appointment that an answer names.

    *last* is when the answer was given that counts so far; *told* when the patient was told of
    the time as it stands; *address* the mailbox of this appointment's own, where it has one.
    """

    invited: str
    sequence: int
    coming: bool
    start: datetime
    told: datetime | None = None
    last: datetime | None = None
    address: str | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """What becomes of a mail, and for which reason."""

    action: Action
    reason: str


def decide(mail: Received, known: Known | None, *, now: datetime) -> Decision:
    """Decide what becomes of a mail."""
    if mail.ours:
        return Decision(Action.IGNORE, "ours")
    if mail.bounce is not None:
        late = Decision(Action.IGNORE, "late")
        return Decision(Action.REVIEW, "bounce") if mail.bounce.failed else late
    if mail.trouble is not None:
        return Decision(Action.REVIEW, mail.trouble)
    if mail.answer is None or mail.answer.method not in ("REPLY", "COUNTER"):
        return _no_answer(mail)
    return _answered(mail, mail.answer, known, now=now)


def _no_answer(mail: Received) -> Decision:
    if mail.automatic:
        return Decision(Action.IGNORE, "automatic")
    if mail.about_ours:
        return Decision(Action.REVIEW, "words")
    return Decision(Action.IGNORE, "no_answer")


def _answered(mail: Received, answer: Answer, known: Known | None, *, now: datetime) -> Decision:
    if DOCTORS_OWN.fullmatch(answer.about):
        asks = answer.method == "COUNTER" or answer.partstat == Partstat.DECLINED
        return Decision(Action.REVIEW if asks else Action.IGNORE, "doctor")
    wrong = _not_theirs(mail, answer, known)
    if wrong or known is None:
        return Decision(Action.REVIEW, wrong or "unknown")
    old = _too_old(answer, known)
    if old:
        return Decision(Action.STALE, old)
    if answer.delegated:
        return Decision(Action.REVIEW, "delegated")
    if answer.method == "COUNTER" or _proposes(answer, known):
        return _proposed(answer, known, now=now)
    return _said(mail, answer)


def _proposes(answer: Answer, known: Known) -> bool:
    """Say whether an answer asks for another time, as an Outlook of long ago does."""
    other = answer.proposed is not None and answer.proposed != known.start
    return other and (answer.moves or answer.partstat == Partstat.TENTATIVE)


def _not_theirs(mail: Received, answer: Answer, known: Known | None) -> str:
    """Say why an answer is not one of the person who was invited, if it is not."""
    if not answer.uid or not answer.attendee:
        return Trouble.UNREADABLE
    if known is None:
        return "unknown"
    if answer.attendee != known.invited:
        return "stranger"
    if known.address is not None and known.address not in mail.recipients:
        return "other_address"
    helped = mail.proven and mail.sender == answer.sent_by != ""
    return "" if mail.sender == known.invited or helped else "other_sender"


def _too_old(answer: Answer, known: Known) -> str:
    """Say why an answer comes too late, if it does."""
    if not known.coming:
        return "over"
    if answer.sequence is not None and answer.sequence < known.sequence:
        return "older"
    if answer.sequence is None and known.sequence and not _after(answer.stamp, known.told):
        return "older"
    return "" if known.last is None or _after(answer.stamp, known.last) else "older"


def _after(stamp: datetime | None, other: datetime | None) -> bool:
    return stamp is not None and other is not None and stamp > other


def _proposed(answer: Answer, known: Known, *, now: datetime) -> Decision:
    if answer.proposed is None or answer.proposed == known.start:
        return Decision(Action.REVIEW, "no_time")
    if answer.proposed <= now:
        return Decision(Action.REVIEW, "past_time")
    return Decision(Action.COUNTER, "proposed")


def _said(mail: Received, answer: Answer) -> Decision:
    if answer.partstat not in set(Partstat):
        return Decision(Action.REVIEW, "no_word")
    if answer.partstat != Partstat.DECLINED:
        return Decision(Action.APPLY, answer.partstat)
    # A sender who writes for somebody else, proven or not, takes nobody's time away.
    if mail.proven and mail.sender == answer.attendee:
        return Decision(Action.APPLY, answer.partstat)
    return Decision(Action.REVIEW, "unproven")


def for_a_person(decision: Decision, mail: Received) -> bool:
    """Say whether somebody should read a mail itself: what a person wrote is not for us."""
    wrote = mail.answer is not None and mail.answer.comment != ""
    kind = decision.action in (Action.REVIEW, Action.COUNTER)
    return kind or wrote or decision.reason == "no_answer"
