"""The clinic's figures as one file that loads nothing: bars, and a table for each of them."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import current_app
from flask_babel import force_locale
from flask_babel import gettext as _
from markupsafe import Markup

from app.content import when
from app.content.primer import Primer
from app.domain.figures import Cells, Figures
from app.web import assets


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One bar and its row; *count* is None where it is hidden."""

    name: str
    count: int | None
    share: int  # of the longest bar, in hundredths


@dataclass(frozen=True, slots=True, kw_only=True)
class Plot:
    """Bars with their title."""

    title: str
    bars: tuple[Bar, ...]


def page(found: list[Figures], guides: Mapping[str, Primer], language: str) -> str:
    """Write the figures of all editions; *guides* give the words that ids stand for."""
    with force_locale(language.replace("-", "_")):
        return current_app.jinja_env.get_template("paper/figures.html").render(
            editions=[(one, plots(one, guides.get(one.edition))) for one in found],
            language=language,
            direction=when.locale_of(language).text_direction,
            sheet=Markup(assets.sheet()),  # noqa: S704  our own style, from our own files
        )


def plots(found: Figures, guide: Primer | None) -> list[Plot]:
    """Put one edition's figures into words."""
    way = {
        _("Came to the end"): found.way["finished"],
        _("Stopped before the end"): found.way["stopped"],
        _("Are still reading"): found.way["reading"],
    }
    pages = {page.id: f"{page.number}. {page.title}" for page in (guide.pages if guide else ())}
    questions = {
        page.check.id: page.check.question for page in (guide.pages if guide else ()) if page.check
    }
    said = {item.id: item.text for item in guide.statements.items} if guide else {}
    minutes = {step: _("up to %(number)s minutes", number=int(step)) for step in found.minutes
               if step != "more"}  # fmt: skip
    return [
        _plot(_("People who began"), way),
        _plot(_("Where they stopped: the last part they read"),
              _named(found.stopped, {**pages, "": _("none yet")})),
        _plot(_("How long it took those who came to the end"),
              _named(found.minutes, {**minutes, "more": _("more than an hour")})),
        _plot(_("Questions answered wrong at first"),
              _named(_one(found.missed, "missed"), questions)),
        _plot(_("Statements to talk about"), _named(_one(found.answered, "talk"), said)),
        _plot(_("Statements skipped for now"), _named(_one(found.answered, "skip"), said)),
    ]  # fmt: skip


def _one(groups: Mapping[str, Cells], cell: str) -> Cells:
    """Take one cell of each group, the most frequent first and those hidden last."""
    cells = {name: group[cell] for name, group in groups.items()}
    order = sorted(cells, key=lambda name: (-(cells[name] or 0), name))
    return {name: cells[name] for name in order}


def _named(cells: Cells, names: Mapping[str, str]) -> Cells:
    return {names.get(name, name): count for name, count in cells.items()}


def _plot(title: str, cells: Cells) -> Plot:
    longest = max((count or 0 for count in cells.values()), default=0) or 1
    bars = (
        Bar(name=name, count=count, share=round(100 * (count or 0) / longest))
        for name, count in cells.items()
    )
    return Plot(title=title, bars=tuple(bars))
