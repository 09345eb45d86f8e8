"""What the inbox may be asked to do, checked."""

from django import forms

from accounts.buttons import ButtonForm


class UpToForm(ButtonForm):
    """Up to which notification the person has seen them."""

    up_to = forms.IntegerField(min_value=0, max_value=2**63 - 1)
