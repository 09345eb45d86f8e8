"""The pages of the second step: where it is set up, and where a sign-in asks for it."""

import json
from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.views import AuthenticateView, ReauthenticateView
from allauth.mfa.recovery_codes.views import (
    DownloadRecoveryCodesView,
    GenerateRecoveryCodesView,
    ViewRecoveryCodesView,
)
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from django.forms import Form
from django.http import HttpResponse
from django.views.decorators.cache import never_cache
from django.views.generic import RedirectView
from django.views.generic.edit import FormView

from accounts.factors.overview import factors_of
from accounts.factors.qr import qr_code

GROUP = 4  # characters of a secret that is to be typed


class TurnOnApp(ActivateTOTPView):
    """The secret is another one each time the page is opened."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = FormView.get_context_data(self, **kwargs)  # allauth's draws a picture made of data
        secret = context["form"].secret
        groups = [secret[start : start + GROUP] for start in range(0, len(secret), GROUP)]
        address = get_adapter().build_totp_url(self.request.user, secret)
        return context | {"qr": qr_code(address), "secret": " ".join(groups)}


class SecondStep(AuthenticateView):
    """By a code, or by a passkey where the member has one: else fido2 would be loaded for nothing."""

    def _build_forms(self) -> Form | None:
        member = self.stage.login.user
        data = self.request.POST if self.request.method == "POST" else None
        by_passkey = data is not None and "credential" in data
        self.auth_form = self.get_form_class()(user=member, data=None if by_passkey else data)
        self.webauthn_form = None
        if factors_of(member).passkeys:
            self.webauthn_form = self.get_webauthn_form_class()(user=member, data=data if by_passkey else None)
        return (self.webauthn_form if by_passkey else self.auth_form) if data is not None else None

    def form_invalid(self, form: Form) -> HttpResponse:
        response: HttpResponse = super().form_invalid(form)
        response.status_code = 422
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        if self.webauthn_form:
            context["options"] = json.dumps(context["js_data"]["request_options"])
        return context


index = RedirectView.as_view(pattern_name="accounts:security")
second_step = SecondStep.as_view()
again = ReauthenticateView.as_view()
turn_on_app = never_cache(TurnOnApp.as_view())
turn_off_app = DeactivateTOTPView.as_view()
spare_codes = never_cache(ViewRecoveryCodesView.as_view())
new_spare_codes = GenerateRecoveryCodesView.as_view()
spare_codes_as_file = DownloadRecoveryCodesView.as_view()
