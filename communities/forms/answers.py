"""Answering, and in what order answers stand."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.buttons import ButtonForm
from communities import rules
from communities.fields import MarkdownField
from communities.forms.editing import EditForm
from communities.forms.pictures import check_pictures
from communities.models import Membership, Post
from communities.ranking import SORT_NAMES, Sort


class AnswerForm(forms.Form):
    """`me` is asked for where it is sent; to draw it nobody is needed. What is no question gets a reply."""

    body = MarkdownField(label=_("Your answer"), rows=10, min_length=rules.ANSWER_MIN, max_length=rules.ANSWER_MAX)

    def __init__(self, *args: Any, post: Post, me: Membership | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.me = me
        if not post.is_question:
            self.fields["body"].label = _("Your reply")

    def clean(self) -> dict[str, Any]:
        check_pictures(self, self.me)
        return self.cleaned_data


class AnswerEditForm(AnswerForm, EditForm):
    field_order = ("body", "note")


class SecondAnswerForm(AnswerForm):
    """For who has answered this question before."""

    is_different = forms.BooleanField(label=_("This is a different approach from my first answer"), required=False)


class OrderForm(ButtonForm):
    sort = forms.TypedChoiceField(choices=SORT_NAMES.items(), coerce=Sort)
