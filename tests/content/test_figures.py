"""Icon arrays draw exactly the people they count, and say so in words."""

import re
from typing import Any

import pytest
from jinja2 import Environment, FileSystemLoader

from app.content.figures import Figure, Group
from app.content.primer import Primer
from tests.content.conftest import PRIMER


def group(filled: int, low: int | None = None, high: int | None = None) -> Group:
    return Group("Cells", filled, 100 - filled, people=None, counted=None, low=low, high=high)


def people(boxes: list[tuple[int, int, int, int]]) -> list[tuple[int, int]]:
    """The single people that some boxes cover, by row and column."""
    return sorted(
        (row, column)
        for x, y, width, height in boxes
        for row in range(y // 23, (y + height) // 23)
        for column in range(x // 19, (x + width) // 19)
    )


def covered(drawn: Group, kind: str) -> list[tuple[int, int]]:
    boxes = [(box.x, box.y, box.width, box.height) for half, box in drawn.boxes if half == kind]
    return people(boxes)


@pytest.mark.parametrize("filled", range(101))
def test_every_person_is_drawn_once_in_one_half(filled: int) -> None:
    drawn = group(filled)
    everybody = [(row, column) for row in range(10) for column in range(10)]

    assert covered(drawn, "filled") == everybody[:filled]
    assert covered(drawn, "empty") == everybody[filled:]


def test_the_range_covers_the_people_between_its_ends() -> None:
    boxes = [(box.x, box.y, box.width, box.height) for box in group(63, 49, 77).band]

    assert len(people(boxes)) == 28
    assert group(63).band == ()


@pytest.fixture(scope="module")
def figures(primer: Primer) -> dict[str, Figure]:
    return {figure.id: figure for page in primer.pages for figure in page.figures}


def render(figure: Figure) -> str:
    loader = FileSystemLoader(PRIMER.parent / "templates")
    environment = Environment(loader=loader, autoescape=True, extensions=["jinja2.ext.i18n"])
    environment.install_null_translations(newstyle=True)  # type: ignore[attr-defined]
    template = environment.get_template("patient/primer/_figures.html")
    module: Any = template.module
    return f"{module.people()}{module.icon_array(figure)}"


@pytest.mark.parametrize("name", ["I1", "I2", "I3", "I4"])
def test_every_picture_has_its_words_beside_it(figures: dict[str, Figure], name: str) -> None:
    html = render(figures[name])
    ids = re.findall(r' id="([^"]+)"', html)

    assert len(ids) == len(set(ids))
    assert set(re.findall(r'aria-labelledby="([^"]+)"', html)) <= set(ids)
    assert set(re.findall(r"url\(#([^)]+)\)", html)) <= set(ids)
    assert html.count('role="img"') == sum(len(panel.groups) for panel in figures[name].panels)


def test_a_figure_carries_no_style_and_no_script(figures: dict[str, Figure]) -> None:
    html = "".join(render(figure) for figure in figures.values())

    assert not re.search(r"style=|<script|<style|\son\w+=", html)


def test_both_times_of_study_one_say_both_halves_and_the_people(figures: dict[str, Figure]) -> None:
    html = render(figures["I1"])

    for words in ("After six months", "After one year", "45 people", "18 people", "18 of 45"):
        assert words in html
    assert "40 out of 100: pain cut by at least half. The other 60: not." in html
    assert html.index("<details") < html.index("anything from 25 fewer to 25 more")


def test_the_range_of_slipped_discs_is_shown_in_the_figure(figures: dict[str, Figure]) -> None:
    html = render(figures["I3"])

    assert html.index("anywhere from 49 to 77 out of 100") < html.index("<details")


def test_the_note_on_fairness_stands_with_worn_discs(figures: dict[str, Figure]) -> None:
    assert "about twice as common in people with pain" in render(figures["I4"])
