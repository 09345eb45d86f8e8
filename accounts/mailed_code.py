"""Is it you? For members without a password: a code in a mail says so, as the way to a new password would."""

import time
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows import reauthentication
from allauth.account.internal.flows.login import record_authentication
from allauth.account.views import BaseReauthenticateView
from allauth.account.views import password_set as allauth_password_set
from allauth.core.exceptions import ReauthenticationRequired
from allauth.core.internal.cryptokit import compare_user_code
from django import forms
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache

from accounts.forms import in_our_words
from accounts.kept import signed_in
from accounts.providers.linked import is_opened_from_elsewhere_only
from accounts.requests import MemberRequest
from net.limits import Rate, spend

SESSION_KEY = "mailed_code"
SECONDS = 15 * 60
TRIES = 3
SENDING = Rate(5, 3600)
METHOD = "mailed_code"

_usual_flows = reauthentication.get_reauthentication_flows


def _flows(user: Any) -> list[dict[str, Any]]:
    """allauth asks nothing of members without a password."""
    usual: list[dict[str, Any]] = _usual_flows(user)
    return usual or ([{"id": METHOD}] if user.is_authenticated and is_opened_from_elsewhere_only(user) else [])


reauthentication.get_reauthentication_flows = _flows


class CodeForm(forms.Form):
    code = forms.CharField(
        label=gettext_lazy("Code"),
        max_length=20,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )

    def __init__(self, *args: Any, sent: dict[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        in_our_words(self)
        self.sent = sent

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"]
        if not self.sent or self.sent["tries"] > TRIES or time.time() - self.sent["at"] > SECONDS:
            raise ValidationError(_("This code is over. Have a new one sent."))
        if not compare_user_code(actual=code, expected=self.sent["code"]):
            raise ValidationError(_("This is not the code we sent. Look at the newest mail."))
        return code


class ReauthenticateByMail(BaseReauthenticateView):
    form_class = CodeForm
    template_name = "account/reauthenticate_by_mail.html"
    request: MemberRequest

    def post(self, request: MemberRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "send" in request.POST:
            self._send()
            return redirect(self.passthrough_next_url(request.path))
        if sent := request.session.get(SESSION_KEY):
            request.session[SESSION_KEY] = sent | {"tries": sent["tries"] + 1}
        response: HttpResponse = super().post(request, *args, **kwargs)
        return response

    def get_form_kwargs(self) -> dict[str, Any]:
        given: dict[str, Any] = super().get_form_kwargs()
        return given | {"sent": self.request.session.get(SESSION_KEY, {})}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        given: dict[str, Any] = super().get_context_data(**kwargs)
        return given | {"is_sent": SESSION_KEY in self.request.session, "email": self.request.user.email}

    def form_valid(self, form: CodeForm) -> HttpResponse:
        del self.request.session[SESSION_KEY]
        record_authentication(self.request, self.request.user, METHOD, reauthenticated=True)
        response: HttpResponse = super().form_valid(form)
        return response

    def _send(self) -> None:
        spend("mailed-code", self.request.user.pk, SENDING)
        code = get_adapter(self.request).generate_email_verification_code()
        self.request.session[SESSION_KEY] = {"code": code, "at": time.time(), "tries": 0}
        text = render_to_string("accounts/email/is_it_you.txt", {"code": code})
        EmailMessage(_("Your Cairn code"), text, to=[self.request.user.email]).send()


@never_cache
@signed_in
def reauthenticate_by_mail(request: MemberRequest) -> HttpResponse:
    response: HttpResponse = ReauthenticateByMail.as_view()(request)
    return response


@never_cache
@signed_in
def set_password(request: MemberRequest) -> HttpResponse:
    """A first password is one more way in. Who they are is asked before it is typed, so nothing secret waits."""
    if reauthentication.is_reauthentication_required(request, app="allauth.account"):
        if request.method == "POST":
            return redirect("account_set_password")
        raise ReauthenticationRequired
    response: HttpResponse = allauth_password_set(request)
    return response
