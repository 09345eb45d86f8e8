"""What members choose."""

from django import forms

from accounts.buttons import ButtonForm


class QuietForm(ButtonForm):
    is_quiet = forms.ChoiceField(choices=[("yes", ""), ("no", "")])
