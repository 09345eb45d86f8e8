"""Questions to documents, and the names of conversations."""

from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from ai_assist import rules
from ai_assist.models import Message
from communities.fields import TitleField


class QuestionForm(forms.Form):
    question = forms.CharField(
        label=_("Your question"),
        max_length=rules.QUESTION_MAX,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto", "data-most": rules.QUESTION_MAX}),
    )

    def clean_question(self) -> str:
        question: str = self.cleaned_data["question"]
        return question.replace("\r\n", "\n")


class FirstQuestionForm(QuestionForm):
    """With what is asked, by its address: the fields are those that `?document=…`, `?folder=…`, `?community=…` fill."""

    document = forms.CharField(required=False, widget=forms.HiddenInput)
    folder = forms.CharField(required=False, widget=forms.HiddenInput)
    community = forms.CharField(required=False, widget=forms.HiddenInput)


class NameForm(forms.Form):
    title = TitleField(label=_("Name"), max_length=rules.CONVERSATION_TITLE_MAX)


class JudgeForm(forms.Form):
    """A button that is pressed or taken back: the empty value."""

    value = forms.ChoiceField(choices=[("", ""), *Message.Feedback.choices], required=False)


def uuids(line: str) -> list[UUID] | None:
    """Those of a line with commas; None when one is none."""
    try:
        return [UUID(word) for word in line.split(",") if word]
    except ValueError:
        return None
