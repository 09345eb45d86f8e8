"""Markdown: turned into HTML and read as that, so that what its HTML hides stays hidden. Formulas are found as in the
posts of Cairn, and between `\\[ … \\]`, `\\( … \\)` and `\\begin{…} … \\end{…}` as well."""

import re
from collections.abc import Iterator, Sequence
from html import escape
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from mdit_py_plugins.front_matter import front_matter_plugin

from markup.math_syntax import add_math_syntax

from ..blocks import Block, Facts, Page
from ..encodings import decoded
from ..sections import in_sections
from . import Upload, web

_BRACKETS = {"\\(": "\\)", "\\[": "\\]"}
_ENVIRONMENT = re.compile(r"\\begin\{((?:equation|align|gather|multline|eqnarray)\*?)\}")
_TITLE = re.compile(r"^title:\s*[\"']?(.*?)[\"']?\s*$", re.MULTILINE)
_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.{0,20000}?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)


def read(upload: Upload) -> Iterator[Page | Facts]:
    text = decoded(upload.content).replace("\r\n", "\n")
    yield from in_sections(blocks_of(text))
    about = _FRONT_MATTER.match(text)
    title = _TITLE.search(about[1]) if about else None
    yield Facts(title=title[1] if title else "", is_paged=False)


def blocks_of(text: str) -> Iterator[Block]:
    tree = web.tree_of_text(_PARSER.render(text))
    if tree is not None:
        yield from web.blocks_of(tree)


def _tex_between_brackets(state: StateInline, silent: bool) -> bool:
    """`\\(` would otherwise be an escaped bracket."""
    start = state.pos
    if state.src[start] != "\\":
        return False
    environment = _ENVIRONMENT.match(state.src, start)
    opening = environment[0] if environment else state.src[start : start + 2]
    closing = rf"\end{{{environment[1]}}}" if environment else _BRACKETS.get(opening)
    end = state.src.find(closing, start + len(opening), state.posMax) if closing else -1
    if closing is None or end < 0:
        return False
    if not silent:
        token = state.push("math_inline" if opening == "\\(" else "math_display", "math", 0)
        inner = state.src[start + len(opening) : end].strip()
        token.content = f"{opening}\n{inner}\n{closing}" if environment else inner
    state.pos = end + len(closing)
    return True


def _math(renderer: Any, tokens: Sequence[Token], position: int, *_: Any) -> str:
    token = tokens[position]
    display = "inline" if token.type == "math_inline" else "block"
    tex = escape(token.content)
    beside = f'<annotation encoding="application/x-tex">{tex}</annotation>'
    return f'<math display="{display}"><mtext>{tex}</mtext>{beside}</math>'


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).use(front_matter_plugin)
    add_math_syntax(parser)
    parser.inline.ruler.before("escape", "math_brackets", _tex_between_brackets)
    for kind in ("math_inline", "math_display", "math_block"):
        parser.add_render_rule(kind, _math)
    return parser


_PARSER = _parser()
