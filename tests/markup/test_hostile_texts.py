"""Texts built to keep the pipeline busy: bounded time, growth in step with the length, nothing lost."""

import time
from collections.abc import Callable

import pytest

from markup import mentioned, plain_text, render, rules
from markup.formulas import _mathml
from tests.markup.reading import words

SIZE = rules.MAX_SOURCE_CHARACTERS
SECONDS = 2.0
GROWTH = 3.4
"""Twice the text may cost twice the time, and a little noise; a quadratic pattern costs four times."""
TOO_SHORT_TO_COMPARE = 0.3
LARGEST_HTML = 32 * SIZE

REPEATED = {
    "quotes": ">",
    "quoted lists": "> - ",
    "numbers": "1. ",
    "brackets": "[",
    "images": "![",
    "open links": "[a](",
    "open addresses": "[a](<b",
    "open titles": '[a](b "',
    "definitions": "[a]: b\n",
    "emphasis": "*a_ ",
    "mixed emphasis": "*a **a ",
    "open strong": "**a",
    "inner strong": "a**b",
    "underscores": "_a",
    "strikes": "~~a ",
    "angles": "<",
    "tags": '<a href="',
    "comments": "<!--",
    "cdata": "<![CDATA[",
    "entities": "&#x41;",
    "half entities": "&amp",
    "backslashes": "\\",
    "headings": "a\n-\n",
    "items": "-\n",
    "tasks": "- [ ] a\n",
    "fences": "```\n",
    "named fences": "```python\na\n```\n",
    "unknown fences": "```zzz\n",
    "bars": "|",
    "footnote marks": "[^",
    "addresses": "http://",
    "hosts": "www.",
    "mails": "a@",
    "dots": "a.",
    "letters": "a",
    "mentions": "@ab ",
    "colons": "://",
    "dollars": "$",
    "double dollars": "$$",
    "open formulas": "$a",
    "open display formulas": "$$a\n",
    "empty display formulas": "$$\n",
    "escaped dollars": "\\$$",
    "formulas": "$x$ ",
    "wrong formulas": "$\\foo$ ",
    "directions": "\u202e",
    "spaces": "\u00a0",
    "line ends": "\r\n",
    "zeros": "\x00",
}
BUILT: dict[str, Callable[[int], str]] = {
    "nested list": lambda size: "".join(" " * (2 * depth) + "- a\n" for depth in range(int(size**0.5))),
    "backticks": lambda size: "".join("e" + "`" * length for length in range(1, int((2 * size) ** 0.5) - 2)),
    "wide table": lambda size: "|" + "a|" * (size // 5) + "\n|" + "-|" * (size // 5),
    "long table": lambda size: "|a|b|\n|-|-|\n" + "|x\n" * ((size - 14) // 3),
    "short rows": lambda size: "|" + "a|" * 200 + "\n|" + "-|" * 200 + "\n" + "|\n" * ((size - 1000) // 2),
    "one footnote": lambda size: "[^a]: x\n\n" + "[^a]" * (size // 4 - 5),
    "open footnotes": lambda size: "[^a]: x\n\n" + "[^" * (size // 2 - 6),
    "lazy lines": lambda size: "> " * rules.MAX_NESTING + "\n" + "a\n" * ((size - 300) // 2),
    "brackets after address": lambda size: "http://a.b/" + ")" * (size - 20),
    "entities after address": lambda size: "http://a.b/" + "&a;" * ((size - 20) // 3),
    "references": lambda size: "[a]: x\n\n" + "[a]" * ((size - 20) // 3),
    "emphasis inside": lambda size: "*a **a " * (size // 16) + "b** b*" * (size // 16),
    "links inside": lambda size: "![a" * (size // 7) + "](b)" * (size // 7),
    "long formulas": lambda size: ("$" + "x^{y}" * 800 + "$ ") * (size // 4010),
    "roots": lambda size: ("$" + "\\sqrt" * 800 + "x$ ") * (size // 4010),
    "wide matrices": lambda size: ("$\\begin{matrix}" + "a&" * 1900 + "\\end{matrix}$\n\n") * (size // 3840),
    "fractions": lambda size: ("$" + "\\frac{" * 45 + "1" + "}{2}" * 45 + "$\n\n") * (size // 505),
}
PATTERNS: dict[str, Callable[[int], str]] = {
    **{name: lambda size, piece=piece: (piece * (size // len(piece) + 1))[:size] for name, piece in REPEATED.items()},
    **BUILT,
}
# Lexer and text that took the longest of 65 lexers × 60 patterns.
HARD_CODE = [
    ("objc", "\n"),
    ("java", "\n"),
    ("java", "a b "),
    ("cpp", "//"),
    ("make", "a"),
    ("tsx", "a."),
    ("perl", "<<A\n"),
    ("js", "a('b\\\"{[<"),
    ("r", "a('b\\\"{[<"),
    ("tsql", "["),
    ("matlab", "\n"),
    ("html", "<?"),
    ("python", '"'),
]
SLOWEST = ["brackets", "images", "open footnotes", "lazy lines", "short rows", "mixed emphasis"]


def seconds(source: str) -> float:
    """Processor time, so that a busy machine does not fail the test."""
    _mathml.cache_clear()
    start = time.process_time()
    html = render(source)
    used = time.process_time() - start
    assert len(html) < LARGEST_HTML
    return used


@pytest.mark.parametrize("name", PATTERNS)
def test_render_hostile_pattern_stays_within_time(name: str) -> None:
    build = PATTERNS[name]
    whole = min(seconds(build(SIZE)[:SIZE]) for _ in range(2))
    assert whole < SECONDS
    if whole > TOO_SHORT_TO_COMPARE:
        assert whole < GROWTH * seconds(build(SIZE // 2)[: SIZE // 2])


@pytest.mark.parametrize(("language", "piece"), HARD_CODE)
def test_render_hostile_code_stays_within_time(language: str, piece: str) -> None:
    """Colours stop when their time is up, the text does not."""
    code = (piece * SIZE)[: rules.MAX_COLOURED_CHARACTERS - 2]
    block = f"```{language}\n{code}\n```\n"
    assert seconds(block * 3) < SECONDS
    assert words(render(block)).rstrip("\n").endswith(code.rstrip("\n"))


@pytest.mark.parametrize("name", SLOWEST)
def test_other_readings_of_a_hostile_pattern_stay_within_time(name: str) -> None:
    source = PATTERNS[name](SIZE)[:SIZE]
    start = time.process_time()
    mentioned(source)
    plain_text(source, 200)
    assert time.process_time() - start < 2 * SECONDS


def test_render_table_of_more_cells_than_a_post_can_spell_stays_text() -> None:
    header = "|" + "a|" * 100 + "\n|" + "-|" * 100 + "\n"
    assert "<td" not in render(header + "|\n" * 200)
    assert render(header + "|\n" * 100).count("<td") == 100 * 100


@pytest.mark.parametrize("source", [">" * 10_000 + " deep", "- " * 10_000 + "deep", "1) " * 5_000 + "deep"])
def test_render_text_that_is_nested_too_deeply_is_shown_whole(source: str) -> None:
    html = render(source)
    assert html.startswith(
        '<p class="plain-reason">Shown without formatting: it is nested too deeply.</p><pre class="plain">'
    )
    assert words(html).endswith(source)


def test_render_text_that_is_too_long_is_shown_whole() -> None:
    source = "*a* " * (SIZE // 4 + 1)
    html = render(source)
    assert html.startswith('<p class="plain-reason">Shown without formatting: it is too long.</p>')
    assert words(html).endswith(source)


def test_render_nested_inline_keeps_its_words() -> None:
    source = "*" * 200 + "deep" + "*" * 200
    assert words(render(source)).strip().strip("*") == "deep"
    assert "deep" in words(render("[" * 5_000 + "deep" + "](/x)" * 5_000))
