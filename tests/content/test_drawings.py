"""Drawings: every scene is drawn, and said in words beside it."""

import re

import pytest
from jinja2 import Environment, FileSystemLoader

from app.content.drawings import SCENES, Drawing
from app.content.fields import BadEdition
from app.content.primer import Primer
from tests.content.conftest import PRIMER, Edit, load_us


@pytest.fixture(scope="module")
def drawings(primer: Primer) -> dict[str, Drawing]:
    return {drawing.id: drawing for page in primer.pages for drawing in page.drawings}


def render(drawing: Drawing) -> str:
    environment = Environment(loader=FileSystemLoader(PRIMER.parent / "templates"), autoescape=True)
    template = environment.get_template("patient/primer/_drawings.html")
    return str(template.module.drawing(drawing))  # type: ignore[attr-defined]


def test_the_disc_and_the_steps_stand_on_their_pages(primer: Primer) -> None:
    found = {page.id: [one.id for one in page.drawings] for page in primer.pages if page.drawings}

    assert found == {"S1": ["D1"], "S2": ["D2"]}


def test_every_scene_has_a_drawing_of_its_own(drawings: dict[str, Drawing]) -> None:
    pictures = re.findall(
        r"<svg[^>]*>(.*?)</svg>", "".join(map(render, drawings.values())), re.DOTALL
    )

    assert {scene.id for drawing in drawings.values() for scene in drawing.scenes} == SCENES
    assert len({picture for picture in pictures if "<path" in picture}) == len(SCENES)


@pytest.mark.parametrize("name", ["D1", "D2"])
def test_every_scene_is_said_in_the_words_beside_it(
    drawings: dict[str, Drawing], name: str
) -> None:
    html = render(drawings[name])
    ids = re.findall(r' id="([^"]+)"', html)

    assert len(ids) == len(set(ids)) == len(drawings[name].scenes) + 1
    assert set(re.findall(r'aria-labelledby="([^"]+)"', html)) == set(ids)
    assert all(scene.shows in html for scene in drawings[name].scenes)


def test_a_drawing_has_no_colour_and_no_style_of_its_own(drawings: dict[str, Drawing]) -> None:
    html = "".join(map(render, drawings.values()))

    assert set(re.findall(r'(?:fill|stroke)="([^"]+)"', html)) == {"currentColor", "none"}
    assert "style" not in html


def test_a_scene_that_nobody_drew_is_refused_by_its_line(edit: Edit) -> None:
    folder = edit("en/drawings.yaml", "id: torn", "id: exploded")

    with pytest.raises(BadEdition, match=r"drawings.yaml:11: .*there is no drawing of exploded"):
        load_us(folder)
