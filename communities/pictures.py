"""Makes a picture for a text out of whatever was uploaded: a WebP of pixels, nothing else kept."""

from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO

from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from accounts.names import plain_line
from accounts.pictures import DECODING
from communities import rules

FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
LOSSLESS = ("PNG", "GIF")
"""What comes as one of these is drawn rather than photographed: its lines stay sharp."""
SHOWN_NAME = 60
MB = 1024 * 1024


class BadPicture(ValueError):
    """The upload cannot be used; the message is a sentence for the person and names the file."""


@dataclass(frozen=True)
class Encoded:
    """A picture as it will be kept."""

    content: bytes
    width: int
    height: int

    @property
    def sha256(self) -> str:
        return sha256(self.content).hexdigest()


def encode(content: bytes, name: str) -> Encoded:
    """The upload as a new file. Its type is read from the content, its size before anything is decoded.

    Raises BadPicture with the reason.
    """
    words = {"name": plain_line(name)[:SHOWN_NAME], "mb": rules.PICTURE_UPLOAD_MAX // MB}
    if len(content) > rules.PICTURE_UPLOAD_MAX:
        raise BadPicture(_("“%(name)s” is larger than %(mb)s MB. Choose a smaller picture.") % words)
    try:
        with Image.open(BytesIO(content), formats=FORMATS) as image:
            is_moving = getattr(image, "is_animated", False)
            is_bomb = image.width * image.height > rules.PICTURE_PIXELS_MAX
            if not is_moving and not is_bomb:
                with DECODING:
                    return _as_webp(image)
    except Image.DecompressionBombError:
        is_moving = False
    except Exception as error:  # damaged files make Pillow raise nearly anything
        sentence = _("“%(name)s” is not a picture that we can read. Choose a JPEG, PNG, WebP or GIF.")
        raise BadPicture(sentence % words) from error
    if is_moving:
        raise BadPicture(_("“%(name)s” moves. Choose a picture that stands still.") % words)
    words["millions"] = rules.PICTURE_PIXELS_MAX // 1_000_000
    raise BadPicture(_("“%(name)s” has more than %(millions)s million pixels. Choose a smaller picture.") % words)


def _as_webp(image: Image.Image) -> Encoded:
    side = rules.PICTURE_SIDE_MAX
    image.draft("RGB", (2 * side, 2 * side))  # a large JPEG is decoded at a fraction of its size
    is_drawn = image.format in LOSSLESS
    upright = ImageOps.exif_transpose(image)
    upright = upright.convert("RGBA" if upright.has_transparency_data else "RGB")
    upright.thumbnail((side, side), Image.Resampling.LANCZOS)
    content = _saved(upright, lossless=True, quality=50, method=2) if is_drawn else b""
    if not content or len(content) > rules.PICTURE_KEPT_MAX:
        content = _saved(upright, quality=85, method=4)
    return Encoded(content, upright.width, upright.height)


def _saved(image: Image.Image, **options: int) -> bytes:
    output = BytesIO()
    image.save(output, "WEBP", **options)
    return output.getvalue()
