"""Source code: one page with the whole file, as it stands."""

from collections.abc import Iterator

from ..blocks import Block, Facts, Page
from ..encodings import decoded
from . import Upload


def read(upload: Upload) -> Iterator[Page | Facts]:
    yield Page(1, "", [Block("code", decoded(upload.content), language=upload.language)])
    yield Facts(title="", is_paged=False)
