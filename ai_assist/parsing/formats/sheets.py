"""Excel workbooks: a page for each sheet that is shown, with the values that were computed last."""

import math
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any

import openpyxl

from ..blocks import Count, Facts, Thing
from . import Upload, load_whole
from .grid import pages_of

load_whole(openpyxl)


def read(upload: Upload) -> Iterator[Thing]:
    book = openpyxl.load_workbook(upload.file, read_only=True, data_only=True, keep_links=False)
    number = 0
    shown = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    for left, sheet in zip(range(len(shown), 0, -1), shown, strict=True):
        yield Count(number + left)  # a sheet may make several pages, or none
        sheet.reset_dimensions()  # what a file says about its size costs as much as it says
        rows = ([_text(value) for value in row] for row in sheet.iter_rows(values_only=True))
        for page in pages_of(rows, label=sheet.title, first=number + 1):
            number = page.number
            yield page
    yield Facts(title=book.properties.title or "", is_paged=False, language=book.properties.language or "")


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
