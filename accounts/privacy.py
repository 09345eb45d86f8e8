"""The page "Privacy": who sees one's profile, and who may list it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from accounts.actions import choose_privacy
from accounts.forms import PrivacyForm
from accounts.kept import signed_in
from accounts.requests import MemberRequest
from net.limits import Rate, spend

CHOOSING = Rate(30, 3600)


@signed_in
def privacy(request: MemberRequest) -> HttpResponse:
    now = {field: getattr(request.user, field) for field in PrivacyForm.base_fields}
    form = PrivacyForm(request.POST if request.method == "POST" else None, initial=now)
    if form.is_valid():
        spend("privacy", request.user.pk, CHOOSING)
        choose_privacy(request.user, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("accounts:privacy")
    return render(request, "accounts/privacy_page.html", {"form": form}, status=422 if form.is_bound else 200)
