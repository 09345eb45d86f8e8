"""Footnotes: `[^label]` and its definition, with ids of their own for every text."""

import re
from collections.abc import Sequence
from hashlib import blake2s

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from mdit_py_plugins.footnote.index import footnote_def, footnote_ref, footnote_tail

from . import rules

_REFERENCE = re.compile(rf"\[\^[^\s\[\]]{{1,{rules.MAX_FOOTNOTE_LABEL_CHARACTERS}}}\]")


def add_footnotes(md: MarkdownIt) -> None:
    md.block.ruler.before("reference", "footnote_def", footnote_def, {"alt": ["paragraph", "reference"]})
    md.inline.ruler.after("image", "footnote_ref", _reference)
    md.core.ruler.after("inline", "footnote_tail", footnote_tail)


def _reference(state: StateInline, silent: bool) -> bool:
    # The plugin looks for the closing bracket up to the end of the text, at every opening one.
    return bool(_REFERENCE.match(state.src, state.pos)) and footnote_ref(state, silent)


def text_key(source: str) -> str:
    """Tells the footnotes of one text from those of the next one on the same page."""
    return blake2s(source.encode(), digest_size=4).hexdigest()


def reference(token: Token, key: str) -> str:
    number = token.meta["id"] + 1
    own_id = "" if token.meta["subId"] else f' id="user-content-fnref-{key}-{number}"'
    return f'<sup class="footnote-mark"><a href="#user-content-fn-{key}-{number}"{own_id}>{number}</a></sup>'


def opening(token: Token, key: str) -> str:
    return f'<li id="user-content-fn-{key}-{token.meta["id"] + 1}">'


def way_back(token: Token, key: str) -> str:
    """To the first mark only: a note may be referred to a thousand times."""
    if token.meta["subId"]:
        return ""
    number = token.meta["id"] + 1
    return (
        f' <a href="#user-content-fnref-{key}-{number}" class="footnote-back"'
        f' aria-label="Back to mark {number}">\u21a9\ufe0e</a>'
    )


def without_footnotes(tokens: Sequence[Token]) -> Sequence[Token]:
    """The tokens of the text itself, before its notes."""
    for position, token in enumerate(tokens):
        if token.type == "footnote_block_open":
            return tokens[:position]
    return tokens
