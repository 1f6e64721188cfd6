"""Where somebody stands at the end of the guide: any answer will do, and none too."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import format_decimal
from flask_babel import gettext as _

from app.domain.clinic import VisitType
from app.domain.refusals import UnknownAnswer
from app.services import reading
from app.services.reading import LONGEST_WORDS, Stand
from app.web.access import Audience, access
from app.web.again import only_shown, shows_again
from app.web.clock import now
from app.web.patient import to_read
from app.web.patient.reader import Reader, check_shown, reader
from app.web.patient.steps import journey
from app.web.refusals import say
from app.web.visitor import clinic


@shows_again
@access(Audience.VISITOR)
def statements() -> ResponseReturnValue:
    """Ask where the person stands, statement by statement."""
    who = reader()
    if who.progress is None or not reading.at_end(who.primer, who.progress):
        if request.method == "POST" and not only_shown():
            raise UnknownAnswer
        return redirect(who.end(), code=303)
    if request.method != "POST":
        return _ask(who, dict(who.progress.statements), reading.own_words(who.visit))
    stand = _stand(who)
    if only_shown():
        return _ask(who, stand.answers, stand.words)
    if faults := _too_long(stand):
        return _ask(who, stand.answers, stand.words, faults=faults), 422
    try:
        check_shown(who.primer.statements.sha)
        to_read.attach(who.progress.reading_id, who.visit)
        reading.acknowledge(who.primer, stand, visit=who.visit, now=now())
    except UnknownAnswer as refusal:
        faults = [("statements", _("Your answers"), say(refusal))]
        return _ask(who, stand.answers, stand.words, faults=faults, refusal=refusal.code), 422
    return redirect(to_read.end() or _to_the_times(needs_primer=True), code=303)


def _ask(
    who: Reader,
    answers: object,
    words: object,
    faults: list[tuple[str, str, str]] | None = None,
    refusal: str | None = None,
) -> str:
    booked = to_read.reads_for() is not None
    return render_template(
        "patient/primer/statements.html",
        primer=who.primer,
        answers=answers,
        words=words,
        faults=faults or [],
        refusal=refusal,
        longest=LONGEST_WORDS,
        steps=journey("statements", "booked" if booked else "primer"),
        booked=booked,
        general=_to_the_times(needs_primer=False),
        code=reading.code(who.visit),
    )


def _stand(who: Reader) -> Stand:
    """Read what was sent; whatever is no word of one's own is an answer, known or not."""
    own = [f"words_{number}" for number in range(len(who.primer.teach_back.questions))]
    others = {"csrf_token", "shown", *own}
    return Stand(
        answers={id_: said for id_, said in request.form.items() if said and id_ not in others},
        words=tuple(request.form.get(name, "") for name in own),
    )


def _too_long(stand: Stand) -> list[tuple[str, str, str]]:
    sentence = _(
        "Please shorten your words to %(number)s letters.", number=format_decimal(LONGEST_WORDS)
    )
    return [
        (f"words_{number}", _("In your own words"), sentence)
        for number, text in enumerate(stand.words)
        if len(text.strip()) > LONGEST_WORDS
    ]


def _to_the_times(*, needs_primer: bool) -> str:
    def fits(one: VisitType) -> bool:
        return one.active and one.needs_primer is needs_primer

    slugs = (one.slug for one in clinic().visit_types.values() if fits(one))
    return url_for("patient.booking.choose_time", visit=next(slugs, None))
