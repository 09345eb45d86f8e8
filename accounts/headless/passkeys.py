"""Passkeys for programs: as on the pages, with what a device must answer as JSON."""

from typing import Any

from allauth.headless.internal.restkit import inputs
from allauth.headless.mfa import views as allauth_views
from django.http import HttpRequest, HttpResponse

from accounts.factors.passkey_forms import SecondStepForm, SignInForm
from accounts.factors.passkeys import count_beginning


class SignInInput(SignInForm, inputs.Input):
    pass


class SecondStepInput(SecondStepForm, inputs.Input):
    pass


class SignInByPasskey(allauth_views.LoginWebAuthnView):
    input_class = {"POST": SignInInput}

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        count_beginning(request)
        response: HttpResponse = super().get(request, *args, **kwargs)
        return response


class PasskeyAsSecondFactor(allauth_views.AuthenticateWebAuthnView):
    input_class = {"POST": SecondStepInput}
