"""How a member wants to appear."""

import unicodedata
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.names import not_reserved
from communities.fields import TitleField
from gamification.models import ShownAs
from gamification.rules import PSEUDONYM_MAX, PSEUDONYM_MIN


def of_letters(name: str) -> None:
    """So that it reads as one name, and nothing of it can look like a role or a sign of ours."""
    if not all(char.isalnum() or unicodedata.combining(char) or char in " .-_'’" for char in name):
        raise ValidationError(_("Use letters, digits, blanks, dots, hyphens and apostrophes."))


class AppearanceForm(forms.Form):
    shown_as = forms.ChoiceField(
        label=_("How others see you on leaderboards"),
        choices=[
            (ShownAs.NAME, _("By my name")),
            (ShownAs.PSEUDONYM, _("By another name")),
            (ShownAs.HIDDEN, _("Not at all; I still see where I stand")),
        ],
        widget=forms.RadioSelect,
    )
    pseudonym = TitleField(
        label=_("Your other name"),
        required=False,
        min_length=PSEUDONYM_MIN,
        max_length=PSEUDONYM_MAX,
        validators=[of_letters, not_reserved],
        help_text=_("Nothing leads from it to you: on your profile others see no XP and no level then."),
    )

    def clean_pseudonym(self) -> str:
        return unicodedata.normalize("NFKC", self.cleaned_data["pseudonym"])

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if given.get("shown_as") == ShownAs.PSEUDONYM and not given.get("pseudonym") and "pseudonym" not in self.errors:
            self.add_error("pseudonym", _("Say which name."))
        return given
