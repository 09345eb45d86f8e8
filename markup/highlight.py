"""Source code to coloured HTML: a few classes of our own instead of the highlighter's ninety."""

import re
from collections.abc import Iterator
from functools import cache
from html import escape
from time import thread_time

from pygments.lexer import Lexer
from pygments.lexers import find_lexer_class, get_all_lexers
from pygments.token import (
    Comment,
    Generic,
    Keyword,
    Literal,
    Name,
    Number,
    Operator,
    String,
    Token,
    _TokenType,
)
from pygments.util import ClassNotFound

from . import rules
from .languages import LABELS, LEXERS

_CLASSES: dict[_TokenType, str] = {
    Token: "",
    Comment: "hl-comment",
    Comment.Preproc: "hl-keyword",
    Keyword: "hl-keyword",
    Keyword.Constant: "hl-number",
    Keyword.Type: "hl-type",
    Operator.Word: "hl-keyword",
    Literal: "hl-number",
    Number: "hl-number",
    String: "hl-string",
    String.Escape: "hl-escape",
    String.Interpol: "hl-escape",
    String.Doc: "hl-comment",
    Name.Attribute: "hl-name",
    Name.Builtin: "hl-builtin",
    Name.Class: "hl-type",
    Name.Constant: "hl-number",
    Name.Decorator: "hl-escape",
    Name.Exception: "hl-type",
    Name.Function: "hl-name",
    Name.Namespace: "hl-type",
    Name.Tag: "hl-keyword",
    Name.Variable: "hl-variable",
    Generic.Deleted: "hl-deleted",
    Generic.Inserted: "hl-inserted",
    Generic.Heading: "hl-keyword",
    Generic.Subheading: "hl-keyword",
    Generic.Prompt: "hl-comment",
    Generic.Output: "hl-comment",
    Generic.Traceback: "hl-deleted",
}
_LONG_GAP = re.compile(rf"\s{{{rules.MAX_GAP_IN_COLOURED_CODE}}}")
HIGHLIGHT_CLASSES = frozenset(_CLASSES.values()) - {""}


def highlight(code: str, name: str, seconds: float) -> tuple[str, str]:
    """The label of the language that the author named, and the code as HTML, coloured as far as the time lasts."""
    lexer_name = _lexer_names().get(name.lower())
    if lexer_name is None:
        return name[:30], escape(code)
    label = LABELS.get(lexer_name, lexer_name)
    if len(code) > rules.MAX_COLOURED_CHARACTERS or _LONG_GAP.search(code) or seconds <= 0:
        return label, escape(code)
    lexer = _lexer_class(lexer_name)(stripnl=False, ensurenl=False)
    return label, "".join(_spans(lexer, code, thread_time() + seconds))


def _spans(lexer: Lexer, code: str, deadline: float) -> Iterator[str]:
    open_class, open_text, done = "", "", 0
    for kind, text in lexer.get_tokens(code):
        css_class = _css_class(kind)
        if css_class != open_class and text.strip():
            yield _span(open_class, open_text)
            open_class, open_text = css_class, ""
        open_text += text
        done += len(text)
        if thread_time() > deadline:
            break
    yield _span(open_class, open_text)
    yield escape(code[done:])


def _span(css_class: str, text: str) -> str:
    return f'<span class="{css_class}">{escape(text)}</span>' if css_class else escape(text)


@cache
def _css_class(kind: _TokenType) -> str:
    while kind not in _CLASSES:
        kind = kind.parent
    return _CLASSES[kind]


@cache
def _lexer_names() -> dict[str, str]:
    """Every name under which an author may ask for a language."""
    found = get_all_lexers(plugins=False)
    return {alias: name for name, aliases, _, _ in found if name in LEXERS for alias in aliases}


@cache
def _lexer_class(name: str) -> type[Lexer]:
    lexer: type[Lexer] | None = find_lexer_class(name)
    if lexer is None:
        raise ClassNotFound(name)
    return lexer
