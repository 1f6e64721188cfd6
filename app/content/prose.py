"""Markdown to the HTML of a page, with its figures in their places and its sources apart."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markupsafe import Markup  # noqa: TID251  the only place that makes HTML, from our own files

from app.content.drawings import Drawing
from app.content.fields import BadEdition
from app.content.figures import Figure
from app.content.words import Unfilled, Words, word_count

_FOOTNOTE = re.compile(r"\[\^(\w+)\]")
_DETAIL = "=== detail ==="
Picture = Figure | Drawing
_ICON = (
    '<svg class="i" viewBox="0 0 24 24" aria-hidden="true" focusable="false">'
    '<path d="M12 3.5 2.5 20h19z"/><path d="M12 10v4.5M12 17.2v.1"/></svg>'
)


@dataclass(frozen=True, slots=True)
class Piece:
    """Some paragraphs, or the figure that stands between them."""

    html: str
    figure: Figure | None = None
    drawing: Drawing | None = None


@dataclass(frozen=True, slots=True)
class Body:
    """The text of a page file below its front matter, and the line it begins at."""

    file: Path
    lines: tuple[str, ...]
    first_line: int

    def wrong(self, line: int, why: str) -> BadEdition:
        """Make the refusal that names file and line."""
        return BadEdition(f"{self.file}:{line}: {why}")

    def panels(self) -> tuple["Body", "Body"]:
        """Part the main panel from the detail panel below the marker."""
        if _DETAIL not in self.lines:
            return self, Body(self.file, (), self.first_line)
        at = self.lines.index(_DETAIL)
        rest = Body(self.file, self.lines[at + 1 :], self.first_line + at + 1)
        return Body(self.file, self.lines[:at], self.first_line), rest

    def footnotes(self) -> Iterator[tuple[int, str]]:
        """Yield the line and the id of every source named at the end of a block."""
        for number, line in enumerate(self.lines, self.first_line):
            for match in _FOOTNOTE.finditer(line):
                yield number, match[1]

    def spoken(self) -> str:
        """Give the Markdown without the names of sources, line for line."""
        return "\n".join(_FOOTNOTE.sub("", line) for line in self.lines)

    def filled(self, words: Words) -> str:
        """Give the Markdown that is shown, every placeholder filled."""
        return words.say(self.spoken()).strip()

    def word_count(self) -> int:
        """Count the words to read."""
        return word_count(self.spoken())


def _callout_open(*_: object) -> str:
    return f'<div class="note stop" role="note">{_ICON}<div>\n'


def _callout_close(*_: object) -> str:
    return "</div></div>\n"


markdown = MarkdownIt("commonmark", {"html": False}, renderer_cls=RendererHTML)
markdown.add_render_rule("blockquote_open", _callout_open)
markdown.add_render_rule("blockquote_close", _callout_close)


def render(body: Body, pictures: Mapping[str, Picture], words: Words) -> tuple[Piece, ...]:
    """Give the pieces of one panel, every placeholder filled."""
    pieces: list[Piece] = []
    flow: list[Token] = []
    for block in _blocks(markdown.parse(body.spoken())):
        name = _figure_name(block)
        for token in block:
            _fill(token, body, words, figure_allowed=name is not None)
        if name is None:
            flow += block
            continue
        pieces += [*_prose(flow), _picture(name, block[0], body, pictures)]
        flow = []
    return (*pieces, *_prose(flow))


def _blocks(tokens: Sequence[Token]) -> Iterator[list[Token]]:
    """Part the tokens into paragraphs, lists and callouts of the page."""
    block: list[Token] = []
    for token in tokens:
        block.append(token)
        if token.level == 0 and token.nesting <= 0:
            yield block
            block = []


def _figure_name(block: Sequence[Token]) -> str | None:
    """Give the figure whose picture is all that a paragraph holds."""
    inner = [child for token in block for child in token.children or ()]
    if len(block) == 3 and len(inner) == 1 and inner[0].type == "image":
        return str(inner[0].attrs["src"])
    return None


def _picture(name: str, token: Token, body: Body, pictures: Mapping[str, Picture]) -> Piece:
    if name not in pictures:
        raise body.wrong(_line(token, body), f"there is no figure {name}")
    drawn = pictures[name]
    return Piece("", drawing=drawn) if isinstance(drawn, Drawing) else Piece("", figure=drawn)


def _fill(token: Token, body: Body, words: Words, *, figure_allowed: bool) -> None:
    for child in token.children or ():
        if child.type == "image" and not figure_allowed:
            raise body.wrong(_line(token, body), "a figure stands alone in its paragraph")
        try:
            child.content = words.say(child.content)
        except Unfilled as gap:
            raise body.wrong(_line(token, body), f"nothing fills {gap}") from None
    if token.type == "inline" and token.children:
        token.children[-1].content = token.children[-1].content.rstrip()


def _line(token: Token, body: Body) -> int:
    return body.first_line + (token.map[0] if token.map else 0)


def _prose(tokens: list[Token]) -> list[Piece]:
    if not tokens:
        return []
    html = markdown.renderer.render(tokens, markdown.options, {})
    return [Piece(Markup(html))]  # noqa: S704  our own Markdown, HTML switched off
