"""Taking the text of a revision out of the history, and putting it back."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.kept import kept_text, signed_in
from accounts.requests import MemberRequest
from communities import permissions
from communities.actions.redacting import put_back, redact
from communities.forms.editing import ReasonForm
from communities.models import Membership
from communities.views.access import count_against_limit, seen_revision


@require_http_methods(["GET", "POST"])
@signed_in
def take_out(request: MemberRequest, pk: int) -> HttpResponse:
    """GET asks why."""
    revision = seen_revision(request, pk)
    if not permissions.can_redact(Membership.objects.of(request.user, revision.post.community)):
        raise PermissionDenied(_("Only moderators can take a text out of the history."))
    form = ReasonForm(request.POST if request.method == "POST" else None, initial=kept_text(request))
    if request.method == "POST" and form.is_valid():
        count_against_limit(request, "edit")
        redact(revision, by=request.user, reason=form.cleaned_data["reason"])
        messages.success(request, _("Nobody reads the text of revision %(n)s any more.") % {"n": revision.number})
        return redirect(revision.content.history_url)
    context = {"form": form, "revision": revision, "community": revision.post.community}
    return render(request, "communities/redact_page.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@signed_in
def bring_back(request: MemberRequest, pk: int) -> HttpResponse:
    revision = seen_revision(request, pk)
    if request.method == "POST":
        count_against_limit(request, "edit")
        put_back(revision, by=request.user)
    return redirect(revision.content.history_url)
