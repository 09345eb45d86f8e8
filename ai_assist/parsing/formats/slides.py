"""PowerPoint: one page for each slide, with what its speaker noted. Hidden slides stay empty, as nobody sees them when
the slides are shown; so the others keep their numbers."""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from itertools import islice, zip_longest
from typing import Any

import pptx
from pptx.enum.shapes import PP_PLACEHOLDER

from ..blocks import Block, Count, Facts, Page, Thing
from ..limits import TABLE_ROWS
from ..tables import as_markdown
from . import Upload, load_whole
from .drawings import is_large
from .fonts import is_fixed
from .omml import M, tex_of

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_TITLES = (PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE)
_MARGINAL = (PP_PLACEHOLDER.DATE, PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.SLIDE_NUMBER)
_LISTS = (PP_PLACEHOLDER.BODY, PP_PLACEHOLDER.OBJECT)
_DEEPEST = 10

load_whole(pptx)


def read(upload: Upload) -> Iterator[Thing]:
    deck = pptx.Presentation(upload.file)
    size = (deck.slide_width or 0, deck.slide_height or 0)
    pictures = 0
    yield Count(len(deck.slides))
    for number, slide in enumerate(deck.slides, 1):
        is_hidden = slide.element.get("show", "1") in ("0", "false")
        shapes = [] if is_hidden else list(_shapes(slide.shapes, size, 0))
        pictures += sum(1 for shape in shapes if _is_picture(shape) and is_large(shape.width, shape.height))
        yield Page(number, "", []) if is_hidden else _page(slide, number, shapes)
    yield Facts(
        title=deck.core_properties.title or "",
        is_paged=True,
        pages=len(deck.slides),
        language=deck.core_properties.language or "",
        pictures=pictures,
    )


def _page(slide: Any, number: int, shapes: Iterable[Any]) -> Page:
    blocks = [block for shape in shapes for block in _blocks(shape)]
    title = next((block.text for block in blocks if block.kind == "heading"), "")
    blocks.sort(key=lambda block: block.kind != "heading")  # others may lie below the title in the file
    if slide.has_notes_slide and slide.notes_slide.notes_text_frame is not None:
        blocks.append(Block("notes", slide.notes_slide.notes_text_frame.text.strip()))
    return Page(number, title, blocks)


def _shapes(shapes: Any, size: tuple[int, int], depth: int) -> Iterator[Any]:
    for shape in shapes:
        named = next(shape.element.iter("{*}cNvPr"), None)
        if named is not None and named.get("hidden") in ("1", "true"):
            continue
        if depth == 0 and _is_beside(shape, size):
            continue
        if hasattr(shape, "shapes") and depth < _DEEPEST:
            yield from _shapes(shape.shapes, size, depth + 1)
        else:
            yield shape


def _is_beside(shape: Any, size: tuple[int, int]) -> bool:
    if None in (shape.left, shape.top, shape.width, shape.height):
        return False
    outside = shape.left >= size[0] or shape.top >= size[1]
    return bool(outside or shape.left + shape.width <= 0 or shape.top + shape.height <= 0)


def _is_picture(shape: Any) -> bool:
    """Told by its element: one that is linked only has no bytes that could be asked for."""
    return shape.element.tag == P + "pic" and next(shape.element.iter(A + "videoFile"), None) is None


def _blocks(shape: Any) -> Iterator[Block]:
    kind = shape.placeholder_format.type if shape.is_placeholder else None
    if kind in _MARGINAL:
        return
    if getattr(shape, "has_table", False):
        yield Block("table", as_markdown([[cell.text_frame.text for cell in row.cells] for row in shape.table.rows]))
        return
    if getattr(shape, "has_chart", False):
        yield from _chart(shape.chart)
        return
    if not shape.has_text_frame:
        return
    paragraphs = list(shape.text_frame._txBody.iter(A + "p"))  # the only way to its formulas
    lines = [(text, _level(line)) for line in paragraphs if (text := _text(line).strip())]
    if kind in _TITLES:
        yield Block("heading", " ".join(text for text, _ in lines), level=1)
    elif lines and _is_code(shape.text_frame):
        yield Block("code", "\n".join(_text(line).rstrip() for line in paragraphs))
    elif kind in _LISTS and len(lines) > 1:
        yield Block("list", "\n".join(f"{'  ' * level}- {' '.join(text.split())}" for text, level in lines))
    else:
        for text, _ in lines:
            is_formula = text.startswith("$") and text.endswith("$") and text.count("$") == 2
            yield Block("math", text.strip("$")) if is_formula else Block("prose", text)


def _chart(chart: Any) -> Iterator[Block]:
    """Its title and the numbers that it draws: a row for each category, a column for each series."""
    if chart.has_title and chart.chart_title.has_text_frame:
        yield Block("prose", chart.chart_title.text_frame.text.strip())
    for plot in _plots(chart):
        series = list(plot.series)
        categories = [str(category) for category in plot.categories]
        columns = [[str(one.name or ""), *(_number(value) for value in one.values)] for one in series]
        rows = zip_longest(["", *categories], *columns, fillvalue="")
        yield Block("table", as_markdown([list(row) for row in islice(rows, TABLE_ROWS)]))


def _plots(chart: Any) -> Iterator[Any]:
    """Those that python-pptx knows: it has no surfaces, stocks, pies of pies, nor most of what is three-dimensional."""
    for number in range(len(chart.plots)):
        with suppress(ValueError):
            yield chart.plots[number]


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.15g}"


def _level(line: Any) -> int:
    level = (line.find(A + "pPr").get("lvl") or "0") if line.find(A + "pPr") is not None else "0"
    return int(level) if level.isdigit() else 0


def _text(line: Any) -> str:
    parts = []
    for element in line.iter(A + "t", A + "br", M + "oMath"):
        if element.tag == A + "br":
            parts.append("\n")
        elif next(element.iterancestors(_FALLBACK), None) is not None:  # for programs that know no formulas
            continue
        else:
            parts.append(f"${tex_of(element)}$" if element.tag == M + "oMath" else element.text or "")
    return "".join(parts)


def _is_code(frame: Any) -> bool:
    fonts = [run.font.name or "" for line in frame.paragraphs for run in line.runs if run.text.strip()]
    return bool(fonts) and all(is_fixed(font) for font in fonts)
