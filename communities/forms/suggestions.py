"""Edits that wait for a verdict."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from communities import rules
from communities.fields import MarkdownField, TitleField
from communities.forms.editing import EditForm
from communities.forms.tagged import TaggedForm


class PostSuggestionForm(TaggedForm, EditForm):
    """Of tags only those that the community has."""

    takes_new_tags = False
    new_tags = None  # type: ignore[assignment]  # Django's way to leave an inherited field out
    title = TitleField(label=_("Title"), min_length=rules.TITLE_MIN, max_length=rules.TITLE_MAX)
    body = MarkdownField(label=_("Text"), rows=14, min_length=rules.POST_MIN, max_length=rules.POST_MAX)
    field_order = ("title", "body", "topic", "tags", "note")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, is_own=False, **kwargs)


class AnswerSuggestionForm(EditForm):
    body = MarkdownField(label=_("Text"), rows=14, min_length=rules.ANSWER_MIN, max_length=rules.ANSWER_MAX)
    field_order = ("body", "note")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, is_own=False, **kwargs)
