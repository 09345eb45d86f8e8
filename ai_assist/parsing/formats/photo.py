"""Pictures: one page each, on which there may be text to be recognised."""

import warnings
from collections.abc import Iterator

import pi_heif
from PIL import Image, ImageOps, MpoImagePlugin, TiffImagePlugin, WebPImagePlugin

from ..blocks import Facts, Page, Unreadable
from ..limits import PIXELS_MAX
from . import Upload

NEEDED_LATER = (ImageOps, MpoImagePlugin, TiffImagePlugin, WebPImagePlugin)
"""Pillow imports some of them when a file asks for it; then no file can be opened any more."""
FORMATS = ("PNG", "JPEG", "WEBP", "HEIF")

pi_heif.register_heif_opener()
Image.init()
Image.MAX_IMAGE_PIXELS = PIXELS_MAX


def read(upload: Upload) -> Iterator[Page | Facts]:
    opened(upload.content).load()  # or it would fail only when somebody wants to see it
    yield Page(1, "", [], needs_ocr=True)
    yield Facts(title="", is_paged=True)


def opened(content: bytes) -> Image.Image:
    """Not decoded yet. Raises Unreadable, `too_large_unpacked`, when it has too many pixels."""
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    try:
        return Image.open(Upload(content).file, formats=FORMATS)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise Unreadable("too_large_unpacked") from None
