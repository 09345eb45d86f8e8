"""Excel workbooks: a page for each sheet that is shown, with the values that were computed last."""

import math
import re
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any
from zipfile import ZipFile

import openpyxl

from ..blocks import Count, Facts, Thing
from . import Upload, load_whole
from .grid import pages_of

_DECIMALS = re.compile(r"^(?:#,##)?0(?:\.(0{1,10}))?(%)?$")
"""`0.00`, `#,##0`, `0.0%`; thousands are not parted, so that numbers are found."""

load_whole(openpyxl)


def read(upload: Upload) -> Iterator[Thing]:
    book = openpyxl.load_workbook(upload.file, read_only=True, data_only=True, keep_links=False)
    number = 0
    shown = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    for left, sheet in zip(range(len(shown), 0, -1), shown, strict=True):
        yield Count(number + left)  # a sheet may make several pages, or none
        sheet.reset_dimensions()  # what a file says about its size costs as much as it says
        rows = ([_shown(cell) for cell in row] for row in sheet.iter_rows())
        for page in pages_of(rows, label=sheet.title, first=number + 1):
            number = page.number
            yield page
    with ZipFile(upload.file) as archive:
        pictures = sum(name.startswith("xl/media/") for name in archive.namelist())
    about = book.properties
    yield Facts(title=about.title or "", is_paged=False, language=about.language or "", pictures=pictures)


def _shown(cell: Any) -> str:
    """Numbers as the sheet shows them, as far as percentages and decimals go."""
    value = cell.value
    if isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value):
        said = _DECIMALS.match(cell.number_format or "")
        if said:
            decimals, percent = len(said[1] or ""), said[2] or ""
            return f"{value * 100 if percent else value:.{decimals}f}{percent}"
    return _text(value)


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return f"{value:.15g}" if math.isfinite(value) else ""
    if isinstance(value, datetime) and value.time() == time():
        return value.date().isoformat()
    if isinstance(value, date | time | datetime):
        return value.isoformat(" ") if isinstance(value, datetime) else value.isoformat()
    return str(value).strip()
