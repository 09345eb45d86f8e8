"""Characters that a reader cannot see: replaced, or shown by their code point."""

import re

_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
# Embeddings, overrides and isolates: they can make a text read otherwise than it runs.
_DIRECTION = re.compile(r"[\u202a-\u202e\u2066-\u2069]")


def printable(text: str) -> str:
    return _UNPRINTABLE.sub("\ufffd", text)


def show_directions(text: str) -> str:
    """Writes U+… for each direction control: plain characters, good in text and attributes alike."""
    return _DIRECTION.sub(lambda match: f"⟦U+{ord(match[0]):04X}⟧", text)
