"""What one says about a bookmark."""

from django import forms
from django.utils.translation import gettext_lazy as _

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
    note = forms.CharField(
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


class CollectionForm(forms.Form):
    name = forms.CharField(max_length=rules.COLLECTION_MAX, widget=forms.HiddenInput)
    to = TitleField(label=_("New name"), max_length=rules.COLLECTION_MAX)
