"""CSV and its relatives: one table, parted by whichever sign does it most evenly."""

import csv
from collections.abc import Iterator
from itertools import islice

from ..blocks import Facts, Page
from ..encodings import decoded
from . import Upload
from .grid import pages_of

SIGNS = ",;\t|"
SAMPLE_LINES = 30

csv.field_size_limit(1_000_000)


def read(upload: Upload) -> Iterator[Page | Facts]:
    lines = decoded(upload.content).replace("\x00", "").splitlines(keepends=True)
    rows = ([cell.strip() for cell in row] for row in csv.reader(lines, delimiter=_sign(lines)))
    yield from pages_of(rows, label="", first=1)
    yield Facts(title="", is_paged=False)


def _sign(lines: list[str]) -> str:
    return max(SIGNS, key=lambda sign: _columns(lines, sign))


def _columns(lines: list[str], sign: str) -> int:
    """In how many columns most rows are parted by this sign."""
    widths = sorted(len(row) for row in islice(csv.reader(lines[:SAMPLE_LINES], delimiter=sign), SAMPLE_LINES) if row)
    return widths[len(widths) // 4] if widths else 0
