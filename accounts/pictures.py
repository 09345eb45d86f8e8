"""Makes a member's picture out of whatever was uploaded: 256 by 256 pixels, WebP, nothing else kept."""

from io import BytesIO
from threading import Lock

from django.utils.translation import gettext as _
from PIL import Image, ImageOps

SIDE = 256
MAX_BYTES = 5 * 1024 * 1024
MAX_PIXELS = 25_000_000
DECODING = Lock()
"""A picture of so many pixels takes 200 MB while it is decoded: one after the other in each process."""
FORMATS = ("JPEG", "PNG", "WEBP", "GIF")


class BadPicture(ValueError):
    """The upload cannot be used; the message is a sentence for the person."""


def square_picture(content: bytes) -> bytes:
    """The picture as a new file. The type is read from the content, the size before anything is decoded.

    Raises BadPicture with the reason.
    """
    if len(content) > MAX_BYTES:
        raise BadPicture(_("This picture is larger than 5 MB. Choose a smaller one."))
    try:
        with Image.open(BytesIO(content), formats=FORMATS) as image:
            width, height = image.size
            if width * height <= MAX_PIXELS:
                with DECODING:
                    return _as_webp(image)
    except Image.DecompressionBombError:
        pass
    except Exception as error:  # damaged files make Pillow raise nearly anything
        raise BadPicture(_("This file is not a picture that we can read. Choose a JPEG, PNG, WebP or GIF.")) from error
    raise BadPicture(_("This picture has more than 25 million pixels. Choose a smaller one."))


def _as_webp(image: Image.Image) -> bytes:
    image.draft("RGB", (2 * SIDE, 2 * SIDE))  # a large JPEG is decoded at a fraction of its size
    upright = ImageOps.exif_transpose(image).convert("RGBA")
    output = BytesIO()
    ImageOps.fit(upright, (SIDE, SIDE)).save(output, "WEBP", quality=85)
    return output.getvalue()
