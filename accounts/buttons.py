"""Forms that are buttons: they say one of a few things, and nobody types into them."""

from typing import Any

from django import forms
from django.core.exceptions import BadRequest
from django.utils.translation import gettext as _


class ButtonForm(forms.Form):
    def pressed(self) -> dict[str, Any]:
        """What it says. Raises BadRequest for what no button of ours says: there is no form to give back."""
        if not self.is_valid():
            raise BadRequest(
                _("Cairn does not know this button. Nothing was changed; load the page again and press it there.")
            )
        return self.cleaned_data
