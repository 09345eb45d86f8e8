"""The forms of passkeys. What the browser says for the device comes in a field that nobody sees."""

import struct
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn import forms as allauth_forms
from allauth.mfa.webauthn.internal import auth
from cryptography.exceptions import InvalidSignature
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.fields import TextField
from accounts.forms import in_our_words

MOST = 20  # passkeys of a member
NAME_MOST = 60
NOT_TAKEN = _("This passkey was not accepted. Try again, or choose another way.")
BROKEN = (TypeError, ValueError, KeyError, AttributeError, IndexError, RecursionError, struct.error, InvalidSignature)
"""What fido2 stops with when what it reads was never made by a device."""


@contextmanager
def _one_sentence() -> Iterator[None]:
    """Whatever is wrong with an answer, who sent it learns no more than that it is."""
    try:
        yield
    except (ValidationError, *BROKEN) as error:
        raise ValidationError(NOT_TAKEN, code="incorrect_code") from error


def _is_from_here(answer: Any) -> None:
    """The browser names the site that asked; a neighbour under the same domain is another one."""
    if answer.response.client_data.origin != settings.SITE_URL:
        raise ValueError("asked by another site")


@transaction.atomic
def _count(row: Authenticator, answer: Any) -> None:
    """A device that counts its answers counts up; a copy of it would begin behind. Most passkeys always say 0."""
    row = Authenticator.objects.select_for_update().get(pk=row.pk)
    count = answer.response.authenticator_data.counter
    last = row.data.get("count", row.wrap().authenticator_data.counter)
    if (count or last) and count <= last:
        raise ValueError("counted backwards")
    row.data["count"] = count
    row.save(update_fields=["data"])


class Given:
    """A passkey that exists already was asked. What is wrong stands above the form: its field is nowhere to be seen."""

    cleaned_data: dict[str, Any]

    def clean_credential(self) -> Authenticator:
        with _one_sentence():
            answer = auth.parse_authentication_response(self.cleaned_data["credential"])
            _is_from_here(answer)
            row: Authenticator = super().clean_credential()  # type: ignore[misc]
            _count(row, answer)
        return row

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]
        _show(self)


def _show(form: Any) -> None:
    if form._errors.pop("credential", None):
        form.add_error(None, ValidationError(NOT_TAKEN, code="incorrect_code"))


class SignInForm(Given, allauth_forms.LoginWebAuthnForm):
    pass


class SecondStepForm(Given, allauth_forms.AuthenticateWebAuthnForm):
    pass


class AgainForm(Given, allauth_forms.ReauthenticateWebAuthnForm):
    pass


class AddForm(allauth_forms.AddWebAuthnForm):
    name = TextField(
        label=_("Name"), max_length=NAME_MOST, required=False, help_text=_("By which you know the device again.")
    )
    passwordless = None  # each of them is

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        in_our_words(self)

    def clean(self) -> dict[str, Any]:
        if Authenticator.objects.filter(user=self.user, type=Authenticator.Type.WEBAUTHN).count() >= MOST:
            raise ValidationError(_("%(most)s passkeys are the most. Remove one first.") % {"most": MOST})
        with _one_sentence():
            if "credential" in self.cleaned_data:
                _is_from_here(auth.parse_registration_response(self.cleaned_data["credential"]))
            cleaned: dict[str, Any] = super().clean()
        return cleaned

    def _post_clean(self) -> None:
        super()._post_clean()
        _show(self)


class RenameForm(allauth_forms.EditWebAuthnForm):
    name = TextField(label=_("Name"), max_length=NAME_MOST)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        in_our_words(self)
