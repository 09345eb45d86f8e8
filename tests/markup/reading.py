"""Reads rendered HTML as a browser would hand it to a reader: a list of tags and words."""

from dataclasses import dataclass
from html.parser import HTMLParser

VOID = {"br", "hr", "img", "input"}
_BLOCKS = {
    *("blockquote", "div", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "li", "ol", "p", "pre", "section"),
    *("table", "tbody", "td", "th", "thead", "tr", "ul"),
}


@dataclass(frozen=True)
class Start:
    tag: str
    attributes: tuple[tuple[str, str], ...] = ()

    def __getitem__(self, name: str) -> str:
        return dict(self.attributes).get(name, "")

    def with_attributes(self, **changes: str | None) -> "Start":
        merged = {**dict(self.attributes), **changes}
        return Start(self.tag, tuple(sorted((name, value) for name, value in merged.items() if value is not None)))


@dataclass(frozen=True)
class End:
    tag: str


type Piece = Start | End | str


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[Piece] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.pieces.append(Start(tag, tuple(sorted((name, value or "") for name, value in attrs))))

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            self.pieces.append(End(tag))

    def handle_data(self, data: str) -> None:
        if self.pieces and isinstance(self.pieces[-1], str):
            data = self.pieces.pop() + data
        self.pieces.append(data)


def pieces(html: str) -> list[Piece]:
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.pieces


def tags(html: str) -> list[Start]:
    return [piece for piece in pieces(html) if isinstance(piece, Start)]


def words(html: str) -> str:
    return "".join(piece for piece in pieces(html) if isinstance(piece, str))


def without_gaps(found: list[Piece]) -> list[Piece]:
    """Drops the white space that no reader sees: between blocks, and at the edges of one outside of <pre>."""
    kept: list[Piece] = []
    preformatted = 0
    for position, piece in enumerate(found):
        if isinstance(piece, str) and not preformatted:
            before = found[position - 1] if position else None
            after = found[position + 1] if position + 1 < len(found) else None
            text = piece.lstrip() if before is None or _is_block(before) else piece
            text = text.rstrip() if after is None or _is_block(after) else text
            if text:
                kept.append(text)
            continue
        if isinstance(piece, Start | End) and piece.tag == "pre":
            preformatted += 1 if isinstance(piece, Start) else -1
        kept.append(piece)
    return kept


def _is_block(piece: Piece) -> bool:
    return not isinstance(piece, str) and piece.tag in _BLOCKS
