"""What a document becomes when it is read: pages of blocks, then the facts about it; or one word why not."""

from dataclasses import asdict, dataclass, field
from typing import Any, Literal, get_args

Kind = Literal["heading", "prose", "list", "table", "code", "math", "notes", "ocr"]
Code = Literal[
    "corrupt_file",
    "needs_password",
    "too_large_unpacked",
    "too_many_pages",
    "unsupported",
    "wrong_type",
    "timeout",
    "memory",
    "empty",
]
CODES: tuple[Code, ...] = get_args(Code)


class Unreadable(Exception):
    """The document gives no text. `code` says why, for a sentence that a member reads."""

    def __init__(self, code: Code) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Block:
    """`text` is plain, with `$…$` around formulas and backticks around code in the line; a table is written in
    Markdown, code as it stands, mathematics as TeX."""

    kind: Kind
    text: str
    level: int = 0
    """Of a heading: 1 to 6."""
    language: str = ""
    """Of code."""
    label: str = ""
    """Where in the page it is, if the format says so: `B2:D14`."""


@dataclass(frozen=True)
class Page:
    """One page, slide, sheet or picture, or a section of a text that has no pages."""

    number: int
    label: str
    """Name of the sheet, title of the slide, heading of the section; or empty."""
    blocks: list[Block] = field(default_factory=list)
    needs_ocr: bool = False
    """Something is to be seen on it that is no text yet."""


@dataclass(frozen=True)
class Count:
    """How many pages there will be, as far as is known by now; a later one counts instead."""

    pages: int


@dataclass(frozen=True)
class Facts:
    title: str
    """What the document calls itself, or empty."""
    is_paged: bool
    """The numbers are those that its readers see. Otherwise they count sections."""
    pages: int = 0
    language: str = ""
    """What the document says it is written in: `en`, `pt-BR`; or empty."""
    pictures: int = 0
    """Beside its text, on which there may be something to read that nobody read."""


Thing = Count | Page | Facts


def as_json(thing: Thing) -> dict[str, Any]:
    return {type(thing).__name__.lower(): asdict(thing)}


def from_json(said: dict[str, Any]) -> Thing:
    if "count" in answer(said):
        return Count(**said["count"])
    if "page" in said:
        page = said["page"]
        return Page(**page | {"blocks": [Block(**block) for block in page["blocks"]]})
    return Facts(**said["facts"])


def answer(said: dict[str, Any]) -> dict[str, Any]:
    """The same, unless it says that the document is unreadable: then it is raised."""
    if "unreadable" in said:
        raise Unreadable(said["unreadable"])
    return said
