"""What those who decide say."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from gamification.models import Case, Decision


class DecisionForm(forms.ModelForm):
    """Both fields are needed."""

    decision = forms.ChoiceField(label=_("Decision"), choices=Decision, widget=forms.RadioSelect)
    why = forms.CharField(
        label=_("Why"),
        max_length=1_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Who loses XP reads this. Name nobody who voted."),
    )

    class Meta:
        model = Case
        fields = ("decision", "why")

    def clean(self) -> dict[str, Any] | None:
        if Case.objects.open().filter(pk=self.instance.pk).exists():
            return super().clean()
        raise ValidationError(_("Somebody else has decided this case in the meantime."))
