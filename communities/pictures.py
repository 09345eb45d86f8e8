"""Makes a picture for a text out of whatever was uploaded: a WebP of pixels, nothing else kept."""

from dataclasses import dataclass
from hashlib import sha256

from django.utils.translation import gettext as _

from accounts.names import plain_line
from communities import rules
from pixels import Refused, Wanted, redraw

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
    """The upload as a new file. Raises BadPicture with the reason."""
    words = {
        "name": plain_line(name)[:SHOWN_NAME],
        "mb": rules.PICTURE_UPLOAD_MAX // MB,
        "millions": rules.PICTURE_PIXELS_MAX // 1_000_000,
    }
    if len(content) > rules.PICTURE_UPLOAD_MAX:
        raise BadPicture(_("“%(name)s” is larger than %(mb)s MB. Choose a smaller picture.") % words)
    wanted = Wanted(
        side=rules.PICTURE_SIDE_MAX,
        pixels_max=rules.PICTURE_PIXELS_MAX,
        may_be_lossless=True,
        kept_max=rules.PICTURE_KEPT_MAX,
    )
    try:
        redrawn = redraw(content, wanted)
    except Refused as refused:
        sentences = {
            "unreadable": _("“%(name)s” is not a picture that we can read. Choose a JPEG, PNG, WebP or GIF."),
            "moves": _("“%(name)s” moves. Choose a picture that stands still."),
            "pixels": _("“%(name)s” has more than %(millions)s million pixels. Choose a smaller picture."),
            "work": _("“%(name)s” takes too long to read. Choose a simpler picture."),
        }
        raise BadPicture(sentences[refused.reason] % words) from refused
    return Encoded(redrawn.content, redrawn.width, redrawn.height)
