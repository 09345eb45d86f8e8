"""Makes a member's picture out of whatever was uploaded: 256 by 256 pixels, WebP, nothing else kept."""

from django.utils.translation import gettext as _

from pixels import Refused, Wanted, redraw

MAX_BYTES = 5 * 1024 * 1024
SQUARE = Wanted(side=256, pixels_max=25_000_000, is_square=True, may_move=True)


class BadPicture(ValueError):
    """The upload cannot be used; the message is a sentence for the person."""


def square_picture(content: bytes) -> bytes:
    """The picture as a new file. Raises BadPicture with the reason."""
    if len(content) > MAX_BYTES:
        raise BadPicture(_("This picture is larger than 5 MB. Choose a smaller one."))
    try:
        return redraw(content, SQUARE).content
    except Refused as refused:
        sentences = {
            "pixels": _("This picture has more than 25 million pixels. Choose a smaller one."),
            "work": _("This picture takes too long to read. Choose a simpler one."),
        }
        unreadable = _("This file is not a picture that we can read. Choose a JPEG, PNG, WebP or GIF.")
        raise BadPicture(sentences.get(refused.reason, unreadable)) from refused
