"""The page "Security": what opens the account, what a sign-in takes, where one is signed in, and ending that there."""

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts import sessions
from accounts.factors.overview import factors_of
from accounts.kept import signed_in
from accounts.providers.linked import linked
from accounts.requests import MemberRequest

with_password_again = reauthentication_required(allow_get=True, app="allauth.account")


@signed_in
@require_safe
def security(request: MemberRequest) -> HttpResponse:
    context = {
        "factors": factors_of(request.user),
        "linked": linked(request.user),
        "places": sessions.places(request),
    }
    return render(request, "accounts/security_page.html", context)


@signed_in
@with_password_again
def end_session(request: MemberRequest, pk: int) -> HttpResponse:
    session = get_object_or_404(sessions.elsewhere(request), pk=pk)
    if request.method == "POST":
        sessions.end(sessions.elsewhere(request).filter(pk=session.pk))
        messages.success(request, _("Signed out there."))
    return redirect("accounts:security")


@signed_in
@with_password_again
def end_other_sessions(request: MemberRequest) -> HttpResponse:
    if request.method == "POST":
        sessions.end(sessions.elsewhere(request))
        messages.success(request, _("Signed out everywhere else."))
    return redirect("accounts:security")
