"""Blocks of documents go through the pipeline as what they are: text, with formulas and code in it."""

import pytest
from bs4 import BeautifulSoup

from ai_assist.pageview.markdown import CLOSING, LONGEST, OPENING, sources
from ai_assist.parsing import Block
from markup import render_quoted


def html(block: Block, *marks: range) -> BeautifulSoup:
    said = "".join(render_quoted(source) for source in sources(block, marks))
    return BeautifulSoup(said.replace(OPENING, "<mark>").replace(CLOSING, "</mark>"), "html.parser")


@pytest.mark.parametrize(
    "text",
    [
        "*not* _emphasis_ ~~nor~~ **bold** #no heading",
        "<script>alert(1)</script> <img src=x onerror=alert(1)>",
        "![picture](https:x) [link](javascript:alert(1)) [^1]: note",
        "> no quotation",
        "1. no list",
        "- - -",
        "costs $5 and $10 & &amp; @ada",
        "a | b\\| c \\",
        "nothing leads to https://e.example/a_b_c, www.e.example or ada@e.example [1]",
        "    four spaces",
        "\ue000 our own sign \ue001",
    ],
)
def test_prose_is_shown_as_it_is_written(text):
    shown = html(Block("prose", text))
    assert shown.get_text().strip() == text.strip().replace("\ue000", "\ufffd").replace("\ue001", "\ufffd")
    assert [tag.name for tag in shown.find_all()] == ["p"]


def test_prose_has_formulas_code_breaks_and_paragraphs():
    shown = html(Block("prose", "So $x_1$ is `a*b*c`,\nsee https://e.example/a_b_c now\n\nThen $$y$$."))
    assert [tag.name for tag in shown.find_all(["p", "math", "code", "br"])] == [
        *("p", "math", "code", "br", "p", "math")
    ]
    assert shown.code.get_text() == "a*b*c"


def test_heading_is_below_the_title_of_the_page():
    assert str(html(Block("heading", "What is `x`?\n# 1", level=2))).strip() == "<h3>What is <code>x</code>? # 1</h3>"


def test_list_keeps_its_depth():
    shown = html(Block("list", "- one *\n  1. two\n     and more\n  2. three\n- four\n(a) five"))
    outer, inner = shown.find("ul"), shown.find("ol")
    assert [item.find(string=True).strip() for item in outer.find_all("li", recursive=False)] == [
        *("one *", "four", "(a) five")
    ]
    assert [item.get_text(" ", strip=True) for item in inner.find_all("li")] == ["two and more", "three"]
    assert inner.parent.parent is outer


def test_table_keeps_what_is_in_its_cells():
    shown = html(Block("table", "| a \\| b | $\\|x\\|$ |\n| --- | --- |\n| `y` | *no* <b> |"))
    cells = [[cell.get_text() for cell in row.find_all(["th", "td"])] for row in shown.find_all("tr")]
    assert cells == [["a | b", "|x|"], ["y", "*no* <b>"]]
    assert [len(shown.find_all(name)) for name in ("math", "code", "em", "b")] == [1, 1, 0, 0]


def test_code_is_coloured_and_formulas_are_drawn():
    code = html(Block("code", "def f():\n    ```no fence```", language="python"))
    assert code.code.get_text() == "def f():\n    ```no fence```\n"
    assert code.select_one(".code__language").get_text() == "Python"
    assert html(Block("math", "\\frac{1}{2}")).find("mfrac") is not None


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("prose", "word * " * 8000),
        ("code", "x = 1\n" * 9000),
        ("table", "| a | b |\n| --- | --- |\n" + "| cell | *cell* |\n" * 4000),
    ],
)
def test_what_is_long_is_formatted_in_parts(kind, text):
    shown = html(Block(kind, text))
    assert len(text) > 4 * LONGEST
    assert shown.select(".plain-reason") == []


def test_marks_take_formulas_and_code_whole_and_stay_in_their_item():
    text = "one two $a b$ three"
    marked = html(Block("prose", text), range(text.index("two"), text.index("b$")))
    assert [str(mark) for mark in marked.find_all("mark")] == [
        '<mark>two <math display="inline"><mi>a</mi><mi>b</mi></math></mark>'
    ]
    text = "- one two\n- three *four*"
    marked = html(Block("list", text), range(text.index("two"), text.index("four") + 5))
    assert [mark.get_text() for mark in marked.find_all("mark")] == ["two", "three *four*"]
    assert [item.get_text() for item in marked.find_all("li")] == ["one two", "three *four*"]
