"""On the page "Security": connecting an account elsewhere, and disconnecting it."""

from allauth.socialaccount.models import SocialAccount
from allauth.socialaccount.providers.base.constants import AuthProcess
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from accounts.kept import signed_in
from accounts.providers.linked import name_of, unlink
from accounts.providers.views import leaving
from accounts.requests import MemberRequest
from accounts.security import with_password_again
from net.limits import Rate, spend

LINKING = Rate(20, 3600)


@never_cache
@signed_in
@with_password_again
def link_provider(request: MemberRequest, provider_id: str) -> HttpResponse:
    if request.method != "POST":
        return redirect("accounts:security")
    spend("link", request.user.pk, LINKING)
    return leaving(request, provider_id, AuthProcess.CONNECT, None)


@signed_in
@with_password_again
def unlink_provider(request: MemberRequest, pk: int) -> HttpResponse:
    account = get_object_or_404(SocialAccount, user=request.user, pk=pk)
    if request.method == "POST":
        try:
            unlink(request, account)
        except ValidationError as refusal:
            messages.error(request, refusal.messages[0])
        else:
            messages.success(request, _("%(provider)s is disconnected.") % {"provider": name_of(account)})
    return redirect("accounts:security")
