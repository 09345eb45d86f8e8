"""Blocks of a document as Markdown in which only formulas and code mean anything: what else looks like a sign of
Markdown is a sign that the document shows. So they go through the pipeline of what members quote."""

import re
from collections.abc import Iterator, Sequence
from itertools import chain, groupby, pairwise

from ai_assist.chunking.passage import BlockText
from ai_assist.chunking.wholes import fenced, table_parts

LONGEST = 12_000
"""Characters; with every sign escaped still less than the pipeline takes at once."""
OPENING, CLOSING = "\ue000", "\ue001"
"""Around the words that are marked, until they are HTML."""

_OURS = {ord(OPENING): "\ufffd", ord(CLOSING): "\ufffd"}
_KEPT = re.compile(
    r"`[^`\n]+`"
    r"|\$\$[^$]+\$\$|(?<![\d$\\])\$(?![\s$])[^$\n]*(?<![\s\\])\$(?![\d$])",
)
"""Code and formulas within a line, by the rules of the pipeline: prices are no formulas."""
_SIGN = re.compile(r"([!-/:-@\[-`{-~])")
_PARAGRAPHS = re.compile(r"\S(?:.*?\S)??(?=\s*\n\s*\n|\s*\Z)", re.DOTALL)
_BREAK = re.compile(r"[ \t]*\n[ \t]*")
_LINES = re.compile(r"[^\n]*\S[^\n]*")
_ITEM = re.compile(r"(?P<indent> *)(?P<marker>-|\d{1,9}[.)]) +(?P<text>\S.*)")
_RULE = re.compile(r"[|\s:-]+")
_CELLS = re.compile(r"(?<!\\)\|")


def sources(block: BlockText, marks: Sequence[range] = ()) -> Iterator[str]:
    """One after the other they are the block. `marks`: places in its text; code, tables and formulas have none."""
    text = block.text.translate(_OURS)
    if block.kind == "heading":
        yield f"{'#' * min(max(block.level, 1), 6)} {_inline(_BREAK.sub(' ', text), marks)}"
    elif block.kind == "code":
        yield from (fenced(part, block.language) for part in _cut(text, "\n"))
    elif block.kind == "math":
        yield text if text.lstrip().startswith("$") else f"$$\n{text.strip()}\n$$"
    elif block.kind == "table" and _is_table(text):
        parts = [text] if len(text) <= LONGEST else table_parts(text)
        yield from ("\n".join(_row(line) for line in part.splitlines()) for part in parts)
    elif block.kind == "list":
        yield "\n".join(_items(text, marks))
    else:
        yield from _paragraphs(text, marks)


def _paragraphs(text: str, marks: Sequence[range]) -> Iterator[str]:
    for found in _PARAGRAPHS.finditer(text):
        start = found.start()
        for part in _cut(found[0], " "):
            yield _BREAK.sub("\\\\\n", _inline(part, _within(marks, start, len(part))))
            start += len(part)


def _items(text: str, marks: Sequence[range]) -> Iterator[str]:
    """Each below the text of the item that it belongs to, as Markdown wants it."""
    above: list[tuple[int, int]] = []
    for line in _LINES.finditer(text):
        item = _ITEM.fullmatch(line[0])
        indent = len(line[0]) - len(line[0].lstrip(" "))
        words = item["text"] if item else line[0].strip()
        start = line.start() + (item.start("text") if item else len(line[0]) - len(line[0].lstrip()))
        while above and above[-1][0] > indent - (0 if item else 1):
            above.pop()
        if item or not above:
            if above and above[-1][0] == indent:
                above.pop()
            outside = above[-1][1] if above else 0
            marker = item["marker"] if item else "-"
            above.append((indent, outside + len(marker) + 1))
            lead = f"{' ' * outside}{marker} "
        else:
            lead = f"\n{' ' * above[-1][1]}"
        yield lead + _inline(words, _within(marks, start, len(words)))


def _is_table(text: str) -> bool:
    lines = text.strip().splitlines()
    return len(lines) > 1 and _RULE.fullmatch(lines[1]) is not None


def _row(line: str) -> str:
    if _RULE.fullmatch(line):
        return line
    cells = [cell.replace("\\|", "|").strip() for cell in _CELLS.split(line.strip())]
    return "|".join(_inline(cell).replace("\\|", "|").replace("|", "\\|") for cell in cells)


def _inline(text: str, marks: Sequence[range] = ()) -> str:
    parts = []
    for is_marked, pieces in groupby(_pieces(text, marks), key=lambda piece: piece[1]):
        said = "".join(piece for piece, _ in pieces)
        parts.append(f"{OPENING}{said}{CLOSING}" if is_marked else said)
    return "".join(parts)


def _pieces(text: str, marks: Sequence[range]) -> Iterator[tuple[str, bool]]:
    """With or without a mark; what is code or a formula has one as a whole."""
    at = 0
    for kept in chain(_KEPT.finditer(text), [None]):
        until = kept.start() if kept else len(text)
        borders = {border for mark in marks for border in (mark.start, mark.stop) if at < border < until}
        for start, end in pairwise(sorted({at, until, *borders})):
            yield _SIGN.sub(r"\\\1", text[start:end]), any(start in mark for mark in marks)
        if kept:
            at = kept.end()
            yield kept[0], any(mark.start < at and kept.start() < mark.stop for mark in marks)


def _within(marks: Sequence[range], start: int, length: int) -> list[range]:
    """The marks as places in the part that begins at `start`."""
    inside = (range(max(mark.start - start, 0), min(mark.stop - start, length)) for mark in marks)
    return [mark for mark in inside if mark]


def _cut(text: str, between: str) -> Iterator[str]:
    """In parts that are not too long, where possible at such a sign."""
    while len(text) > LONGEST:
        end = text.rfind(between, 0, LONGEST) + 1 or LONGEST
        yield text[:end]
        text = text[end:]
    yield text
