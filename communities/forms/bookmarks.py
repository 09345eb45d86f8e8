"""What one says about a bookmark."""

from datetime import date

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.fields import TextField
from communities import rules
from communities.fields import TitleField


class BookmarkForm(forms.Form):
    collection = TitleField(
        label=_("Collection"),
        max_length=rules.COLLECTION_MAX,
        required=False,
        help_text=_("One of yours or a new name, such as “Exam in June”."),
        widget=forms.TextInput(attrs={"list": "my-collections", "autocomplete": "off"}),
    )
    note = TextField(
        label=_("Note"),
        max_length=rules.BOOKMARK_NOTE_MAX,
        required=False,
        help_text=_("Only you read it."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    remind_on = forms.DateField(
        label=_("Remind me on"),
        required=False,
        help_text=_("On that day it is in your inbox."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def clean_remind_on(self) -> date | None:
        """A day that is over stays as long as nobody changes it."""
        day: date | None = self.cleaned_data["remind_on"]
        if day and day < timezone.localdate() and "remind_on" in self.changed_data:
            raise forms.ValidationError(_("This day is over. Choose today or a later one."))
        return day


class CollectionForm(forms.Form):
    name = TextField(max_length=rules.COLLECTION_MAX, widget=forms.HiddenInput)
    to = TitleField(label=_("New name"), max_length=rules.COLLECTION_MAX)
