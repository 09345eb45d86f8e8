"""Do the colours that meet on a page differ enough? Computed from the tokens, for both themes."""

import re
from itertools import product
from math import cos, radians, sin
from pathlib import Path

import pytest
from django.conf import settings

TOKENS = (Path(settings.BASE_DIR) / "static/css/tokens.css").read_text(encoding="utf-8")
PAIR = re.compile(r"--([\w-]+): light-dark\(oklch\((.+?)\), oklch\((.+?)\)\);")
Colour = tuple[float, float, float]
COLOURS: dict[str, tuple[str, str]] = {name: (light, dark) for name, light, dark in PAIR.findall(TOKENS)}

GROUNDS = ("surface", "surface-raised", "surface-sunken")
TEXT = [
    *product(("ink", "ink-quiet", "accent", "warn", "danger", "info"), GROUNDS),
    *((name, f"{name}-soft") for name in ("accent", "warn", "danger", "info")),
    *(("ink", f"{name}-soft") for name in ("accent", "warn", "danger", "info")),
    *(("ink-quiet", f"{name}-soft") for name in ("accent", "warn", "danger", "info")),
    ("accent-ink", "accent"),
    ("surface", "ink"),
]
SHAPES = [
    *product(("line-strong", "focus", "accent"), GROUNDS),
    ("focus", "accent-soft"),
    ("focus", "danger-soft"),
]


def linear_rgb(oklch: str) -> Colour:
    """Ottosson's OKLab to linear sRGB, cut off at the edges of the gamut as a screen does."""
    lightness, chroma, hue = (float(part.rstrip("%")) for part in oklch.split())
    lightness /= 100
    a, b = chroma * cos(radians(hue)), chroma * sin(radians(hue))
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    red = 4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short
    green = -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short
    blue = -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short
    return tuple(min(1.0, max(0.0, part)) for part in (red, green, blue))  # type: ignore[return-value]


def luminance(oklch: str) -> float:
    red, green, blue = linear_rgb(oklch)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str, theme: int) -> float:
    dark, light = sorted(luminance(COLOURS[name][theme]) for name in (one, other))
    return (light + 0.05) / (dark + 0.05)


def test_the_arithmetic_knows_black_white_and_a_published_colour() -> None:
    assert luminance("100% 0 0") == pytest.approx(1, abs=1e-3)
    assert luminance("0% 0 0") == 0
    # sRGB red is oklch(62.796% 0.25768 29.234) and has luminance 0.2126.
    assert luminance("62.796% 0.25768 29.234") == pytest.approx(0.2126, abs=1e-3)


def test_every_colour_is_given_for_both_themes() -> None:
    declared = set(re.findall(r"--([\w-]+): (?:light-dark|oklch|#|rgb|hsl)", TOKENS))
    assert declared == set(COLOURS)


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), TEXT, ids="-on-".join)
def test_text_differs_from_its_ground(text: str, ground: str, theme: int) -> None:
    assert contrast(text, ground, theme) >= 4.5


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("shape", "ground"), SHAPES, ids="-on-".join)
def test_controls_and_focus_differ_from_their_ground(shape: str, ground: str, theme: int) -> None:
    assert contrast(shape, ground, theme) >= 3
