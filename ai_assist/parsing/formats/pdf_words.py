"""The words that a page of a PDF shows, with their places: without what is not painted, or white on white."""

import ctypes
import math
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from .fonts import is_bold, is_extension, is_fixed, is_mathematical, large_sign

SMALLEST = 2.0
"""Points. Smaller text is no text to anybody."""
SCAN_PIXELS = 500
INVISIBLE = (raw.FPDF_TEXTRENDERMODE_INVISIBLE, raw.FPDF_TEXTRENDERMODE_CLIP)
FAINT = 26
"""Of 255. What is painted thinner than that cannot be seen."""
WHITE = 243
SPACE = 0.17
"""Of the size: a wider gap between two letters parts words. TeX writes no spaces."""
SLANT = 0.1
"""Text that runs upwards or downwards otherwise than along an edge of the page lies across it, as a watermark does."""
HYPHEN = "\x02"
"""So the library says one at the end of a line."""
ABOVE, BELOW = 0.7, 0.2
"""How far letters reach from the line on which they stand, times their size."""
_ALPHABETS = re.compile("[\U0001d400-\U0001d7ff]")
"""Letters of Unicode for formulas alone, in whatever font."""
pdfium.PdfDocument.new().close()  # loads the library, while files can still be opened


@dataclass(frozen=True)
class Style:
    size: float
    font: str
    is_seen: bool
    is_white: bool
    turn: int
    """Quarters by which the text is turned; -1 when it lies across the page."""

    @cached_property
    def is_fixed(self) -> bool:
        return is_fixed(self.font)

    @cached_property
    def is_bold(self) -> bool:
        return is_bold(self.font)

    @cached_property
    def is_math(self) -> bool:
        return is_mathematical(self.font)

    @cached_property
    def is_extension(self) -> bool:
        return is_extension(self.font)


@dataclass
class Word:
    """Coordinates are those of a page on which the word is upright; y goes up, `y` is the line it stands on."""

    text: str
    left: float
    right: float
    y: float
    bottom: float
    top: float
    style: Style
    is_apart: bool
    """A space stands before it."""

    @property
    def is_math(self) -> bool:
        return self.style.is_math or bool(_ALPHABETS.search(self.text))


