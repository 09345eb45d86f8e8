"""Walks through the pages of a document and gathers their blocks into passages."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ai_assist.chunking.packing import Piece, packed, unfinished
from ai_assist.chunking.passage import BlockText, PageText, Passage, words_in
from ai_assist.chunking.wholes import code_parts, fenced, table_parts

ALONE = {"code", "table"}
FLOWS = {"prose": "prose", "list": "prose", "math": "prose"}
"""Kinds that stand together in one passage; the others only beside their own."""
PATH_LONGEST = 500
BESIDE_CODE = 30  # words; shorter code stays in the text that speaks of it


def cut(title: str, pages: Iterable[PageText]) -> list[Passage]:
    """Passages of about `rules.CHUNK_WORDS` words, in order.

    A passage never holds what stands under different headings, and text of two pages only where a sentence goes on
    over the page. A fence, a formula and a row of a table are never cut; a file that is nothing but source code is,
    between its functions.
    """
    walk = Walk(title)
    for page in pages:
        walk.turn(page)
    walk.close()
    return walk.passages


@dataclass(frozen=True)
class Heading:
    level: int
    text: str


class Walk:
    """Where it is: under which headings, and which pieces wait to become passages."""

    def __init__(self, title: str) -> None:
        self.title = title
        self.passages: list[Passage] = []
        self.headings: list[Heading] = []
        self.waiting: list[Piece] = []
        self.kind = "prose"
        self.goes_on = False

    def turn(self, page: PageText) -> None:
        """Takes in one page."""
        self._begin(page)
        count, bare = len(self.passages), []
        is_source = [block.kind for block in page.blocks] == ["code"]
        for place, block in enumerate(page.blocks):
            if not block.text.strip():
                continue
            if block.kind == "heading":
                self._emit()
                self._under(Heading(max(block.level, 1), one_line(block.text)))
                bare.append(Piece(page.number, place, one_line(block.text)))
            elif block.kind in ALONE and not is_beside(block, is_source):
                self._emit()
                self._add_whole(page.number, place, block, is_source)
            else:
                self._flow(page.number, place, block)
        if bare and count == len(self.passages) and not self.waiting:
            self.waiting = bare  # a page of headings alone, which would not be found otherwise

    def close(self) -> None:
        self._emit()

    def _begin(self, page: PageText) -> None:
        """A sentence that the turn of the page interrupts goes on; all else is a passage of its page."""
        first = next((block for block in page.blocks if block.text.strip()), None)
        goes_on = first is not None and first.kind == self.kind == "prose" and not page.label
        tail = unfinished(self.waiting) if goes_on else None
        self.goes_on = False
        if tail is None:
            self._emit()
        else:
            self.waiting, rest = tail
            self._emit()
            self.waiting = [rest]
            self.goes_on = True
        if page.label and not any(one_line(b.text) == one_line(page.label) for b in page.blocks if b.kind == "heading"):
            self.headings = [Heading(0, one_line(page.label))]

    def _under(self, heading: Heading) -> None:
        self.headings = [above for above in self.headings if above.level < heading.level]
        self.headings.append(heading)

    def _flow(self, page: int, place: int, block: BlockText) -> None:
        kind = FLOWS.get(block.kind, "prose" if block.kind == "code" else block.kind)
        if kind != self.kind:
            self._emit()
            self.kind = kind
        is_whole = block.kind in ("math", "code")
        self.waiting.append(Piece(page, place, shown(block), is_whole, self.goes_on and block.kind == "prose"))
        self.goes_on = False

    def _add_whole(self, page: int, place: int, block: BlockText, is_source: bool) -> None:
        parts: Sequence[str]
        if block.kind == "table":
            parts = table_parts(block.text)
        else:
            parts = [fenced(part, block.language) for part in code_parts(block.text, block.language, is_source)]
        for part in parts:
            self._keep(block.kind, [Piece(page, place, part)])

    def _emit(self) -> None:
        for pieces in packed(self.waiting):
            kind = "math" if self.kind == "prose" and all(is_formula(piece) for piece in pieces) else self.kind
            self._keep(kind, pieces)
        self.waiting = []

    def _keep(self, kind: str, pieces: Sequence[Piece]) -> None:
        text = "".join(joined(pieces))
        self.passages.append(
            Passage(
                kind=kind,
                text=text,
                heading_path=self._path(),
                page_start=pieces[0].page,
                page_end=pieces[-1].page,
                start=pieces[0].place,
                end=pieces[-1].place,
                tokens=words_in(text),
            )
        )

    def _path(self) -> str:
        names = [heading.text for heading in self.headings]
        if names and names[0].casefold() == one_line(self.title).casefold():
            names = names[1:]
        return " > ".join(names)[:PATH_LONGEST]


def shown(block: BlockText) -> str:
    text = block.text.strip("\n")
    if block.kind == "code":
        return fenced(text, block.language)
    if block.kind == "math" and not text.lstrip().startswith(("$", "\\[")):
        return f"$$\n{text}\n$$"
    return text.strip()


def is_beside(block: BlockText, is_source: bool) -> bool:
    return block.kind == "code" and not is_source and words_in(block.text) < BESIDE_CODE


def is_formula(piece: Piece) -> bool:
    return piece.is_whole and piece.text.startswith(("$", "\\["))


def joined(pieces: Sequence[Piece]) -> Iterator[str]:
    for before, piece in zip([None, *pieces], pieces, strict=False):
        if before is not None:
            yield " " if piece.goes_on else "\n\n"
        yield piece.text


def one_line(text: str) -> str:
    return " ".join(text.split())
