"""Texts of documents and models: nothing in them leads anywhere but to our own citations."""

import pytest
from bs4 import BeautifulSoup

import markup

MARKERS = {1: "#source-7-1", 2: "#source-7-2"}


def links(source: str) -> list[tuple[str, str]]:
    page = BeautifulSoup(markup.render_quoted(source, markers=MARKERS), "html.parser")
    return [(link.get_text(), link["href"]) for link in page.select("a[href]")]


def test_markers_lead_to_their_sources():
    assert links("Stones [1], **stones [2]**.") == [("[1]", "#source-7-1"), ("[2]", "#source-7-2")]


@pytest.mark.parametrize(
    "source", ["[3]", "`[1]`", "```\n[1]\n```", "$a[1]$", r"\[1]", "[1 ]", "[one]", "[1](http://evil.example)"[3:]]
)
def test_what_is_no_marker_leads_nowhere(source):
    assert links(source) == []


@pytest.mark.parametrize(
    "source",
    [
        "[here](http://evil.example)",
        "![a picture](http://evil.example/i.png)",
        "<http://evil.example>",
        "http://evil.example and www.evil.example and ada@evil.example and @ada",
        "[here][1]\n\n[1]: http://evil.example",
        '<a href="http://evil.example">here</a><img src="http://evil.example/i.png">',
        "[^1]\n\n[^1]: http://evil.example",
        "[1](http://evil.example)",
        "[a [1] b](javascript:alert(1))",
    ],
)
def test_nothing_leads_away(source):
    html = markup.render_quoted(source, markers=MARKERS)
    page = BeautifulSoup(html, "html.parser")
    assert page.select("img, script, iframe, form") == []
    assert {link["href"] for link in page.select("[href]")} <= set(MARKERS.values())


def test_code_and_formulas_are_drawn_as_everywhere():
    text = "`code` $x^2$\n\n```python\nx = 1\n```\n\n| a | b |\n|---|---|\n| 1 | 2 |"
    assert markup.render_quoted(text) == markup.render(text)


def test_cited_names_each_marker_once_outside_of_code():
    assert markup.cited("A [3]. B [1] [3] `[4]` $a[5]$\n\n```\n[6]\n```") == [3, 1]
