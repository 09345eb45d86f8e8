"""Bold, script, blackboard and other alphabets: browsers ignore `mathvariant`, so letters are replaced by their own."""

import unicodedata
from functools import cache

_ALPHABETS = {
    "bold": "MATHEMATICAL BOLD",
    "italic": "MATHEMATICAL ITALIC",
    "bold-italic": "MATHEMATICAL BOLD ITALIC",
    "double-struck": "MATHEMATICAL DOUBLE-STRUCK",
    "script": "MATHEMATICAL SCRIPT",
    "fraktur": "MATHEMATICAL FRAKTUR",
    "sans-serif": "MATHEMATICAL SANS-SERIF",
    "sans-serif-italic": "MATHEMATICAL SANS-SERIF ITALIC",
    "monospace": "MATHEMATICAL MONOSPACE",
}
# Letters that Unicode had before it had the alphabets: ℂ, ℬ, ℭ, and Planck's constant for an italic h.
_OLDER = {
    "double-struck": "DOUBLE-STRUCK",
    "script": "SCRIPT",
    "fraktur": "BLACK-LETTER",
}
_SPECIAL = {("italic", "h"): "\u210e"}


@cache
def letter(character: str, variant: str) -> str:
    """The character in the alphabet of `variant`, or itself where that alphabet lacks it."""
    if (variant, character) in _SPECIAL:
        return _SPECIAL[variant, character]
    name = unicodedata.name(character, "").removeprefix("LATIN ").removeprefix("GREEK ").replace(" LETTER", "")
    for alphabet in (_ALPHABETS.get(variant), _OLDER.get(variant)):
        try:
            return unicodedata.lookup(f"{alphabet} {name}")
        except KeyError:
            continue
    return character
