"""Form fields that several forms of this floor share."""

from typing import Any

from django import forms


class Composer(forms.Textarea):
    """Where every text is written: tools and a preview for those who have scripts, a plain textarea for all."""

    template_name = "components/composer.html"


class MarkdownField(forms.CharField):
    """A text in Markdown with a length; line ends are normalised before they are counted."""

    def __init__(self, *, rows: int, has_focus: bool = False, **kwargs: Any) -> None:
        widget = Composer(attrs={"rows": rows, "class": "composer__text", "autofocus": has_focus})
        super().__init__(widget=widget, strip=True, **kwargs)

    def to_python(self, value: str | None) -> str | None:
        return super().to_python(value.replace("\r\n", "\n") if value else value)


class TitleField(forms.CharField):
    """One line; runs of white space become one space."""

    def to_python(self, value: str | None) -> str | None:
        return " ".join((super().to_python(value) or "").split())
