"""Word documents: no pages, since these come only when somebody prints them, but headings, lists, tables, code and
formulas. What is hidden or struck out by a tracked change is left out."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

import docx

from ..blocks import Block, Facts, Page
from ..sections import in_sections
from ..tables import as_markdown
from . import Upload, load_whole
from .drawings import EXTENT, is_to_be_read
from .omml import M, tex_of
from .word_notes import RAISED, notes_of
from .word_styles import Styles, W

_LEFT_OUT = {W + name for name in ("del", "moveFrom", "pPr", "rPr", "instrText", "sdtPr", "sdtEndPr")}
_SIGNS = {W + "tab": "\t", W + "br": "\n", W + "cr": "\n", W + "noBreakHyphen": "-"}
_CHOICE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Choice"
_MERGED = {"list": "\n", "code": "\n"}

load_whole(docx)


def read(upload: Upload) -> Iterator[Page | Facts]:
    document = docx.Document(upload.file)
    numbering = [part.element for part in document.part.package.parts if str(part.partname) == "/word/numbering.xml"]
    notes = [note for part in document.part.package.parts for note in notes_of(part)]
    reader = _Reader(Styles(document.styles.element, numbering[0] if numbering else None), dict(notes))
    yield from in_sections(_merged(reader.blocks(document.element.body)))
    about = document.core_properties
    yield Facts(
        title=about.title or "",
        is_paged=False,
        language=about.language or "",
        pictures=sum(map(is_to_be_read, document.element.body.iter(EXTENT))),
    )


def _merged(blocks: Iterable[Block]) -> Iterator[Block]:
    """Word knows neither lists nor listings, only paragraphs that look like parts of one."""
    for kind, group in groupby(blocks, key=lambda block: block.kind):
        if kind in _MERGED:
            yield Block(kind, _MERGED[kind].join(block.text for block in group))
        else:
            yield from group


class _Reader:
    def __init__(self, styles: Styles, notes: dict[tuple[str, str], Any]) -> None:
        self.styles = styles
        self.notes = notes
        self.marks = 0
        self.called: list[tuple[str, Any]] = []
        """Notes that were called since the last paragraph ended, each with its mark."""

    def blocks(self, parent: Any) -> Iterator[Block]:
        for child in parent.iterchildren():
            if child.tag == W + "p":
                yield from self._paragraph(child)
                yield from self._notes()
            elif child.tag == W + "tbl":
                yield from self._table(child)
            elif (
                isinstance(child.tag, str) and child.tag not in _LEFT_OUT
            ):  # around contents: fields to fill in, changes
                yield from self.blocks(child)

    def _paragraph(self, paragraph: Any) -> Iterator[Block]:
        parts = list(self._parts(paragraph, paragraph))
        text = "".join(said for said, _ in parts).strip("\n")
        level = self.styles.heading_level(paragraph)
        formulas = paragraph.findall(M + "oMathPara")
        marker = "" if level or not text.strip() else self.styles.marker(paragraph)
        if level:
            yield Block("heading", " ".join(text.split()), level=level)
        elif len(formulas) == 1 and text.strip() == f"${tex_of(formulas[0])}$":
            yield Block("math", tex_of(formulas[0]))
        elif text.strip() and all(is_code for said, is_code in parts if said.strip()):
            yield Block("code", text)
        elif marker:
            yield Block("list", marker + " ".join(_with_marks(parts).split()))
        else:
            yield Block("prose", _with_marks(parts).strip())
        for box in paragraph.iter(W + "txbxContent"):
            if next(box.iterancestors(_CHOICE), None) is not None:  # it stands there a second time, for older programs
                yield from self.blocks(box)

    def _notes(self) -> Iterator[Block]:
        """Right behind the paragraph that calls them."""
        called, self.called = self.called, []
        for mark, note in called:
            text = " ".join(block.text for block in self.blocks(note) if block.text)
            yield Block("prose", f"{mark} {text}")

    def _mark(self, run: Any) -> str:
        """Raised, as Word shows it; they are counted on and on."""
        said = ""
        for kind in ("footnote", "endnote"):
            for reference in run.iter(f"{W}{kind}Reference"):
                note = self.notes.pop((kind, reference.get(W + "id", "")), None)  # each is told once
                if note is not None:
                    self.marks += 1
                    said += str(self.marks).translate(RAISED)
                    self.called.append((said, note))
        return said

    def _parts(self, parent: Any, paragraph: Any) -> Iterator[tuple[str, bool]]:
        """Pieces of the text that are seen, and whether each is code."""
        for child in parent.iterchildren():
            if child.tag in (M + "oMath", M + "oMathPara"):
                yield f"${tex_of(child)}$", False
            elif child.tag == W + "r":
                if not self.styles.is_hidden(child, paragraph):
                    text = "".join(_SIGNS.get(each.tag) or each.text or "" for each in child if each.tag in _TEXT)
                    yield text + self._mark(child), self.styles.is_code(child, paragraph)
            elif isinstance(child.tag, str) and child.tag not in _LEFT_OUT:  # links, insertions, fields
                yield from self._parts(child, paragraph)

    def _table(self, table: Any) -> Iterator[Block]:
        """With one column it is a frame around what it holds."""
        rows = [[cell for cell in row.iter(W + "tc") if _row_of(cell) is row] for row in table.iterchildren(W + "tr")]
        if max(map(len, rows), default=0) == 1:
            for row in rows:
                yield from self.blocks(row[0])
        else:
            yield Block("table", as_markdown([[text for cell in row for text in self._cell(cell)] for row in rows]))

    def _cell(self, cell: Any) -> list[str]:
        span = cell.find(f"{W}tcPr/{W}gridSpan")
        wide = int(span.get(W + "val", "1")) if span is not None else 1
        merged = cell.find(f"{W}tcPr/{W}vMerge")
        if merged is not None and merged.get(W + "val") != "restart":
            return [""] * min(wide, 20)
        return ["\n".join(block.text for block in self.blocks(cell)), *[""] * (min(wide, 20) - 1)]


_TEXT = {W + "t", *_SIGNS}


def _row_of(cell: Any) -> Any:
    return next(cell.iterancestors(W + "tr"))


def _with_marks(parts: list[tuple[str, bool]]) -> str:
    """Neighbours together, code between backticks."""
    text = ""
    for is_code, group in groupby(parts, key=lambda part: part[1]):
        said = "".join(piece for piece, _ in group)
        text += f"`{said}`" if is_code and said.strip() else said
    return text
