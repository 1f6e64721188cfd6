"""The guide for whoever was given a link: only to read, and nothing is kept of it."""

from flask import Blueprint, Response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.content.primer import Primer
from app.domain.primer import PARTS
from app.domain.refusals import GuideResting, NotYours
from app.web import guide
from app.web.access import Audience, access
from app.web.patient import paper
from app.web.patient.steps import Step
from app.web.visitor import clinic

blueprint = Blueprint("guide", __name__)

PART = f"<int(min=1, max={PARTS}):part>"


@blueprint.get("/guide")
@access(Audience.PUBLIC)
def begin() -> ResponseReturnValue:
    """Lead to the first part, in the reader's language."""
    return redirect(url_for(".page", language=_shown().language, part=1), code=303)


@blueprint.get(f"/guide/<language>/{PART}")
@access(Audience.PUBLIC)
def page(language: str, part: int) -> ResponseReturnValue:
    """Show one part."""
    shown = _shown(language)
    return render_template(
        "patient/guide/page.html", page=shown.page(part), primer=shown, steps=_steps(shown, part)
    )


@blueprint.get("/guide/<language>/all")
@access(Audience.PUBLIC)
def whole(language: str) -> ResponseReturnValue:
    """Show all parts on one page."""
    return render_template("patient/guide/whole.html", primer=_shown(language))


@blueprint.get("/guide/<language>/guide.pdf")
@access(Audience.PUBLIC)
def as_pdf(language: str) -> ResponseReturnValue:
    """Give all parts as a PDF; when it cannot be made, the page to print in its place."""
    shown = _shown(language)
    made = paper.pdf(shown)
    if made is None:
        return render_template("patient/guide/whole.html", primer=shown, not_pressed=True), 503
    return Response(made, mimetype="application/pdf")


def _shown(language: str | None = None) -> Primer:
    """Return the clinic's guide; a language in which there is none has no pages."""
    if not clinic().primer_on:
        raise NotYours
    if guide.rests():
        raise GuideResting
    primer = guide.primer()
    if language not in (None, primer.language):
        raise NotYours
    return primer


def _steps(shown: Primer, part: int) -> list[Step]:
    return [
        Step(
            number=page.number,
            name=page.title,
            url=url_for(".page", language=shown.language, part=page.number),
            state="now" if page.number == part else "to_come",
        )
        for page in shown.pages
    ]
