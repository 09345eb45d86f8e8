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


@pytest.mark.parametrize(
    ("passage", "quote", "marked"),
    [
        ("One stone. Two $x^2$ stones. Three.", "Two $x^2$ stones.", "Two"),
        ("- one\n- two\n- three", "- two", "two"),
        ("He said: *two* stones.", "He said: *two* stones.", "He said: two stones."),
    ],
)
def test_passage_marks_its_quotation(passage, quote, marked):
    page = BeautifulSoup(markup.render_passage(passage, quote), "html.parser")
    assert page.select_one("mark").get_text().startswith(marked)
    page.mark.unwrap()
    assert page.get_text() == BeautifulSoup(markup.render_quoted(passage), "html.parser").get_text()


@pytest.mark.parametrize(
    ("passage", "quote"), [("a\ue000b", "x"), ("```\na\nb\n```", "```\na\nb\n```"), ("| a |", "| a |")]
)
def test_passage_without_a_sentence_to_mark_is_drawn_plain(passage, quote):
    assert "mark>" not in markup.render_passage(passage, quote)


def test_cited_names_each_marker_once_outside_of_code():
    assert markup.cited("A [3]. B [1] [3] `[4]` $a[5]$\n\n```\n[6]\n```") == [3, 1]
