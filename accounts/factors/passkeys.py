"""The pages of passkeys: adding, naming, removing one; signing in with it, and showing with it that it is you."""

import json
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.mfa.webauthn import views as allauth_views
from allauth.mfa.webauthn.internal import auth
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse, reverse_lazy
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.generic.edit import FormView

from net.limits import Rate, spend

SECURITY = reverse_lazy("accounts:security")
BEGINNING = Rate(60, 60)  # for an address: a school has one


def count_beginning(request: HttpRequest) -> None:
    """A stranger who begins gets a session, which is a row in the database. Raises TooOften when it is one too many."""
    spend("passkey", get_adapter(request).get_client_ip(request), BEGINNING)


class Add(allauth_views.AddWebAuthnView):
    """What is added opens the account by itself, so the device must know whom it serves: by finger, face or PIN."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = FormView.get_context_data(self, **kwargs)
        return context | {"options": json.dumps(auth.begin_registration(self.request.user, True))}

    def get_success_url(self) -> str:
        return reverse("mfa_view_recovery_codes") if self.did_generate_recovery_codes else str(SECURITY)


class Rename(allauth_views.EditWebAuthnView):
    success_url = SECURITY

    def form_valid(self, form: Any) -> HttpResponse:
        form.save()
        return redirect(self.get_success_url())


class Remove(allauth_views.RemoveWebAuthnView):
    success_url = SECURITY


class SignIn(allauth_views.LoginWebAuthnView):
    """GET gives a script what to ask the device; what it answers comes by POST."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        count_beginning(request)
        response: HttpResponse = super().get(request, *args, **kwargs)
        return response

    def form_invalid(self, form: Any) -> HttpResponse:
        for error in form.non_field_errors():
            messages.error(self.request, error)
        to = self.request.POST.get("next")
        return redirect(reverse("account_login") + (f"?{urlencode({'next': to})}" if to else ""))


class Again(allauth_views.ReauthenticateWebAuthnView):
    def form_invalid(self, form: Any) -> HttpResponse:
        response: HttpResponse = self.render_to_response(self.get_context_data(form=form))
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs) | kwargs
        return context | {"options": json.dumps(context["js_data"]["request_options"])}


add = never_cache(Add.as_view())
rename = Rename.as_view()
remove = Remove.as_view()
sign_in = never_cache(SignIn.as_view())
again = never_cache(Again.as_view())
