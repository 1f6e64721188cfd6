"""How prepared visits are: whether, how many and how; never what somebody answered.

Health words are opened here to be counted.  What leaves this room is on every day sheet, so it
is three things: how far the guide was read, whether the form is filled in, how images come.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from app.domain.summary import ReadingSummary
from app.services.record import briefs_of
from app.storage import previsits
from app.storage.database import reading
from app.storage.previsits import Kept

HOW_IMAGES_COME = "scans_how"  # the form's question whose answer the desk acts on


class Form(StrEnum):
    """How far the form before the visit is."""

    OPEN = "open"
    BEGUN = "begun"
    DONE = "done"


class Images(StrEnum):
    """How images come to the visit, as the person said: the form's own options."""

    BRING = "bring"
    REQUEST = "request"


@dataclass(frozen=True, slots=True, kw_only=True)
class Guide:
    """How far somebody came with the guide: never which answers, only how many to go over."""

    finished: bool
    withdrawn: bool
    go_over: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """How prepared one visit is; *guide* is None when none was begun."""

    guide: Guide | None
    form: Form
    images: Images | None


def guide_of(told: ReadingSummary) -> Guide:
    """Tell how far a reading came."""
    return Guide(
        finished=told.finished_at is not None,
        withdrawn=told.withdrawn_at is not None,
        go_over=len(told.go_over) + len(told.to_talk_about),
    )


def of(visits: Mapping[str, str | None]) -> dict[str, Prepared]:
    """Tell it of some visits, by appointment; each maps to its reading.  Three statements."""
    read = briefs_of([id_ for id_ in visits.values() if id_ is not None])
    forms = previsits.several(reading(), list(visits))
    guides = {id_: guide_of(told) for id_, told in read.items()}
    return {
        id_: Prepared(
            guide=guides.get(reading_id or ""),
            form=_form(forms.get(id_)),
            images=_images(forms.get(id_)),
        )
        for id_, reading_id in visits.items()
    }


def _form(kept: Kept | None) -> Form:
    if kept is None:
        return Form.OPEN
    return Form.BEGUN if kept.finished_at is None else Form.DONE


def _images(kept: Kept | None) -> Images | None:
    said = kept.answers.get(HOW_IMAGES_COME, ()) if kept else ()
    return next((one for one in Images if one in said), None)
