"""Text in the clinic's colour can be read, whichever it chooses."""

import pytest

from app.domain.colour import ENOUGH, STRENGTHS, accent, contrast

DARK_LEAF = (39, 31, 35)  # as in tokens.css


def test_black_on_white_stands_out_21_to_1() -> None:
    assert contrast(0.0, 0.0, 0, (255, 255, 255)) == pytest.approx(21)
    assert contrast(1.0, 0.0, 0, (255, 255, 255)) == pytest.approx(1, abs=0.01)


@pytest.mark.parametrize("strength", STRENGTHS)
def test_every_colour_that_a_clinic_can_choose_can_be_read(strength: float) -> None:
    on_paper = [accent(strength, hue) for hue in range(360)]
    in_the_dark = [contrast(0.83, strength * 0.65, hue, DARK_LEAF) for hue in range(360)]

    assert min(on_paper) > ENOUGH
    assert min(in_the_dark) > ENOUGH
