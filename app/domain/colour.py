"""The clinic's accent, and whether text in it can be read (WCAG 2.2, 1.4.3)."""

from math import cos, radians, sin

ENOUGH = 4.5  # to one: text of any size
STRENGTHS = (0.05, 0.1, 0.14)  # quiet, clear, strong
LEAF = (254, 253, 252)  # the lightest ground that it stands on, as in tokens.css
OUT = (  # from cone responses to red, green and blue (OKLab, Bjorn Ottosson)
    (4.0767416621, -3.3077115913, 0.2309699292),
    (-1.2684380046, 2.6097574011, -0.3413193965),
    (-0.0041960863, -0.7034186147, 1.7076147010),
)
WEIGHTS = (0.2126, 0.7152, 0.0722)  # of red, green and blue in what the eye takes as light


def contrast(lightness: float, chroma: float, hue: int, ground: tuple[int, int, int]) -> float:
    """Return how much lighter one of a colour and its ground is than the other."""
    one, other = _light(_linear(lightness, chroma, hue)), _light(_of_bytes(ground))
    return (max(one, other) + 0.05) / (min(one, other) + 0.05)


def accent(chroma: float, hue: int) -> float:
    """Return the contrast of the accent on paper; its lightness is ours, as in tokens.css."""
    return contrast(0.38, chroma, hue, LEAF)


def _linear(lightness: float, chroma: float, hue: int) -> tuple[float, ...]:
    a, b = chroma * cos(radians(hue)), chroma * sin(radians(hue))
    cones = (
        (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3,
        (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3,
        (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3,
    )
    mixed = (sum(part * cone for part, cone in zip(row, cones, strict=True)) for row in OUT)
    return tuple(min(max(value, 0.0), 1.0) for value in mixed)


def _of_bytes(colour: tuple[int, int, int]) -> tuple[float, ...]:
    parts = (value / 255 for value in colour)
    return tuple(
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )


def _light(colour: tuple[float, ...]) -> float:
    return sum(weight * part for weight, part in zip(WEIGHTS, colour, strict=True))
