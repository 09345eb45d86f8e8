"""The first paragraph of a rendered text, for lists: formulas as formulas, nothing to click or to jump to."""

import re

import nh3

from .allowlist import ATTRIBUTES, TAGS

MAX_CHARACTERS = 1_500

_PARAGRAPH = re.compile(r"<p>(.*?)</p>", re.DOTALL)
_BLOCKS = frozenset(
    [
        "a",
        "blockquote",
        "br",
        "button",
        "div",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "input",
        "li",
        "ol",
        "p",
        "pre",
        "section",
        "sup",
        "table",
        "tbody",
        "td",
        "th",
        "thead",
        "tr",
        "ul",
    ]
)
_TAGS = set(TAGS - _BLOCKS)
_DROPPED = {"id", "role", "tabindex", "href", "title"}
_ATTRIBUTES = {tag: set(names) - _DROPPED for tag, names in ATTRIBUTES.items() if tag in _TAGS}


def lead(html: str) -> str:
    """Safe phrasing HTML out of what `render` made; empty when there is no paragraph or it is too long for a list."""
    found = _PARAGRAPH.search(html)
    if found is None or len(found[1]) > MAX_CHARACTERS:
        return ""
    return nh3.clean(
        found[1], tags=_TAGS, attributes=_ATTRIBUTES, clean_content_tags={"script", "style", "sup"}
    ).strip()
