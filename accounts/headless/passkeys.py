"""Passkeys for programs: as on the pages, with what a device must answer as JSON."""

from allauth.headless.internal.restkit import inputs
from allauth.headless.mfa import views as allauth_views

from accounts.factors.passkey_forms import SecondStepForm, SignInForm


class SignInInput(SignInForm, inputs.Input):
    pass


class SecondStepInput(SecondStepForm, inputs.Input):
    pass


class SignInByPasskey(allauth_views.LoginWebAuthnView):
    input_class = {"POST": SignInInput}


class PasskeyAsSecondFactor(allauth_views.AuthenticateWebAuthnView):
    input_class = {"POST": SecondStepInput}
