"""Takes out the characters that nobody sees: with them a text says to a machine what it does not say to a reader."""

import re
from unicodedata import normalize

_UNSEEN = re.compile(
    "["
    "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"  # controls
    "\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"  # soft hyphen, joiners and fillers without a glyph
    "\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f"  # zero width, direction
    "\u3164\ufe00-\ufe0d\ufeff\uffa0\ufff9-\ufffb"
    "\U000e0000-\U000e0fff"  # tags and more variation selectors
    "\ud800-\udfff"
    "]"
)
_JOINERS = re.compile("[\u200c\u200d]+")
_PICTURES = "\u2190-\u2bff\ufe0e\ufe0f\U0001f000-\U0001faff"
_JOINS = re.compile(f"[\u0600-\u08ff\u0900-\u0dff\u0f00-\u109f\u1780-\u18af{_PICTURES}]")
"""Scripts and pictures in which a joiner, or its opposite, changes what is seen."""
_SELECTORS = re.compile(f"(?<![{_PICTURES}0-9#*\u00a9\u00ae])[\ufe0e\ufe0f]|(?<=[\ufe0e\ufe0f])[\ufe0e\ufe0f]")


def cleaned(text: str) -> str:
    """What a reader sees, letters composed, lines ending alike."""
    seen = _UNSEEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n").replace("\x0b", "\n").replace("\x0c", "\n"))
    return normalize("NFC", _JOINERS.sub(_joined, _SELECTORS.sub("", seen)))


def _joined(found: re.Match[str]) -> str:
    before = found.string[max(found.start() - 1, 0) : found.start()]
    after = found.string[found.end() : found.end() + 1]
    return found[0][0] if _JOINS.match(before) and (_JOINS.match(after) or found[0][0] == "\u200c") else ""
