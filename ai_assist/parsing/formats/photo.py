"""Pictures: one page each, on which there may be text to be recognised."""

import warnings
from collections.abc import Iterator

import pi_heif
import PIL
from PIL import Image

from ..blocks import Facts, Page, Unreadable
from ..limits import PIXELS_MAX
from . import Upload, load_whole

FORMATS = ("PNG", "JPEG", "WEBP", "HEIF")

Image.preinit()
pi_heif.register_heif_opener()
load_whole(PIL)
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
