"""Is it a list of ours that somebody wants to keep?"""

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import QueryDict
from django.urls import Resolver404, resolve
from django.utils.translation import gettext_lazy as _

from accounts.fields import TextField
from communities import rules
from communities.fields import TitleField

LISTS = {
    "communities:feed": ("show",),
    "communities:community_home": ("show",),
    "communities:tag": (),
    "communities:search": ("q", "order"),
    "communities:community_search": ("q", "order"),
}
"""The pages that are lists, with what of their addresses belongs to the question and not to the page of it."""
NEEDED = {"communities:feed": "show", "communities:search": "q", "communities:community_search": "q"}
"""Without it such a page is the usual one, or asks for nothing."""


class SaveListForm(forms.Form):
    """`address` becomes that of the first page of the list."""

    name = TitleField(label=_("Name"), max_length=rules.LIST_NAME_MAX)
    address = TextField(max_length=rules.LIST_ADDRESS_MAX, required=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        address = _first_page(self.cleaned_data.get("address", ""))
        if not address or len(address) > rules.LIST_ADDRESS_MAX:
            raise forms.ValidationError(_("This is not a list that can be kept."))
        return self.cleaned_data | {"address": address}


def _first_page(address: str) -> str:
    """Where the list begins; "" when it is none of ours."""
    path, _mark, query = address.partition("?")
    try:
        page = resolve(path).view_name
    except Resolver404:
        return ""
    given = QueryDict(query)
    kept = {key: given[key] for key in LISTS.get(page, ()) if given.get(key)}
    if page not in LISTS or (page in NEEDED and NEEDED[page] not in kept):
        return ""
    return f"{path}?{urlencode(kept)}" if kept else path
