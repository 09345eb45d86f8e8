"""Markers `[1]` in an answer from documents, each of which leads to the passage that it rests on."""

import re
from collections.abc import Sequence
from html import escape

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markdown_it.utils import EnvType

_MARKER = re.compile(r"\[(\d{1,2})\]")
_FOREIGN = ("link", "image", "autolink")


def add_markers(md: MarkdownIt) -> None:
    """And nothing else that leads anywhere: addresses stay words, pictures their source."""
    md.disable([*_FOREIGN, "reference"])
    md.inline.ruler.push("marker", _marker)


def marker_link(token: Token, env: EnvType) -> str:
    number = token.content
    address = env["markers"].get(int(number))
    if address is None:
        return f"[{number}]"
    return f'<a class="marker" href="{escape(address)}" aria-label="Source {number}">[{number}]</a>'


def markers_in(tokens: Sequence[Token]) -> list[int]:
    """Their numbers, in order."""
    return [int(token.content) for token in tokens if token.type == "marker"]


def _marker(state: StateInline, silent: bool) -> bool:
    match = _MARKER.match(state.src, state.pos) if state.src[state.pos] == "[" else None
    if not match:
        return False
    if not silent:
        state.push("marker", "a", 0).content = match[1]
    state.pos += len(match[0])
    return True
