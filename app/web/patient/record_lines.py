"""The lines of an education record, in words a patient understands."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import gettext as _

from app.content.checks import Check
from app.content.library import Copy
from app.content.primer import Primer
from app.domain.reading import Kind
from app.domain.refusals import EditionChanged, EditionGone
from app.services import record_copy
from app.services.record_copy import Begun, Line, RecordCopy


@dataclass(frozen=True, slots=True, kw_only=True)
class InWords:
    """One line: when, what was shown, what was answered; and what proves it."""

    seq: int
    at: str
    shown: str
    answers: tuple[str, ...]
    sha: str
    link: str


def in_words(copy: RecordCopy, guides: Sequence[Primer | None]) -> list[InWords]:
    """Put the lines into words; without the guide of that day their names must do."""
    return [_line(line, guides[line.guide]) for line in copy.lines]


def as_then(copy: RecordCopy, today: Copy) -> list[Primer | None]:
    """Return the guides of a record, each as it was; None for one that is not any more."""
    return [_as_then(read, today) for read in copy.guides]


def _as_then(read: Begun, today: Copy) -> Primer | None:
    try:
        return record_copy.shown(read, today)
    except (EditionGone, EditionChanged):
        return None


def who(answered_by: str) -> str:
    """Say who read."""
    names: dict[str, str] = {
        "self": _("The patient"),
        "helper": _("Somebody who helped the patient"),
        "staff": _("The patient, read aloud by somebody at the clinic"),
    }
    return names.get(answered_by, answered_by)


def _line(line: Line, primer: Primer | None) -> InWords:
    return InWords(
        seq=line.seq,
        at=_utc(line.at),
        shown=_shown(line, primer),
        answers=_answers(line, primer) if line.said is not None else (_("Withdrawn"),),
        sha=line.shown_sha,
        link=line.link,
    )


def _utc(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M:%S} UTC"


def _shown(line: Line, primer: Primer | None) -> str:
    said: dict[Kind, str] = {
        Kind.BEGIN: _("The guide was begun"),
        Kind.PAGE: _("Read: %(part)s", part=_page(line.subject, primer)),
        Kind.CHECK: _("Question: %(question)s", question=_question(line.subject, primer)),
        Kind.STATEMENT: _("Statement: %(words)s", words=_statement(line.subject, primer)),
        Kind.TEACH_BACK: _("In your own words"),
        Kind.END: _("The end was reached"),
        Kind.WITHDRAWN: _("The patient withdrew the answers"),
    }
    return said.get(Kind(line.kind), line.kind)


def _answers(line: Line, primer: Primer | None) -> tuple[str, ...]:
    said: dict[str, Any] = dict(line.said or {})
    if line.kind == Kind.CHECK:
        return _tried(said, _check(line.subject, primer))
    if line.kind == Kind.STATEMENT:
        labels = {str(stance): text for stance, text in primer.statements.answers} if primer else {}
        return (labels.get(said["answer"], said["answer"]),)
    if line.kind == Kind.TEACH_BACK:
        return tuple(words for words in said["words"] if words)
    return ()


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
