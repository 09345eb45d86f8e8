"""Which way a list, a quotation or a table runs: to the left, where most of its letters do."""

import re
import unicodedata

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

_BLOCKS = re.compile(r"(?:bullet_list|ordered_list|blockquote|table|footnote_block)_open")
_RIGHT_TO_LEFT = ("R", "AL")


def add_directions(md: MarkdownIt) -> None:
    md.core.ruler.push("directions", _mark_directions)


def _mark_directions(state: StateCore) -> None:
    """Only of the outermost: what stands in one, bullets and columns and all, goes along with it."""
    block, depth, to_left = None, 0, 0
    for token in state.tokens:
        if block is None and _BLOCKS.fullmatch(token.type):
            block, depth, to_left = token, 0, 0
        if block is None:
            continue
        depth += token.nesting
        to_left += sum(map(_leaning, token.children or ()))
        if depth == 0:
            if to_left > 0:
                block.attrSet("dir", "rtl")
            block = None


def _leaning(token: Token) -> int:
    """Letters of its words that run to the left, less those that run to the right. Code and formulas say nothing."""
    if token.type != "text" or token.content.isascii():
        return -sum(map(str.isalpha, token.content)) if token.type == "text" else 0
    kinds = [unicodedata.bidirectional(char) for char in token.content]
    return sum(kind in _RIGHT_TO_LEFT for kind in kinds) - kinds.count("L")
