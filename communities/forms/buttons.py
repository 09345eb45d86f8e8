"""Buttons that switch something."""

from django import forms

from accounts.buttons import ButtonForm


class YesNoForm(ButtonForm):
    """A button and its undoing: 1 = do it, 0 = undo it."""

    value = forms.TypedChoiceField(choices=[(v, v) for v in (1, 0)], coerce=int)
