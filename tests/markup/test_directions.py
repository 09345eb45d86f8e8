"""Lists, quotations and tables run the way that most of their letters do."""

import pytest

from markup import render
from tests.markup.reading import tags

BLOCKS = ("ul", "ol", "blockquote", "div", "section")


def directions(source: str) -> list[tuple[str, str]]:
    return [(tag.tag, tag["dir"]) for tag in tags(render(source)) if tag.tag in BLOCKS]


@pytest.mark.parametrize(
    ("source", "blocks"),
    [
        ("- שלום\n- English", [("ul", "")]),
        ("- שלום עולם\n- two", [("ul", "rtl")]),
        ("3. كيف أحسب\n4. المشتقة", [("ol", "rtl")]),
        ("- [ ] مهمة", [("ul", "rtl")]),
        ("- `print` $x$ مهمة", [("ul", "rtl")]),
        ("- قائمة طويلة هنا\n  - one\n    > two", [("ul", "rtl"), ("ul", ""), ("blockquote", "")]),
        ("> اقتباس\n> - نقطة\n\n- English", [("blockquote", "rtl"), ("ul", ""), ("ul", "")]),
        ("| الدالة | x |\n|---|---|\n| هي | y |", [("div", "rtl")]),
        ("שלום[^1]\n\n[^1]: הערה", [("section", "rtl"), ("ol", "")]),
        ("- 1\n- ... 2", [("ul", "")]),
    ],
)
def test_block_of_letters_that_run_to_the_left_does_so_and_what_is_in_it_follows(source, blocks):
    assert directions(source) == blocks
