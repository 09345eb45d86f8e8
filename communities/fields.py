"""Form fields that several forms of this floor share."""

from html import unescape
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.fields import LENGTHS, TextField
from communities import rules
from communities.models import tag_slug
from markup.characters import one_line


class Composer(forms.Textarea):
    """Where every text is written: tools and a preview for those who have scripts, a plain textarea for all."""

    template_name = "components/composer.html"


class MarkdownField(TextField):
    """A text in Markdown with a length; line ends are normalised before they are counted."""

    def __init__(self, *, rows: int, has_focus: bool = False, **kwargs: Any) -> None:
        attributes = {"rows": rows, "class": "composer__text", "aria-autocomplete": "list", "autofocus": has_focus}
        attributes["dir"] = "auto"
        super().__init__(widget=Composer(attrs=attributes), strip=True, **kwargs)

    def to_python(self, value: str | None) -> str:
        return super().to_python(value.replace("\r\n", "\n") if value else value)

    def seen(self, text: str) -> int:
        """Markdown knows the names of characters, too: `&nbsp;` is a blank."""
        return super().seen(unescape(text))


class TitleField(TextField):
    """One line, without what turns its words or the words around it."""

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return super().widget_attrs(widget) | {"dir": "auto"}

    def to_python(self, value: str | None) -> str:
        text = super().to_python(value)
        return text if "\0" in text else one_line(text)  # a NUL is refused, not taken out


class TopicField(forms.ChoiceField):
    """A topic of the tree. Its form asks for one when there is none among the tags either."""

    default_error_messages = {
        "required": gettext_lazy("Choose a topic."),
        "invalid_choice": gettext_lazy("This is no topic any more. Choose another one."),
    }

    def validate(self, value: Any) -> None:
        if value not in self.empty_values:
            super().validate(value)


class TagsField(forms.CharField):
    """Tags in one line, `#` or not, between commas or, where there is no comma, between spaces; gives their slugs."""

    default_error_messages = LENGTHS

    def to_python(self, value: str | None) -> list[str]:  # type: ignore[override]  # what is written is one line
        line = super().to_python(value) or ""
        super().run_validators(line)
        words = [word.strip() for word in (line.split(",") if "," in line else line.split())]
        slugs = [_slug(word) for word in words if word]
        return list(dict.fromkeys(slugs))

    def run_validators(self, value: Any) -> None:
        """The line was looked at before it was cut."""

    def validate(self, value: Any) -> None:
        super().validate(value)
        if len(value) > rules.TAGS_MAX:
            said = _("%(most)s tags at most; these are %(many)s.")
            raise ValidationError(said % {"most": rules.TAGS_MAX, "many": len(value)})


def _slug(word: str) -> str:
    slug = tag_slug(word)
    if not slug:
        raise ValidationError(_("“%(word)s” is no tag: a tag has a letter or a digit.") % {"word": word})
    if len(slug) > rules.TAG_MAX:
        said = _("“%(word)s…” is too long for a tag: %(most)s characters at most.")
        raise ValidationError(said % {"word": slug[:15], "most": rules.TAG_MAX})
    return slug


def has_slug(name: str) -> None:
    """Whether a tag may be called so."""
    _slug(name)
