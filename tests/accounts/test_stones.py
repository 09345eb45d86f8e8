"""The piles of stones that stand for members without a picture."""

import re
from xml.dom import minidom

from hypothesis import given
from hypothesis import strategies as st

from accounts.stones import SIDE, stones_svg

PEOPLE = [f"member{number}" for number in range(400)]


def test_same_name_draws_the_same_pile_whatever_its_case() -> None:
    assert stones_svg("Ada") == stones_svg("ada")


def test_different_names_draw_different_piles() -> None:
    assert len({stones_svg(name) for name in PEOPLE}) == len(PEOPLE)


def test_pile_has_three_or_four_stones_inside_the_square() -> None:
    for name in PEOPLE:
        stones = minidom.parseString(stones_svg(name)).getElementsByTagName("rect")
        assert len(stones) in (3, 4)
        for stone in stones:
            x, y, width, height = (float(stone.getAttribute(side)) for side in ("x", "y", "width", "height"))
            assert x >= 0
            assert x + width <= SIDE
            assert y >= 0
            assert y + height <= SIDE


def test_every_stone_is_narrower_than_the_one_below() -> None:
    for name in PEOPLE:
        stones = minidom.parseString(stones_svg(name)).getElementsByTagName("rect")
        widths = [float(stone.getAttribute("width")) for stone in stones]
        assert widths == sorted(widths, reverse=True)


@given(st.text(max_size=200))
def test_any_name_draws_a_small_file_without_scripts_or_addresses(name: str) -> None:
    svg = stones_svg(name)
    assert len(svg) < 1000
    document = minidom.parseString(svg)
    assert {node.tagName for node in document.getElementsByTagName("*")} == {
        "svg",
        "path",
        "rect",
    }
    assert re.findall(r"\b(?:href|on\w+|style|class)=|url\(", svg) == []
