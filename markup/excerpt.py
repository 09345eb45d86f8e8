"""A text as plain words on one line, for lists, feeds and descriptions."""

from collections.abc import Iterator, Sequence

from markdown_it.token import Token

from . import rules
from .characters import show_directions
from .footnotes import without_footnotes

HELD = "\0"
"""A space within a formula, at which nothing is cut."""


def excerpt(tokens: Sequence[Token], limit: int) -> str:
    """At most `limit` characters, cut between words; formulas as their source, long code cut short."""
    words = show_directions(" ".join("".join(_pieces(without_footnotes(tokens))).split()))
    if len(words) <= limit:
        return words.replace(HELD, " ")
    cut = words[: limit - 1]
    space = cut.rfind(" ")
    is_between = space > limit // 2 or HELD in cut[space + 1 :]
    return (cut[: max(space, 0)] if is_between else cut).replace(HELD, " ").rstrip(" ,.;:") + "…"


def plain_words(tokens: Sequence[Token]) -> str:
    """What stands in a line, without its formatting."""
    return " ".join("".join(_pieces(tokens)).replace(HELD, " ").split())


def _pieces(tokens: Sequence[Token]) -> Iterator[str]:
    for token in tokens:
        if token.type == "inline":
            yield from _pieces(token.children or ())
            yield " "
        elif token.type == "image":
            yield from _pieces(token.children or ())
        elif token.type in ("fence", "code_block"):
            yield _shortened(token.content) + " "
        elif token.type in ("math_inline", "math_display", "math_block"):
            yield HELD.join(f"{token.markup}{token.content}{token.markup}".split())
            yield " " * token.block
        elif token.type in ("text", "text_special", "code_inline", "mention"):
            yield token.content
        elif token.type in ("softbreak", "hardbreak"):
            yield " "


def _shortened(code: str) -> str:
    line = " ".join(code.split())
    return line if len(line) <= rules.EXCERPT_CODE_CHARACTERS else line[: rules.EXCERPT_CODE_CHARACTERS - 1] + "…"
