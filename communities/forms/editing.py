"""What forms for a text that stands say beside the text."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.fields import TextField
from communities import rules
from communities.fields import TitleField
from communities.models import DeletionReason


class EditForm(forms.Form):
    """What every edit says beside the new text: why, and which text it began with."""

    note = TitleField(
        label=_("What did you change?"),
        max_length=rules.NOTE_MAX,
        required=False,
        help_text=_("A few words for the history."),
    )
    began_with = TextField(widget=forms.HiddenInput, max_length=16, required=False)

    def __init__(self, *args: Any, is_own: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_own:
            self.fields["note"].required = True
            self.fields["note"].help_text = _("A few words for its author and the history.")


class ReasonForm(forms.Form):
    reason = TitleField(label=_("Why?"), max_length=rules.NOTE_MAX)


class DeleteForm(forms.Form):
    reason = forms.ChoiceField(label=_("Why?"), choices=DeletionReason, widget=forms.RadioSelect)
