"""Commenting."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from communities import rules
from communities.fields import MarkdownField
from communities.forms.editing import EditForm
from communities.forms.pictures import check_pictures
from communities.models import CommentKind, Membership


class CommentForm(forms.Form):
    """`me` is asked for where it is sent; to draw it nobody is needed."""

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

    def __init__(self, *args: Any, me: Membership | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.me = me

    def clean_kind(self) -> str:
        return self.cleaned_data["kind"] or CommentKind.TALK

    def clean(self) -> dict[str, Any]:
        check_pictures(self, self.me)
        return self.cleaned_data


class CommentEditForm(CommentForm, EditForm):
    kind = None  # type: ignore[assignment]  # Django's way to leave an inherited field out
    field_order = ("body", "note")
