"""Bytes to text, when nobody says in which encoding they are."""

import codecs
from encodings import normalize_encoding
from encodings.aliases import aliases

from charset_normalizer import from_bytes

from .codepages import CODEPAGES

MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF32_LE: "utf-32",  # begins as the one of UTF-16 does, so it comes first
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
SAMPLE = 200_000
"""Bytes by which an unknown encoding is guessed."""


def decoded(content: bytes, *, said: str = "") -> str:
    """By the mark at the beginning, as UTF-8, by what the document says, or by how its letters occur. Never raises."""
    for mark, encoding in MARKS.items():
        if content.startswith(mark):
            return content.decode(encoding, "replace")
    for encoding in ("utf_8", _usual(said)):
        try:
            return content.decode(encoding)
        except (UnicodeError, LookupError):
            continue
    guess = from_bytes(content[:SAMPLE], cp_isolation=CODEPAGES).best()
    return content.decode(guess.encoding if guess else "cp1252", "replace")


def _usual(said: str) -> str:
    name = normalize_encoding(said).lower()
    name = aliases.get(name, name)
    return name if name in CODEPAGES else ""


from_bytes("Grüße, später".encode("cp1252"), cp_isolation=CODEPAGES)  # loads what it takes its time with
