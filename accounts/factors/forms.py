"""The forms of second factors in our words."""

from typing import Any

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.base import forms as allauth_forms
from allauth.mfa.totp.forms import ActivateTOTPForm
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.adapter import too_many_tries
from accounts.forms import in_our_words


class TurnOnAppForm(ActivateTOTPForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        in_our_words(self)
        self.fields["code"].label = _("The code that the app shows now")
        self.fields["code"].widget.attrs |= {"inputmode": "numeric", "spellcheck": "false"}

    def clean_code(self) -> str:
        try:
            code: str = super().clean_code()
        except ValidationError as error:
            if error.code == "rate_limited":
                raise ImmediateHttpResponse(too_many_tries()) from error
            raise
        return code


class SecondStepForm(allauth_forms.AuthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        in_our_words(self)
        self.fields["code"].help_text = _("From the app on your phone, or one of your recovery codes.")
        self.fields["code"].widget.attrs |= {"spellcheck": "false"}


class CodeAgainForm(allauth_forms.ReauthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        in_our_words(self)
        self.fields["code"].help_text = _("From the app on your phone, or one of your recovery codes.")
        self.fields["code"].widget.attrs |= {"spellcheck": "false"}
