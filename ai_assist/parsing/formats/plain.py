"""Plain text: paragraphs between blank lines."""

import re
from collections.abc import Iterator

from ..blocks import Block, Facts, Page
from ..encodings import decoded
from ..sections import in_sections
from . import Upload

_GAP = re.compile(r"\n[ \t]*\n\s*")


def read(upload: Upload) -> Iterator[Page | Facts]:
    text = decoded(upload.content).replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n\n")
    yield from in_sections(Block("prose", part.strip()) for part in _GAP.split(text) if part.strip())
    yield Facts(title="", is_paged=False)
