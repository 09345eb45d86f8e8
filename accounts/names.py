"""What user names and names may look like."""

import unicodedata
from collections.abc import Callable

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from markup.characters import one_line, seen

RESERVED = frozenset(
    (
        *("admin", "all", "anonymous", "cairn", "everyone", "former-member"),
        *("moderator", "new", "root", "staff", "support"),
    )
)


FORMER = "former-"
"""So begin the user names of the empty rows of those who left, and no others."""


def not_reserved(name: str) -> None:
    plain = unicodedata.normalize("NFKC", name).lower()
    if plain in RESERVED or plain.startswith(FORMER):
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
    """Nothing when nothing of it can be seen."""
    line = one_line(unicodedata.normalize("NFC", text))
    return line if seen(line) else ""
