"""The box of the search."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.fields import TextField
from communities import rules


class SearchForm(forms.Form):
    q = TextField(
        label=_("Search"),
        max_length=rules.SEARCH_MAX,
        required=False,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off", "enterkeyhint": "search"}),
        error_messages={"max_length": _("Search for fewer words: %(limit_value)d characters at most.")},
    )
