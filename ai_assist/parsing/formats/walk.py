"""Goes through a tree of HTML and tells its blocks in order: lines are collected until a block ends them."""

import re
from collections.abc import Iterator
from typing import Any

from ..blocks import Block
from ..tables import as_markdown
from .hidden import Hidden
from .mathml import tex_of, without_style

_BLOCKS = (
    "address article aside blockquote body center dd details dialog div dl dt fieldset figcaption figure footer form "
    "header hr html legend li main ol p section summary table ul pre h1 h2 h3 h4 h5 h6 optgroup option caption "
    "tbody thead tfoot tr td th"
)
BLOCKS = frozenset(_BLOCKS.split())
LEVELS = {f"h{level}": level for level in range(1, 7)}
_LANGUAGE = re.compile(r"(?:language|lang|highlight-source|brush:|sourceCode)[-\s]*([\w+#.-]+)")
_SPACE = re.compile(r"[ \t\n\r\f]+")
_AROUND_BREAK = re.compile(r" ?\n ?")
_BREAK = "\x1f"
"""Stands for `<br>` until spaces are gathered; no document has it, controls are taken out."""


class Walk:
    def __init__(self, hidden: Hidden) -> None:
        self.hidden = hidden
        self.line: list[str] = []
        self.items: list[str] = []
        self.markers: list[str] = []
        self.is_first_line_of_item = False

    def blocks(self, element: Any) -> Iterator[Block]:
        """Those of the element, without the text behind it."""
        yield from self._inside(element)
        yield from self._end_of_line()
        yield from self._end_of_list()

    def _inside(self, element: Any) -> Iterator[Block]:
        self._say(element.text)
        for child in element:
            if not self.hidden.has(child):
                yield from self._child(child)
            elif child.tag == "script" and str(child.get("type", "")).startswith("math/tex"):
                self.line.append(f"${(child.text or '').strip()}$")
            self._say(child.tail)

    def _child(self, child: Any) -> Iterator[Block]:
        tag = child.tag
        if tag in LEVELS or tag in ("pre", "table"):
            yield from self._end_of_line()
            yield from self._end_of_list()
            yield from self._whole(child)
        elif tag in ("ul", "ol"):
            yield from self._list(child)
        elif tag == "math" or tag.endswith(":math"):
            yield from self._math(child)
        elif tag == "code" or tag in ("kbd", "samp", "tt"):
            code = "".join(self._verbatim(child)).strip()
            self.line.append(f"`{code}`" if code else "")
        elif tag == "br":
            self.line.append(_BREAK)
        elif tag == "img":
            if "math" in child.get("class", ""):  # how Wikipedia shows a formula where MathML is not
                self.line.append(f"${without_style(child.get('alt', ''))}$")
        elif tag in BLOCKS:
            yield from self._end_of_line()
            yield from self._inside(child)
            yield from self._end_of_line()
        else:
            yield from self._inside(child)

    def _whole(self, child: Any) -> Iterator[Block]:
        if child.tag in LEVELS:
            yield Block("heading", self._text(child).replace("\n", " "), level=LEVELS[child.tag])
        elif child.tag == "pre":
            yield Block("code", "".join(self._verbatim(child)).strip("\n"), language=_language(child))
        else:
            yield from self._table(child)

    def _list(self, element: Any) -> Iterator[Block]:
        yield from self._end_of_line()
        number = 1
        for item in element:
            if self.hidden.has(item):
                continue
            self.markers.append(f"{number}. " if element.tag == "ol" else "- ")
            self.is_first_line_of_item = True
            yield from self._inside(item)
            yield from self._end_of_line()
            self.markers.pop()
            number += 1
        if not self.markers:
            yield from self._end_of_list()

    def _math(self, element: Any) -> Iterator[Block]:
        tex = tex_of(element)
        if not tex:
            return
        if element.get("display") == "block" or element.get("mode") == "display":
            yield from self._end_of_line()
            yield from self._end_of_list()
            yield Block("math", tex)
        else:
            self.line.append(f"${tex}$")

    def _table(self, table: Any) -> Iterator[Block]:
        """One inside of another only lays things out: then the cells are read one after the other."""
        rows = [row for row in table.iter("tr") if not self.hidden.has(row)]
        cells = [[cell for cell in row if cell.tag in ("td", "th") and not self.hidden.has(cell)] for row in rows]
        if (
            next(table.iterdescendants("table", "pre", "ul", "ol"), None) is not None
            or max(map(len, cells), default=0) < 2
        ):
            for cell in (cell for row in cells for cell in row if next(cell.iterancestors("table")) is table):
                yield from self._inside(cell)
                yield from self._end_of_line()
            return
        for caption in table.iterchildren("caption"):
            yield Block("prose", self._text(caption))
        yield Block("table", as_markdown([[text for cell in row for text in self._cell(cell)] for row in cells]))

    def _cell(self, cell: Any) -> list[str]:
        span = cell.get("colspan", "")
        wide = min(int(span), 20) if span.isascii() and span.isdigit() else 1
        return [self._text(cell), *[""] * (wide - 1)]

    def _text(self, element: Any) -> str:
        """All of it in one, whatever blocks are inside."""
        return "\n".join(block.text for block in Walk(self.hidden).blocks(element))

    def _verbatim(self, element: Any) -> Iterator[str]:
        yield element.text or ""
        for child in element:
            if child.tag == "br":
                yield "\n"
            elif not self.hidden.has(child):
                yield from self._verbatim(child)
            yield child.tail or ""

    def _say(self, text: str | None) -> None:
        if text:
            self.line.append(text)

    def _end_of_line(self) -> Iterator[Block]:
        said = _SPACE.sub(" ", "".join(self.line)).replace(_BREAK, "\n")
        text = _AROUND_BREAK.sub("\n", said).strip()
        self.line.clear()
        if not text:
            return
        if not self.markers:
            yield Block("prose", text)
            return
        indent = "  " * (len(self.markers) - 1)
        lead = self.markers[-1] if self.is_first_line_of_item else " " * len(self.markers[-1])
        self.items.append(indent + lead + text.replace("\n", " "))
        self.is_first_line_of_item = False

    def _end_of_list(self) -> Iterator[Block]:
        if self.items:
            yield Block("list", "\n".join(self.items))
            self.items.clear()


def _language(pre: Any) -> str:
    inner = next(pre.iterchildren("code"), None)
    for element in (pre, inner, pre.getparent()):
        said = _LANGUAGE.search(element.get("class", "")) if element is not None else None
        if said:
            return said[1].lower()
    return ""
