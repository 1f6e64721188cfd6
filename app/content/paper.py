"""The whole guide as data for paper: what is said, and in which order."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from markdown_it.tree import SyntaxTreeNode

from app.content.checks import Check
from app.content.claims import Row, Source
from app.content.drawings import Drawing
from app.content.figures import Figure, Group
from app.content.pages import Page
from app.content.primer import Primer
from app.content.prose import Picture, markdown

Block = dict[str, Any]
Labels = dict[str, str | list[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What stands around the guide's own words, in its language; *verdict* names a verdict."""

    labels: Labels
    verdict: Callable[[str], str]
    group: Callable[[Group, str], str]  # people with an outcome, both halves


@dataclass(frozen=True, slots=True, kw_only=True)
class Artist:
    """Who draws: people of a group, and scenes, as SVG."""

    people: Callable[[Group], str]
    scene: Callable[[str], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """One guide on its way to paper."""

    primer: Primer
    words: Words
    artist: Artist

    def document(self) -> Block:
        """Return all of it."""
        primer = self.primer
        return {
            "language": primer.language,
            "title": primer.about.title,
            "about": [primer.about.awaiting, primer.about.written_by, primer.about.paid_by],
            "danger": primer.safety.footer,
            "parts": [self._part(page) for page in primer.pages],
            "statements": self._statements(),
            "sources": [source.text for source in primer.sources],
            "labels": self.words.labels,
        }

    def _part(self, page: Page) -> Block:
        return {
            "title": f"{page.number}. {page.title}",
            "blocks": [*self._blocks(page, page.main_text), *self._blocks(page, page.detail_text)],
            "choices": [
                [row.option, row.how, row.upside, row.downside, row.how_sure, row.time, row.cost]
                for row in page.choices
            ],
            "sure": page.how_sure.word,
            "why": page.how_sure.note,
            "notices": self._notices(page),
            "rows": [self._row(row) for row in page.may_have_read],
            "check": self._check(page.check) if page.check else None,
            "sources": self._numbers(page.sources),
        }

    def _notices(self, page: Page) -> list[str]:
        """Give what a law wants to be said, on the part about approval and cost."""
        return list(self.primer.notices) if page.number == len(self.primer.pages) - 2 else []

    def _row(self, row: Row) -> Block:
        return {
            "say": row.articles_say,
            "known": row.what_is_known,
            "claim": row.claim,
            "verdict": self.words.verdict(row.verdict),
            "evidence": row.evidence,
            "sources": self._numbers(row.sources),
        }

    def _check(self, check: Check) -> Block:
        return {
            "header": self.primer.check_header,
            "question": check.question,
            "options": [
                {"text": option.text, "right": option.right, "feedback": option.feedback}
                for option in check.options
            ],
        }

    def _statements(self) -> Block:
        said = self.primer.statements
        return {
            "lead_in": said.lead_in,
            "items": [item.text for item in said.items],
            "answers": [words for _stance, words in said.answers],
            "asked": list(self.primer.teach_back.questions),
            "warning": self.primer.teach_back.warning,
        }

    def _numbers(self, sources: Sequence[Source]) -> str:
        listed = self.primer.sources
        return ", ".join(str(listed.index(source) + 1) for source in sources)

    def _blocks(self, page: Page, text: str) -> Iterator[Block]:
        pictures: dict[str, Picture] = {one.id: one for one in page.figures}
        pictures |= {one.id: one for one in page.drawings}
        for node in SyntaxTreeNode(markdown.parse(text)).children:
            images = [one for one in node.walk() if one.type == "image"]
            if images:
                yield self._picture(pictures[str(images[0].attrs["src"])])
            else:
                yield _block(node)

    def _picture(self, picture: Picture) -> Block:
        if isinstance(picture, Drawing):
            return {
                "kind": "drawing",
                "title": picture.title,
                "scenes": [
                    {"label": one.label, "shows": one.shows, "svg": self.artist.scene(one.id)}
                    for one in picture.scenes
                ],
                "caption": picture.caption,
            }
        return {
            "kind": "figure",
            "title": picture.title,
            "panels": [
                {
                    "label": panel.label,
                    "groups": [self._group(group, picture) for group in panel.groups],
                }
                for panel in picture.panels
            ],
            "caption": picture.caption,
            "notes": [note for note in (picture.twin, picture.range, picture.note) if note],
        }

    def _group(self, group: Group, figure: Figure) -> Block:
        said = self.words.group(group, figure.outcome)
        return {"words": said, "svg": self.artist.people(group)}


def _block(node: SyntaxTreeNode) -> Block:
    """Give a paragraph, a list or a callout; the pages hold nothing else."""
    if node.type in ("bullet_list", "ordered_list"):
        items = [_said(item) for item in node.children]
        return {"kind": node.type, "items": items}
    if node.type == "blockquote":
        return {"kind": "callout", "blocks": [_block(child) for child in node.children]}
    return {"kind": "paragraph", "said": _said(node)}


def _said(node: SyntaxTreeNode) -> list[str]:
    """Give what a node says, a text for each paragraph or item in it."""
    inline = [one for one in node.walk() if one.type == "inline"]
    return [" ".join(one.content.split()) for one in inline]
