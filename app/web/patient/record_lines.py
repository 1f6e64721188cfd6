"""The lines of an education record, in words a patient understands."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import gettext as _

from app.content.checks import Check
from app.content.library import Copy
from app.content.primer import Primer
from app.content.safety import SafetyCheck
from app.domain.reading import Kind
from app.domain.refusals import EditionChanged, EditionGone
from app.domain.safety import Tier
from app.services import record_copy
from app.services.record_copy import Begun, Line, RecordCopy

SILENT = (Kind.BEGIN, Kind.PAGE, Kind.END)  # say that and when, and nothing else


@dataclass(frozen=True, slots=True, kw_only=True)
class InWords:
    """One line: when, what was shown, what was answered; and what proves it."""

    seq: int
    at: str
    shown: str
    answers: tuple[str, ...]
    sha: str
    link: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Then:
    """What was shown, as it was; without what is not kept as it was any more."""

    guides: tuple[Primer | None, ...]
    checks: Mapping[int, SafetyCheck]  # by the line that tells of it


def in_words(copy: RecordCopy, then: Then) -> list[InWords]:
    """Put the lines into words; without the guide of that day their names must do."""
    return [_line(line, then) for line in copy.lines]


def as_then(copy: RecordCopy, today: Copy) -> Then:
    """Return the guides of a record and its safety checks, each as it was."""
    checks = ((line.seq, _asked(line, today)) for line in copy.lines if line.kind == Kind.SAFETY)
    return Then(
        guides=tuple(_as_then(read, today) for read in copy.guides),
        checks={seq: check for seq, check in checks if check},
    )


def _as_then(read: Begun, today: Copy) -> Primer | None:
    try:
        return record_copy.shown(read, today)
    except (EditionGone, EditionChanged):
        return None


def _asked(line: Line, today: Copy) -> SafetyCheck | None:
    try:
        return record_copy.asked(line, today)
    except (EditionGone, EditionChanged):
        return None


def who(answered_by: str) -> str:
    """Say who read."""
    names: dict[str, str] = {
        "self": _("The patient"),
        "helper": _("Somebody who helped the patient"),
        "interpreter": _("The patient, with an interpreter"),
        "staff": _("The patient, read aloud by somebody at the clinic"),
    }
    return names.get(answered_by.partition(":")[0], answered_by)  # staff:<who>


def _line(line: Line, then: Then) -> InWords:
    primer = then.guides[line.guide]
    if line.said is None:
        answers: tuple[str, ...] = () if line.kind in SILENT else (_("Withdrawn"),)
    elif line.kind == Kind.SAFETY:
        answers = _safety(dict(line.said), then.checks.get(line.seq))
    else:
        answers = _answers(line.kind, dict(line.said), line.subject, primer)
    return InWords(
        seq=line.seq,
        at=_utc(line.at),
        shown=_shown(line, primer),
        answers=answers,
        sha=line.shown_sha,
        link=line.link,
    )


def _utc(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M:%S} UTC"


def _shown(line: Line, primer: Primer | None) -> str:
    said: dict[Kind, str] = {
        Kind.BEGIN: _("The guide was begun"),
        Kind.SAFETY: _("Safety check"),
        Kind.PAGE: _("Read: %(part)s", part=_page(line.subject, primer)),
        Kind.CHECK: _("Question: %(question)s", question=_question(line.subject, primer)),
        Kind.STATEMENT: _("Statement: %(words)s", words=_statement(line.subject, primer)),
        Kind.TEACH_BACK: _("In your own words"),
        Kind.END: _("The end was reached"),
        Kind.BOOKED: _("An appointment was booked"),
        Kind.COPY: _("The clinic handed out a copy of this record"),
        Kind.WITHDRAWN: _("The patient withdrew the answers"),
    }
    return said.get(Kind(line.kind), line.kind)


def _answers(
    kind: str, said: dict[str, Any], subject: str, primer: Primer | None
) -> tuple[str, ...]:
    if kind == Kind.CHECK:
        return _tried(said, _check(subject, primer))
    if kind == Kind.STATEMENT:
        labels = {str(stance): text for stance, text in primer.statements.answers} if primer else {}
        return (labels.get(said["answer"], said["answer"]),)
    if kind == Kind.TEACH_BACK:
        return tuple(words for words in said["words"] if words)
    if kind == Kind.BOOKED:
        return _booked(said)
    if kind == Kind.COPY:
        return (_("Fingerprint of the file: %(sha)s", sha=said["sha"]),)
    return ()


def _safety(said: dict[str, Any], check: SafetyCheck | None) -> tuple[str, ...]:
    """Say how a safety check ended; after booking, what of it the doctor is told."""
    if "items" in said:
        told = {item.id: item.question for item in check.items(said["items"])} if check else {}
        return tuple(
            _("The doctor is told: %(point)s", point=told.get(id_, id_)) for id_ in said["items"]
        )
    ends: dict[str | None, str] = {
        None: _("Booking was open."),
        Tier.BOOK_AND_TELL: _("Booking was open, with something to tell the doctor."),
        Tier.CALL_TODAY: _("It said to call today, and not to book here."),
        Tier.EMERGENCY: _("It said to get help now, and not to book here."),
    }
    done = datetime.fromisoformat(said["at"])
    return ends.get(said["tier"], said["tier"]), _("Done at %(time)s", time=f"{done:%H:%M} UTC")


def _booked(said: dict[str, Any]) -> tuple[str, ...]:
    with_guide, finished = said["visit"] == "guide", said["finished"]
    return (
        _("A visit that comes after the guide") if with_guide else _("A visit without the guide"),
        _("The guide was read to its end before")
        if finished
        else _("The guide was not read to its end before"),
    )


def _tried(said: dict[str, Any], check: Check | None) -> tuple[str, ...]:
    def words(key: str) -> str:
        option = check.option(key) if check else None
        return option.text if option else key

    shown = " / ".join(words(key) for key in said["shown"])
    verdict = _("right") if said["right"] else _("not right")
    return (
        _("Shown in this order: %(options)s", options=shown),
        _("Try %(number)s: %(answer)s (%(verdict)s)", number=said["try"],
          answer=words(said["chosen"]), verdict=verdict),
    )  # fmt: skip


def _page(name: str, primer: Primer | None) -> str:
    pages = primer.pages if primer else ()
    return next((f"{page.number}. {page.title}" for page in pages if page.id == name), name)


def _question(name: str, primer: Primer | None) -> str:
    check = _check(name, primer)
    return check.question if check else name


def _check(name: str, primer: Primer | None) -> Check | None:
    page = primer.page_of(name) if primer else None
    return page.check if page else None


def _statement(name: str, primer: Primer | None) -> str:
    items = primer.statements.items if primer else ()
    return next((item.text for item in items if item.id == name), name)
