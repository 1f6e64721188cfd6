"""Who reads the guide just now, and how far they are: what all its pages share."""

from dataclasses import dataclass, replace

from flask import redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import refresh

from app.content import library
from app.content.pages import Page
from app.content.primer import Primer
from app.domain import primer as rules
from app.domain.primer import Standing
from app.domain.reading import Progress
from app.domain.refusals import (
    EditionGone,
    GuideResting,
    NotYours,
    SafetyCheckNeeded,
    UnknownAnswer,
    UnknownCode,
)
from app.services import reading, visitor
from app.storage.visitors import Visit
from app.web import aloud, guide, languages, told
from app.web.clock import now
from app.web.csrf import too_late
from app.web.network import counted
from app.web.patient import to_read
from app.web.patient.steps import Step
from app.web.refusals import say, status
from app.web.visitor import clinic, forget_visit, needed_visit, visit

CODE = "code"  # typed before the safety check, used after it


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """A visitor with their reading, or none yet, and the edition that they read."""

    visit: Visit
    progress: Progress | None
    primer: Primer

    @property
    def parts(self) -> rules.Progress:
        """Which parts were read."""
        read = self.progress.pages_read if self.progress else frozenset()
        numbers = (page.number for page in self.primer.pages if page.id in read)
        return rules.Progress(frozenset(numbers))

    def standing(self, page: Page) -> Standing:
        """Where the reader is with the question after a page."""
        if self.progress is None or page.check is None:
            return Standing()
        return self.progress.standing(page.check.id)

    def after(self, page: Page) -> str:
        """Return where to go on from the end of a part and of its question."""
        if page.number < rules.PARTS:
            return url_for("patient.primer.page", part=page.number + 1)
        return self.end()

    def end(self) -> str:
        """Return where the end is, or what must be seen before it."""
        if not self.parts.complete:
            return url_for("patient.primer.page", part=self.parts.current)
        checks = self.progress.checks if self.progress else {}
        for check in rules.unseen(self.primer.must_see, checks):
            if (page := self.primer.page_of(check)) is not None:
                return url_for("patient.primer.check", part=page.number)
        return url_for("patient.primer.statements")

    def steps(self, part: int) -> list[Step]:
        """Return the parts of the guide for the spine, with the one that is open."""
        return [self._step(page, part) for page in self.primer.pages]

    def _step(self, page: Page, part: int) -> Step:
        state = "done" if page.number in self.parts.read else "to_come"
        url = url_for("patient.primer.page", part=page.number)
        return Step(
            number=page.number,
            name=page.title,
            url=url if self.parts.may_open(page.number) else None,
            state="now" if page.number == part else state,
        )


def reader() -> Reader:
    """Return who reads; raises SafetyCheckNeeded, and NotYours where the guide is switched off."""
    aloud.check()
    if not clinic().primer_on:
        raise NotYours
    if guide.rests():
        raise GuideResting
    known = visit()
    if known is None:
        raise SafetyCheckNeeded
    visitor.check_safety(known, now=now())
    progress = reading.find(known)
    return Reader(visit=known, progress=progress, primer=_edition(progress))


def begun(answered_by: str) -> Reader:
    """Return who reads, with a reading begun if there was none, bound to what it is for."""
    found = reader()
    progress = found.progress or reading.start(
        visit=found.visit,
        primer=found.primer,
        answered_by=aloud.answered_by() or answered_by,
        checked=told.checked(found.visit),
        now=now(),
    )
    to_read.attach(progress.reading_id, found.visit)  # a transaction more: may be left to do
    forget_visit()
    return replace(
        found, visit=replace(found.visit, reading_id=progress.reading_id), progress=progress
    )


def safety_first(refusal: SafetyCheckNeeded) -> ResponseReturnValue:
    """Lead whoever comes without a safety check to it; who wrote too long gets their words."""
    if (page := too_late()) is not None:
        return page, status(refusal)
    return redirect(url_for("patient.safety.urgent", way="primer"), code=303)


def check_shown(sha: str) -> None:
    """Refuse answers to other words than those of now: another edition's, another language's."""
    if request.form.get("shown", sha) != sha:
        raise UnknownAnswer


def not_shown(refusal: UnknownAnswer) -> ResponseReturnValue:
    """Refuse the answer to what was not asked yet, and lead to where the reading is."""
    onward = url_for("patient.primer.page", part=reader().parts.current)
    page = render_template(
        "errors/refused.html", code=refusal.code, sentence=say(refusal), onward=onward
    )
    return page, status(refusal)


def offer_another(refusal: EditionGone) -> ResponseReturnValue:
    """Say that a guide is not kept any more, and offer the one of today."""
    page = render_template("patient/primer/gone.html", code=refusal.code, sentence=say(refusal))
    return page, status(refusal)


def begin_again() -> None:
    """Put down a reading whose edition is gone; any other one goes on."""
    try:
        reader()
    except EditionGone:
        visitor.put_down_reading(needed_visit())
        forget_visit()


def next_part(known: Visit) -> int:
    """Return the part to go on with."""
    progress = reading.find(known)
    return Reader(visit=known, progress=progress, primer=_edition(progress)).parts.current


def keep_code(typed: str) -> None:
    """Remember a code until the safety check was passed; raises UnknownCode, TooManyTries.

    From here on the pages speak the reading's language, unless somebody chose one on this device.
    """
    language = reading.check_code(typed, network=counted(), now=now())
    session[CODE] = typed
    _speak(language)


def code_waits() -> bool:
    """Say whether a good code was typed and waits for the safety check."""
    return CODE in session


def use_code(known: Visit) -> None:
    """Go on with the reading whose code was typed before the safety check, if there is one."""
    typed = session.pop(CODE, None)
    if typed is None:
        return
    try:
        resume(typed, known)
    except UnknownCode:
        return  # its thirty days ended in these minutes: a new reading begins


def resume(typed: str, known: Visit) -> None:
    """Go on with the reading of a code, here; raises UnknownCode, TooManyTries.

    In its own language, unless somebody chose another one on this device.
    """
    checked = told.checked(known)
    progress = reading.resume(typed, visit=known, network=counted(), checked=checked, now=now())
    forget_visit()
    _speak(progress.language)
    go_on_in_this_language()


def _speak(language: str) -> None:
    """Let the pages speak a language from now on, if nobody chose another and they can."""
    if language in languages.offered():
        session.setdefault(languages.CHOSEN, language)
        refresh()


def go_on_in_this_language() -> None:
    """Let who reads go on in the language of this page, if their edition is written in it."""
    known = visit()
    progress = reading.find(known) if known else None
    if known is None or progress is None:
        return
    today = guide.copy()
    copy = today.as_then(
        progress.edition, today.language, progress.jurisdiction, today.clinic_words
    )
    if copy.language != progress.language and copy.there:
        reading.go_on_in(library.primer(copy), visit=known, now=now())


def _edition(progress: Progress | None) -> Primer:
    """Return the edition that the person began with, or the clinic's present one."""
    copy = guide.copy()
    if progress is not None:
        copy = copy.as_then(
            progress.edition, progress.language, progress.jurisdiction, progress.words
        )
        if not copy.there:
            raise EditionGone
    return library.primer(copy)
