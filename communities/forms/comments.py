"""Commenting."""

from django import forms
from django.utils.translation import gettext_lazy as _

from communities import rules
from communities.fields import MarkdownField
from communities.forms.editing import EditForm
from communities.models import CommentKind


class CommentForm(forms.Form):
    kind = forms.ChoiceField(
        label=_("What is it for?"),
        choices=CommentKind,
        initial=CommentKind.TALK,
        required=False,
        widget=forms.RadioSelect,
    )
    body = MarkdownField(
        label=_("Your comment"),
        rows=3,
        has_focus=True,
        min_length=rules.COMMENT_MIN,
        max_length=rules.COMMENT_MAX,
    )

    def clean_kind(self) -> str:
        return self.cleaned_data["kind"] or CommentKind.TALK


class CommentEditForm(CommentForm, EditForm):
    kind = None  # type: ignore[assignment]  # Django's way to leave an inherited field out
    field_order = ("body", "note")
