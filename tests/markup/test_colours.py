"""Colours of code are readable on their background, in light and dark."""

import re
from math import cos, radians, sin
from pathlib import Path

import pytest

from markup.highlight import HIGHLIGHT_CLASSES

STYLES = Path(__file__).parents[2] / "static" / "css"
CODE = (STYLES / "components" / "code.css").read_text()
TOKENS = (STYLES / "tokens.css").read_text()
COLOUR = re.compile(
    r"--(?P<name>code-\w+|surface-sunken): light-dark\(oklch\((?P<light>[^)]+)\), oklch\((?P<dark>[^)]+)\)\)"
)
COLOURS = {found["name"]: found for found in COLOUR.finditer(CODE + TOKENS)}
NAMES = [name for name in COLOURS if name != "surface-sunken"]


def luminance(oklch: str) -> float:
    """Relative luminance (WCAG 2.2) of an OKLCH colour, by Ottosson's matrices (https://bottosson.github.io/posts/oklab/)."""
    lightness, chroma, hue = (float(part.removesuffix("%")) for part in oklch.split())
    a, b = chroma * cos(radians(hue)), chroma * sin(radians(hue))
    base = lightness / 100
    long = (base + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (base - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (base - 0.0894841775 * a - 1.2914855480 * b) ** 3
    red = 4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short
    green = -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short
    blue = -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short
    red, green, blue = (min(1.0, max(0.0, channel)) for channel in (red, green, blue))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(first: str, second: str) -> float:
    lighter, darker = sorted((luminance(first), luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_contrast_of_white_and_black_is_21() -> None:
    assert round(contrast("100% 0 0", "0% 0 0"), 2) == 21.0


def test_every_class_of_the_highlighter_has_a_colour() -> None:
    assert set(re.findall(r"\.(hl-\w+)", CODE)) == HIGHLIGHT_CLASSES


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("name", NAMES)
def test_code_colour_is_readable(name: str, theme: str) -> None:
    assert contrast(COLOURS[name][theme], COLOURS["surface-sunken"][theme]) >= 4.5
