"""The pages on which members make, see and revoke their personal tokens."""

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.forms import TokenForm
from accounts.kept import signed_in
from accounts.models import Scope
from accounts.requests import MemberRequest
from accounts.tokens import IN_USE_MAX, TooManyTokens, make_token, revoke_token
from net.limits import Rate, spend

MAKING = Rate(30, 3600)


@require_safe
@signed_in
def tokens(request: MemberRequest) -> HttpResponse:
    now = timezone.now()
    known = request.user.tokens.filter(revoked_at=None).order_by("-created_at", "-pk")
    return render(request, "accounts/tokens_page.html", {"tokens": known, "now": now})


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@signed_in
@reauthentication_required
def create(request: MemberRequest) -> HttpResponse:
    """The token stands on the page that answers, and on no other ever."""
    form = TokenForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        spend("token", request.user.pk, MAKING)
        given = form.cleaned_data
        try:
            token, secret = make_token(
                by=request.user, name=given["name"], scope=Scope(given["scope"]), days=given["days"]
            )
        except TooManyTokens:
            form.add_error(None, _("You have %(most)s tokens; revoke one first.") % {"most": IN_USE_MAX})
        else:
            return render(request, "accounts/token_made_page.html", {"token": token, "secret": secret}, status=201)
    return render(request, "accounts/token_form_page.html", {"form": form}, status=422 if form.is_bound else 200)


@signed_in
@require_POST
def revoke(request: MemberRequest, pk: int) -> HttpResponse:
    token = get_object_or_404(request.user.tokens, pk=pk)
    revoke_token(token)
    messages.success(request, _("Revoked: %(name)s. Programs that send it are refused from now on.") % {"name": token})
    return redirect("accounts:tokens")
