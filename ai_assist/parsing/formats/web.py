"""HTML: what a browser would show, as blocks."""

import re
from collections.abc import Iterator
from typing import Any

from lxml import html

from ..blocks import Block, Facts, Page
from ..encodings import decoded
from ..sections import in_sections
from . import Upload
from .hidden import Hidden
from .walk import Walk

_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w-]{1,40})", re.IGNORECASE)
_DECLARED = re.compile(rb"^\s*<\?xml[^>]{0,100}encoding\s*=\s*[\"']([\w-]{1,40})", re.IGNORECASE)
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")


def read(upload: Upload) -> Iterator[Page | Facts]:
    tree = tree_of(upload.content)
    if tree is None:
        yield Facts(title="", is_paged=False)
        return
    yield from in_sections(blocks_of(tree))
    yield Facts(title=title_of(tree), is_paged=False, language=tree.get("lang") or tree.get("{*}lang") or "")


def tree_of(content: bytes) -> Any:
    """The page as a tree, or None when there is nothing in it."""
    said = _CHARSET.search(content[:4096]) or _DECLARED.search(content[:200])
    text = _DECLARATION.sub("", decoded(content, said=said[1].decode() if said else ""))
    return tree_of_text(text)


def tree_of_text(text: str) -> Any:
    if not text.strip():
        return None
    parser = html.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False)
    return html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)


def blocks_of(tree: Any) -> Iterator[Block]:
    sheets = "\n".join(style.text or "" for style in tree.iter("style"))
    yield from Walk(Hidden(sheets)).blocks(tree)


def title_of(tree: Any) -> str:
    title = tree.find(".//title")
    return " ".join((title.text or "").split()) if title is not None else ""
