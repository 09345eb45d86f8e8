"""What a provider does not know of somebody who joins with it: their user name here, and perhaps their address."""

from typing import Any

from allauth.socialaccount import forms as allauth_forms
from allauth.socialaccount.models import SocialLogin
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.fields import TextField
from accounts.forms import in_our_words
from accounts.models import User
from accounts.names import plain_line


class JoinWithForm(allauth_forms.SignupForm):
    """A proved address is taken as it is. Any other one is as good as what is typed, and gets a code."""

    name = TextField(label=_("Name"), max_length=60, required=False)

    field_order = ["username", "name", "email"]

    def __init__(self, *args: Any, sociallogin: SocialLogin, **kwargs: Any) -> None:
        super().__init__(*args, sociallogin=sociallogin, **kwargs)
        self.proved = next((address.email for address in sociallogin.email_addresses if address.verified), "")
        self.initial["name"] = sociallogin.user.name
        in_our_words(self)
        self.fields["username"].label = _("User name")
        self.fields["username"].help_text = _("How others find and mention you. It stays; your name you can change.")
        self.fields["username"].widget.attrs["autocapitalize"] = "none"
        self.fields["name"].widget.attrs["autocomplete"] = "name"
        if self.proved:
            del self.fields["email"]
        else:
            self.fields["email"].label = _("E-mail")
            self.fields["email"].help_text = _("We send a code there to see that it is yours. Nobody else sees it.")
            sociallogin.email_addresses = []

    def clean_name(self) -> str:
        return plain_line(self.cleaned_data["name"])

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        if self.proved:
            cleaned["email"] = self.validate_unique_email(self.proved)
        return cleaned

    def custom_signup(self, request: HttpRequest, user: User) -> None:
        user.name, user.language = self.cleaned_data["name"], get_language() or ""
        user.save(update_fields=["name", "language"])
