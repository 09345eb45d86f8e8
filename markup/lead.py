"""How a rendered text begins, for lists: formulas as formulas, nothing to click or to jump to."""

import re

import nh3

from .allowlist import ATTRIBUTES, TAGS

ENOUGH_CHARACTERS = 200
MAX_HTML_CHARACTERS = 2_500

_PIECE = re.compile(r'<p>(?P<words>.*?)</p>|<(?:div|p) class="math"[^>]*>(?P<formula>.*?)</(?:div|p)>', re.DOTALL)
_FOOTNOTES = '<section class="footnotes"'
_TAG = re.compile(r"<[^>]*>")
_TAGS = {tag for tag in TAGS if tag.startswith("m")} | {"code", "del", "em", "span", "strong"}
_SILENT = {"button", "script", "style", "sup"}
_DROPPED = {"id", "role", "tabindex", "href", "title", "aria-label"}
_ATTRIBUTES = {tag: set(names) - _DROPPED for tag, names in ATTRIBUTES.items() if tag in _TAGS}


def lead(html: str) -> str:
    """Safe phrasing HTML out of what `render` made: its first paragraphs and formulas until there is enough.

    A formula of several lines becomes an ellipsis. Empty when there is nothing to say, or it is too long for a list.
    """
    pieces: list[str] = []
    for found in _PIECE.finditer(html.partition(_FOOTNOTES)[0]):
        pieces.append(_on_one_line(found["formula"]) if found["words"] is None else found["words"])
        if sum(len(_TAG.sub("", piece)) for piece in pieces) >= ENOUGH_CHARACTERS:
            break
    text = " ".join(pieces)
    if len(text) > MAX_HTML_CHARACTERS:
        return ""
    return nh3.clean(text, tags=_TAGS, attributes=_ATTRIBUTES, clean_content_tags=_SILENT).strip()


def _on_one_line(formula: str) -> str:
    return "…" if "<mtable" in formula else formula.replace('display="block"', 'display="inline"')
