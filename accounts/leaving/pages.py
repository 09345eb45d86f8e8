"""The pages on which a member deletes their account, or changes their mind."""

from typing import Any

from allauth.account.decorators import reauthentication_required
from django import forms
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.kept import signed_in
from accounts.leaving.going import HeldBack, TooLate, leave, leaving_behind, stay
from accounts.leaving.steps import obstacles
from accounts.models import Leaving
from accounts.requests import MemberRequest
from net.limits import Rate, spend

LEAVING = Rate(10, 3600)


class LeavingForm(forms.Form):
    texts = forms.ChoiceField(
        label=gettext_lazy("What you wrote"),
        choices=Leaving.Texts,
        initial=Leaving.Texts.KEEP,
        widget=forms.RadioSelect,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@signed_in
@reauthentication_required
def go(request: MemberRequest) -> HttpResponse:
    form = LeavingForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        status = 422 if form.is_bound else 200
        return _page(request, {"form": form, "first": obstacles(request.user)}, status=status)
    spend("leave", request.user.pk, LEAVING)
    try:
        leaving = leave(by=request.user, texts=form.cleaned_data["texts"])
    except HeldBack as held:
        return _page(request, {"form": form, "first": held.sentences}, status=422)
    logout(request)
    said = _("Your account is closed. Until %(day)s you can open it again: sign in, or use the link in our mail.")
    messages.success(request, said % {"day": date_format(timezone.localtime(leaving.due_at), "j F Y")})
    return redirect("home")


def _page(request: HttpRequest, context: dict[str, Any], *, status: int) -> HttpResponse:
    return render(request, "accounts/leaving_page.html", context | {"days": Leaving.UNDO.days}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def come_back(request: HttpRequest, token: str) -> HttpResponse:
    """Whoever has the link from the mail, or gave name and password, may open the account again."""
    try:
        leaving = leaving_behind(token)
        if request.method == "POST":
            stay(leaving)
            messages.success(request, _("Welcome back. Your account is open again; sign in."))
            return redirect("account_login")
    except TooLate:
        return render(request, "accounts/too_late_page.html", status=410)
    return render(request, "accounts/stay_page.html", {"leaving": leaving})
