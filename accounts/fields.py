"""Text fields that count what can be seen, and say in a sentence when it is too little or too much."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from markup.characters import seen

LENGTHS: dict[str, Any] = {
    "min_length": _(
        "This is too short: at least %(limit_value)d characters that can be seen, and it has %(show_value)d."
    ),
    "max_length": _("This is too long: at most %(limit_value)d characters, and it has %(show_value)d."),
    "null_characters_not_allowed": _("This holds a NUL, a character that is in no text. Write it without."),
}
"""For fields that come from elsewhere, too."""


class TextField(forms.CharField):
    """Of what cannot be seen nothing is there; beside what can be seen it stays, as in emoji and in Persian words."""

    default_error_messages = LENGTHS

    def to_python(self, value: Any) -> str:
        text: str = super().to_python(value) or ""
        return text if self.seen(text) else ""

    def validate(self, value: str) -> None:
        super().validate(value)
        shown = self.seen(value)
        if value and self.min_length is not None and shown < self.min_length:
            numbers = {"limit_value": self.min_length, "show_value": shown}
            raise ValidationError(self.error_messages["min_length"], "min_length", numbers)

    def seen(self, text: str) -> int:
        """How many characters."""
        return seen(text)
