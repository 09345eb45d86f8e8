"""Rows of cells to tables in Markdown, in pieces that are not too long."""

import re
from collections.abc import Sequence

from .limits import CELL_CHARACTERS, COLUMNS_MAX

_SPACE = re.compile(r"\s+")


def as_markdown(rows: Sequence[Sequence[str]]) -> str:
    """The first row is the head. Rows are made equally long, by as many columns as hold something."""
    cells = [[_cell(text) for text in row[:COLUMNS_MAX]] for row in rows]
    width = max((_width(row) for row in cells), default=0)
    if not width:
        return ""
    head, *body = [[*row[:width], *[""] * (width - len(row))] for row in cells]
    return "\n".join(f"| {' | '.join(row)} |" for row in (head, ["---"] * width, *body))


def _cell(text: str) -> str:
    return _SPACE.sub(" ", text[:CELL_CHARACTERS]).strip().replace("|", "\\|")


def _width(row: list[str]) -> int:
    return max((column + 1 for column, text in enumerate(row) if text), default=0)
