"""Texts as plain words on one line."""

import pytest

from markup import plain_text


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("# Title\n\nSome *text* with `code` and [a link](https://e.org).", "Title Some text with code and a link."),
        ("so $x^2$ is\n\n$$\ny\n$$\n\nend", "so $x^2$ is $$y$$ end"),
        ("- a\n- [x] b\n\n> c\nd", "a b c d"),
        ("| a | b |\n|---|---|\n| c | d |", "a b c d"),
        ("![a picture](https://e.org/x.png) ~~gone~~ @ada", "a picture gone @ada"),
        ("text[^1]\n\n[^1]: A note.", "text"),
        ("<b>bold</b> &amp; \\*", "<b>bold</b> & *"),
        ("a\u202eb", "a⟦U+202E⟧b"),
        ("", ""),
    ],
)
def test_plain_text_keeps_the_words(source: str, expected: str) -> None:
    assert plain_text(source, 200) == expected


def test_plain_text_is_cut_between_words() -> None:
    assert plain_text("one two three four", 12) == "one two…"
    assert plain_text("one two", 7) == "one two"
    assert plain_text("abcdefghij", 5) == "abcd…"


def test_plain_text_is_not_cut_within_a_formula() -> None:
    assert plain_text("one two three $a + b + c$ four", 24) == "one two three…"
    assert plain_text("one $a + b + c + d + e$", 20) == "one…"
    assert plain_text("$a + b + c + d + e$ one", 12) == "…"


def test_plain_text_keeps_long_code_short() -> None:
    excerpt = plain_text("before\n\n```\n" + "x = 1\n" * 100 + "```\n\nafter", 500)
    assert excerpt.startswith("before x = 1 x = 1")
    assert excerpt.endswith("… after")
    assert len(excerpt) == len("before ") + 80 + len(" after")


def test_plain_text_never_exceeds_its_limit() -> None:
    for limit in range(2, 60):
        assert len(plain_text("Lorem, *ipsum* dolor; sit `amet` $x$ \u202e consectetur", limit)) <= limit
