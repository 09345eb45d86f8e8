"""What members choose."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.buttons import ButtonForm
from gamification.achievements.standing import Earned
from gamification.rules import SHOWCASE_MAX


class QuietForm(ButtonForm):
    is_quiet = forms.ChoiceField(choices=[("yes", ""), ("no", "")])


class ShowingForm(ButtonForm):
    shows_earned = forms.ChoiceField(choices=[("yes", ""), ("no", "")])


class ShowcaseForm(forms.Form):
    """Which of one's own achievements stand on the profile."""

    def __init__(
        self, reached: Iterable[Earned], data: Mapping[str, Any] | None = None, *, initial: dict[str, Any] | None = None
    ) -> None:
        super().__init__(data, initial=initial)
        self.fields["shown"] = forms.MultipleChoiceField(
            label=gettext_lazy("On your profile"),
            choices=list({one.kind.key: one.kind.name for one in reached}.items()),
            required=False,
            widget=forms.CheckboxSelectMultiple,
        )

    def clean_shown(self) -> list[str]:
        shown: list[str] = self.cleaned_data["shown"]
        if len(shown) > SHOWCASE_MAX:
            raise ValidationError(_("At most %(n)d fit on your profile. Untick the others.") % {"n": SHOWCASE_MAX})
        return shown
