"""What user names and names may look like."""

import unicodedata
from collections.abc import Callable

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from markup.characters import seen

RESERVED = frozenset(
    (
        *("admin", "all", "anonymous", "cairn", "everyone", "former-member"),
        *("moderator", "new", "root", "staff", "support"),
    )
)
BIDI_CONTROLS = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def not_reserved(name: str) -> None:
    if unicodedata.normalize("NFKC", name).lower() in RESERVED:
        raise ValidationError(_("This name is kept for the place itself; choose another."))


username_validators: list[Callable[[str], None]] = [
    RegexValidator(
        r"\A[A-Za-z0-9][A-Za-z0-9_.-]{0,28}[A-Za-z0-9_]\Z",
        _(
            "Use 2 to 30 letters (a to z), digits, dots, hyphens and underscores. Begin with a letter or digit and "
            "do not end with a dot or hyphen."
        ),
    ),
    not_reserved,
]


def plain_line(text: str) -> str:
    """One line without characters that turn the text around them; nothing when nothing of it can be seen."""
    text = unicodedata.normalize("NFC", text)
    shown = (" " if char.isspace() else char for char in text if not _is_hidden(char))
    line = " ".join("".join(shown).split())
    return line if seen(line) else ""


def _is_hidden(char: str) -> bool:
    return char in BIDI_CONTROLS or (unicodedata.category(char) == "Cc" and not char.isspace())
