"""Votes, and how it went with an answer."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.buttons import ButtonForm
from communities import rules
from communities.fields import TitleField
from communities.models import Outcome, Reason
from communities.models.reaction import REPORTS


class VoteForm(ButtonForm):
    value = forms.TypedChoiceField(choices=[(v, v) for v in (1, 0, -1)], coerce=int)
    reason = forms.ChoiceField(choices=Reason, required=False)


class ReportForm(forms.Form):
    outcome = forms.ChoiceField(
        label=_("What is the matter?"),
        choices=[(outcome.value, outcome.label) for outcome in REPORTS],
        widget=forms.RadioSelect,
    )
    reason = TitleField(
        label=_("Why?"),
        min_length=rules.REPORT_REASON_MIN,
        max_length=rules.REPORT_REASON_MAX,
        widget=forms.Textarea(attrs={"rows": 3, "autofocus": True}),
        help_text=_("Readers see the reason; moderators also see who gave it."),
    )


class TakeBackForm(forms.Form):
    withdraw = forms.ChoiceField(choices=Outcome)