class PageOfWords:
    """One page of an open document."""

    def __init__(self, page: Any) -> None:
        self.page = page
        left, bottom, right, top = page.get_cropbox()
        self.sides = (left, bottom, right, top)
        self._styles: dict[Any, Style] = {}

    def words(self, *, with_invisible: bool = False) -> list[list[Word]]:
        """In the order of the file, those of each direction for themselves; the one with most of the text first."""
        turned: defaultdict[int, list[Word]] = defaultdict(list)
        text = self.page.get_textpage()
        try:
            for word in self._words(text, with_invisible=with_invisible):
                turned[word.style.turn].append(word)
        finally:
            text.close()
        turned.pop(-1, None)
        return sorted(turned.values(), key=len, reverse=True)

    def reach(self, turn: int) -> dict[str, float]:
        """From where to where the page goes, when it is turned so."""
        left, bottom, right, top = self.sides
        heights = sorted((_turned(left, bottom, turn)[1], _turned(right, top, turn)[1]))
        return {"bottom": heights[0], "top": heights[1]}

    def shows_picture(self) -> bool:
        """One that is large enough to show a text, perhaps inside of a form."""
        pictures = self.page.get_objects(filter=(raw.FPDF_PAGEOBJ_IMAGE,), max_depth=5)
        return any(min(picture.get_px_size()) > SCAN_PIXELS for picture in pictures)

    def _words(self, text: Any, *, with_invisible: bool) -> Iterator[Word]:
        word: Word | None = None
        is_apart = True
        for said, index, style in self._letters(text):
            if said.isspace() or not (style.is_seen or with_invisible):
                is_apart = True
                continue
            left, right, y, bottom, top = self._place(text, index, style)
            if word and not is_apart and _goes_on(word, style, left, y):
                word.text += said
                word.right, word.bottom, word.top = max(word.right, right), min(word.bottom, bottom), max(word.top, top)
                continue
            if word:
                yield word
            word = Word(said, left, right, y, bottom, top, style, is_apart)
            is_apart = False
        if word:
            yield word

    def _letters(self, text: Any) -> Iterator[tuple[str, int, Style]]:
        """Those inside of the page, without what the library adds between them."""
        left, bottom, right, top = self.sides
        x, y = ctypes.c_double(), ctypes.c_double()
        for index in range(text.count_chars()):
            owner = raw.FPDFText_GetTextObject(text, index)
            if not owner:
                continue
            key = ctypes.addressof(owner.contents)
            style = self._styles.get(key)
            if style is None:
                style = self._styles[key] = self._style(text, index, owner)
            raw.FPDFText_GetCharOrigin(text, index, x, y)
            size = style.size
            if style.size < SMALLEST or not (left - size <= x.value <= right and bottom - size <= y.value <= top):
                continue
            if style.is_white and not self._is_on_ground(x.value, y.value + size / 4):
                continue
            code = code_at(text, index)
            if code < 0:
                continue
            is_hyphen = chr(code) == HYPHEN and raw.FPDFText_IsHyphen(text, index) == 1
            if sign := "-" if is_hyphen else large_sign(style.font, code):
                yield sign, index, style

    def _place(self, text: Any, index: int, style: Style) -> tuple[float, float, float, float, float]:
        """Sides, line, and how far below and above it the letter reaches."""
        x, y, box = ctypes.c_double(), ctypes.c_double(), raw.FS_RECTF()
        raw.FPDFText_GetCharOrigin(text, index, x, y)
        raw.FPDFText_GetLooseCharBox(text, index, box)
        corners = [_turned(box.left, box.bottom, style.turn), _turned(box.right, box.top, style.turn)]
        left, right = sorted(corner[0] for corner in corners)
        line = _turned(x.value, y.value, style.turn)[1]
        if not style.is_math:
            return left, right, line, line - BELOW * style.size, line + ABOVE * style.size
        sides = text.get_charbox(index)  # brackets and sums hang from their line, and are as large as they need be
        tight = [_turned(sides[0], sides[1], style.turn)[1], _turned(sides[2], sides[3], style.turn)[1]]
        return left, right, line, min(tight), max(tight)

    def _style(self, text: Any, index: int, owner: Any) -> Style:
        matrix = raw.FS_MATRIX()
        raw.FPDFText_GetMatrix(text, index, matrix)
        size = raw.FPDFText_GetFontSize(text, index) * math.hypot(matrix.c, matrix.d)
        quarters = math.atan2(matrix.b, matrix.a) / (math.pi / 2)
        turn = round(quarters) % 4 if abs(quarters - round(quarters)) < SLANT else -1
        name = ctypes.create_string_buffer(200)
        raw.FPDFFont_GetBaseFontName(raw.FPDFTextObj_GetFont(owner), name, len(name))
        mode = raw.FPDFTextObj_GetTextRenderMode(owner)
        red, green, blue, opacity = _colour(owner)
        is_painted = mode not in INVISIBLE and opacity > FAINT
        is_white = mode == raw.FPDF_TEXTRENDERMODE_FILL and min(red, green, blue) >= WHITE
        return Style(size, name.value.decode("utf-8", "replace"), is_painted, is_white, turn)

    @cached_property
    def _grounds(self) -> list[tuple[float, float, float, float]]:
        """Where the page is not white: what is filled with a colour, pictures, and drawings of several parts."""
        kinds = (raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_SHADING, raw.FPDF_PAGEOBJ_FORM)
        drawn = self.page.get_objects(filter=kinds, max_depth=1)
        return [thing.get_bounds() for thing in drawn if thing.type != raw.FPDF_PAGEOBJ_PATH or _is_coloured(thing)]

    def _is_on_ground(self, x: float, y: float) -> bool:
        return any(left <= x <= right and bottom <= y <= top for left, bottom, right, top in self._grounds)


def code_at(text: Any, index: int) -> int:
    """Of the letter that begins here. The library gives the two halves of one beyond U+FFFF for themselves; the second
    is -1."""
    code: int = raw.FPDFText_GetUnicode(text, index)
    if 0xD800 <= code < 0xDC00:
        second: int = raw.FPDFText_GetUnicode(text, index + 1)
        return 0x10000 + ((code - 0xD800) << 10) + second - 0xDC00
    return -1 if 0xDC00 <= code < 0xE000 else code


def _goes_on(word: Word, style: Style, left: float, y: float) -> bool:
    size = max(word.style.size, style.size)
    is_on_line = abs(y - word.y) < 0.05 * size and abs(style.size - word.style.size) < 0.1 * size
    is_alike = style.is_math == word.style.is_math and style.is_fixed == word.style.is_fixed
    return is_on_line and is_alike and -size < left - word.right < SPACE * size


def _turned(x: float, y: float, quarters: int) -> tuple[float, float]:
    """Where the point is when the page is turned so that this text is upright."""
    return ((x, y), (y, -x), (-x, -y), (-y, x))[quarters % 4]


def _colour(thing: Any) -> tuple[int, int, int, int]:
    """Red, green, blue and how opaque; black when it is none that can be told, as a pattern is."""
    parts = [ctypes.c_uint() for _ in range(4)]
    if not raw.FPDFPageObj_GetFillColor(thing, *parts):
        return 0, 0, 0, 255
    red, green, blue, opacity = (part.value for part in parts)
    return red, green, blue, opacity


def _is_coloured(path: Any) -> bool:
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(path, fill, stroke)
    *colours, opacity = _colour(path)
    return bool(fill.value) and opacity > FAINT and min(colours) < WHITE
