"""What a member plans."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy


class DaysForm(forms.Form):
    plan = forms.TypedChoiceField(
        label=_("Days a week"),
        choices=[(days, ngettext_lazy("%(n)s day", "%(n)s days", days) % {"n": days}) for days in range(1, 8)],
        coerce=int,
        help_text=_("Any days of the week. A change counts from next Monday."),
    )


class PlanForm(DaysForm):
    day_start = forms.TypedChoiceField(
        label=_("My day begins at"),
        choices=[(hour, f"{hour}:00") for hour in range(7)],
        coerce=int,
        help_text=_("What you do before that still counts for the day before."),
    )


class PauseForm(forms.Form):
    first = forms.DateField(
        label=_("First day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), required=True
    )
    last = forms.DateField(
        label=_("Last day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), required=True
    )
