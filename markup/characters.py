"""Characters that a reader cannot see: replaced, shown by their code point, left out, or not counted."""

import re
import unicodedata

_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
# Embeddings, overrides and isolates: they can make a text read otherwise than it runs.
_DIRECTION = re.compile(r"[\u202a-\u202e\u2066-\u2069]")

# Beside them whatever else is no character of a line. Joiners, and the marks that say where a neutral sign belongs,
# stay: Persian, Hindi, Arabic, Hebrew and emoji are written with them. So do the tags behind a black flag.
_NOT_OF_A_LINE = re.compile(
    r"(\U0001f3f4[\U000e0020-\U000e007f]+)|[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u180e\u200b\u202a-\u202e"
    r"\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)

# Letters, signs and marks by their category, and yet nothing is drawn for them: fillers, blanks, selectors, tags.
_BLANK = re.compile(
    r"[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0"
    r"\U00016fe4\U0001d159\U000e0000-\U000e0fff]"
)


def seen(text: str) -> int:
    """How many characters a reader sees: white space counts where it parts words, once, and a mark on its letter."""
    count, is_apart, takes_mark = 0, False, False
    for char in _BLANK.sub("", text):
        category = unicodedata.category(char)
        if char.isspace():
            is_apart, takes_mark = count > 0, False
        elif category in ("Mn", "Me"):
            count += takes_mark
            takes_mark = False
        elif category not in ("Cc", "Cf"):
            count += 1 + is_apart
            is_apart, takes_mark = False, True
    return count


def printable(text: str) -> str:
    return _UNPRINTABLE.sub("\ufffd", text)


def one_line(text: str) -> str:
    """For titles and names: without what turns the words around it, and one space where there was white space."""
    return " ".join(_NOT_OF_A_LINE.sub(lambda match: match[1] or "", text).split())


def show_directions(text: str) -> str:
    """Writes U+… for each direction control: plain characters, good in text and attributes alike."""
    return _DIRECTION.sub(lambda match: f"⟦U+{ord(match[0]):04X}⟧", text)
