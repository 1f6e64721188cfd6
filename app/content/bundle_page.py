"""What the fingerprint of one part stands for, word for word: canonical form 1."""

from app.content.claims import Row, Source
from app.content.drawings import Drawing
from app.content.figures import Figure, Group
from app.content.fingerprint import Shown
from app.content.options import Choice
from app.content.pages import Page


def page(one: Page) -> Shown:
    """Name what stands on a part; the question after it has a fingerprint of its own."""
    return {
        "id": one.id,
        "number": one.number,
        "title": one.title,
        "main": one.main_text,
        "detail": one.detail_text,
        "figures": [figure(drawn) for drawn in one.figures],
        "drawings": [drawing(drawn) for drawn in one.drawings],
        "how_sure": {
            "word": one.how_sure.word,
            "step": one.how_sure.step,
            "note": one.how_sure.note,
        },
        "may_have_read": [row(claim) for claim in one.may_have_read],
        "sources": [source(found) for found in one.sources],
        "choices": [choice(option) for option in one.choices],
        "check": one.check.id if one.check else None,
    }


def figure(one: Figure) -> Shown:
    """Name the numbers that a figure draws, and its words."""
    return {
        "id": one.id,
        "title": one.title,
        "each": one.each,
        "outcome": one.outcome,
        "panels": [
            {"label": panel.label, "groups": [group(drawn) for drawn in panel.groups]}
            for panel in one.panels
        ],
        "caption": one.caption,
        "twin": one.twin,
        "range": one.range,
        "range_in_figure": one.range_in_figure,
        "note": one.note,
    }


def group(one: Group) -> Shown:
    """Name the people of one half of a figure."""
    return {
        "label": one.label,
        "filled": one.filled,
        "empty": one.empty,
        "people": one.people,
        "counted": one.counted,
        "low": one.low,
        "high": one.high,
    }


def drawing(one: Drawing) -> Shown:
    """Name the words of a drawing, and what is drawn."""
    return {
        "id": one.id,
        "title": one.title,
        "scenes": [
            {"id": scene.id, "label": scene.label, "shows": scene.shows} for scene in one.scenes
        ],
        "caption": one.caption,
    }


def row(one: Row) -> Shown:
    """Name both sides of something that people may have read, and the evidence."""
    return {
        "id": one.id,
        "articles_say": one.articles_say,
        "what_is_known": one.what_is_known,
        "claim": one.claim,
        "verdict": one.verdict,
        "evidence": one.evidence,
        "sources": [source(found) for found in one.sources],
    }


def source(one: Source) -> Shown:
    """Name where something comes from."""
    return {"id": one.id, "text": one.text}


def choice(one: Choice) -> Shown:
    """Name a row of the table of choices."""
    return {
        "id": one.id,
        "option": one.option,
        "how": one.how,
        "upside": one.upside,
        "downside": one.downside,
        "how_sure": one.how_sure,
        "time": one.time,
        "cost": one.cost,
    }
