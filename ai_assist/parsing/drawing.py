"""Inside the process: one page of a PDF, or a picture, drawn anew as WebP, with the words that are on it."""

import ctypes
import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from io import BytesIO
from typing import Any, BinaryIO

import pypdfium2 as pdfium
import pypdfium2.raw as raw
from PIL import Image, ImageOps

from .blocks import Unreadable
from .characters import cleaned
from .formats.pdf_words import code_at
from .formats.photo import opened
from .limits import DRAWN_PIXELS_MAX, DRAWN_SIDE_MAX
from .places import Placed

QUALITY = 82
HYPHEN = "\x02"
"""So the library says one at the end of a line; the break behind it it leaves out."""
GRID = 1_000_000
"""Places are asked for on a page of so many pixels, then made fractions."""
pdfium.PdfDocument.new().close()  # loads the library, while files can still be opened


def prepare(job: dict[str, Any]) -> None:
    """Saves a picture, for what that loads."""
    _saved(Image.new("RGB", (1, 1)))


def run(job: dict[str, Any], upload: BinaryIO, output: BinaryIO) -> None:
    content = upload.read()
    if job["reader"] == "pdf":
        drawing, words = _page(content, job["password"], job["page"], job["width"])
    else:
        drawing, words = _photo(content, job["width"]), []
    saved = _saved(drawing)
    facts = {"size": len(saved), "width": drawing.width, "height": drawing.height}
    output.write(json.dumps(facts | {"words": [asdict(word) for word in words]}).encode() + b"\n" + saved)


def _photo(content: bytes, width: int) -> Image.Image:
    with opened(content) as image:
        turned = ImageOps.exif_transpose(image).convert("RGB")
    turned.thumbnail((width, min(DRAWN_PIXELS_MAX // width, DRAWN_SIDE_MAX)), Image.Resampling.LANCZOS)
    return turned


def _page(content: bytes, password: str | None, number: int, width: int) -> tuple[Image.Image, list[Placed]]:
    try:
        document = pdfium.PdfDocument(content, password=password)
    except pdfium.PdfiumError as error:
        raise Unreadable("needs_password" if error.err_code == raw.FPDF_ERR_PASSWORD else "corrupt_file") from None
    page = document[number - 1]
    across, down = page.get_size()
    scale = min(width / across, DRAWN_SIDE_MAX / down, (DRAWN_PIXELS_MAX / (across * down)) ** 0.5)
    return page.render(scale=scale, may_draw_forms=False).to_pil().convert("RGB"), list(_words(page))


def _words(page: Any) -> Iterator[Placed]:
    """In the order of the file. What lies outside of the page is left out."""
    text = page.get_textpage()
    place = _places(page)
    codes = ((code_at(text, index), index) for index in range(text.count_chars()))
    letters = [(chr(code), index) for code, index in codes if code >= 0]
    for word in _apart(letters):
        said = cleaned("".join(letter for letter, _ in word))
        boxes = [text.get_charbox(index) for _, index in word]
        x = (min(box[0] for box in boxes), max(box[2] for box in boxes))
        y = (min(box[1] for box in boxes), max(box[3] for box in boxes))
        corners = [place(x[0], y[0]), place(x[1], y[1])]
        left, right = sorted(corner[0] for corner in corners)
        top, bottom = sorted(corner[1] for corner in corners)
        if said and right > 0 and bottom > 0 and left < 1 and top < 1:
            yield Placed(said, *(round(min(max(side, 0), 1), 4) for side in (left, top, right, bottom)))


def _apart(letters: Iterable[tuple[str, int]]) -> Iterator[list[tuple[str, int]]]:
    """A word that is hyphenated at the end of its line is two, each with a place of its own."""
    word: list[tuple[str, int]] = []
    for letter, index in letters:
        if letter == HYPHEN:
            word.append(("-", index))
        elif not (letter.isspace() or letter == "\x00"):
            word.append((letter, index))
            continue
        if word:
            yield word
            word = []
    if word:
        yield word


def _places(page: Any) -> Any:
    """From a point of the file to fractions of the page as it is seen: cut, and perhaps turned."""

    def asked(x: float, y: float) -> tuple[float, float]:
        across, down = ctypes.c_int(), ctypes.c_int()
        raw.FPDF_PageToDevice(page, 0, 0, GRID, GRID, 0, x, y, across, down)
        return across.value / GRID, down.value / GRID

    start, along, up = asked(0, 0), asked(100, 0), asked(0, 100)
    a, b = (along[0] - start[0]) / 100, (along[1] - start[1]) / 100
    c, d = (up[0] - start[0]) / 100, (up[1] - start[1]) / 100
    return lambda x, y: (start[0] + a * x + c * y, start[1] + b * x + d * y)


def _saved(image: Image.Image) -> bytes:
    output = BytesIO()
    image.save(output, "WEBP", quality=QUALITY, method=2)
    return output.getvalue()
