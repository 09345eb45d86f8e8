"""Markdown to safe HTML: the one way from a member's text to a page. No models, no pages, no Django."""

import logging
import re
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token

from . import rules
from .allowlist import sanitize
from .characters import printable, show_directions
from .excerpt import excerpt
from .footnotes import text_key
from .limits import TooComplex
from .markers import markers_in
from .parser import build_parser, build_quoting_parser
from .renderer import HtmlRenderer

__all__ = [
    "PIPELINE_VERSION",
    "cited",
    "mentioned",
    "pictured",
    "plain_text",
    "render",
    "render_passage",
    "render_quoted",
    "rules",
]

PIPELINE_VERSION = 6
"""Goes up when the same source gives other HTML; rows remember the one that they were rendered with."""

_PARSER = build_parser(HtmlRenderer)
_QUOTING_PARSER = build_quoting_parser(HtmlRenderer)
_MARK, _MARK_END = "\ue000", "\ue001"
_NO_MARKS = dict.fromkeys(map(ord, (_MARK, _MARK_END)))
_LINE_OF_LIST = re.compile(r" *(?:[-*+•–]|\d{1,3}[.)]) +")
_LOG = logging.getLogger(__name__)


def render(
    source: str,
    *,
    mentions: Mapping[str, str] | None = None,
    pictures: Mapping[str, tuple[int, int]] | None = None,
) -> str:
    """Safe HTML. `mentions` says which lower-case user names become a link, and where to; `pictures` which addresses
    are pictures of ours, and their width and height. Never raises.
    """
    return _rendered(_PARSER, source, {"mentions": mentions or {}, "pictures": pictures or {}, "shown_pictures": 0})


def render_quoted(source: str, *, markers: Mapping[int, str] | None = None) -> str:
    """Safe HTML of a text that a document or a model wrote: nothing in it leads anywhere but the `markers` `[1]`, which
    lead where they say. Never raises."""
    return _rendered(_QUOTING_PARSER, source, {"markers": markers or {}})


def render_passage(source: str, quote: str) -> str:
    """As `render_quoted`, with the quotation marked where it is a sentence or a line of the passage."""
    before, is_there, after = source.translate(_NO_MARKS).partition(quote)
    if not is_there or "\n" in quote or quote.startswith(("|", "$$")):
        return render_quoted(source)
    start = _LINE_OF_LIST.match(quote)
    bullet = start[0] if start else ""
    marked = f"{before}{bullet}{_MARK}{quote.removeprefix(bullet)}{_MARK_END}{after}"
    return render_quoted(marked).replace(_MARK, "<mark>").replace(_MARK_END, "</mark>")


def _rendered(parser: MarkdownIt, source: str, env: dict[str, Any]) -> str:
    text = printable(source)
    if len(text) > rules.MAX_SOURCE_CHARACTERS:
        return _unformatted(text, "it is too long")
    env |= {"key": text_key(text), "formulas": 0, "seconds_for_colours": rules.MAX_COLOURING_SECONDS}
    try:
        return show_directions(sanitize(parser.render(text, env)))
    except TooComplex as error:
        return _unformatted(text, str(error))
    except Exception:  # noqa: BLE001 - whatever a parser stumbles over, the reader gets the text
        _LOG.exception("A text could not be rendered")
        return _unformatted(text, "it could not be read")


def mentioned(source: str) -> list[str]:
    """The user names, in lower case, that are mentioned outside of code and links: in order, each once."""
    found = (token.content[1:].lower() for token in _all_tokens(_parse(source)) if token.type == "mention")
    return list(dict.fromkeys(found))


def pictured(source: str) -> list[str]:
    """The addresses of the images in the text: in order, each once."""
    found = (str(token.attrGet("src")) for token in _all_tokens(_parse(source)) if token.type == "image")
    return list(dict.fromkeys(found))


def cited(source: str) -> list[int]:
    """The numbers of the markers in a quoting text, outside of code and formulas: in order, each once."""
    return list(dict.fromkeys(markers_in([*_all_tokens(_parse(source, _QUOTING_PARSER))])))


def plain_text(source: str, limit: int) -> str:
    """At most `limit` characters of the text as plain words on one line. Not HTML: to be escaped."""
    return excerpt(_parse(source), limit)


def _parse(source: str, parser: MarkdownIt = _PARSER) -> Sequence[Token]:
    text = printable(source)[: rules.MAX_SOURCE_CHARACTERS]
    try:
        return parser.parse(text)
    except TooComplex:
        return [Token("text", "", 0, content=text)]
    except Exception:  # noqa: BLE001 - as in render
        _LOG.exception("A text could not be parsed")
        return [Token("text", "", 0, content=text)]


def _all_tokens(tokens: Sequence[Token]) -> Iterator[Token]:
    for token in tokens:
        yield token
        yield from _all_tokens(token.children or ())


def _unformatted(text: str, reason: str) -> str:
    sentence = f'<p class="plain-reason">Shown without formatting: {reason}.</p>'
    return show_directions(sanitize(f'{sentence}<pre class="plain">{escape(text)}</pre>'))
