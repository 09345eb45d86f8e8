"""Where a member hides everything that this floor shows, and brings it back."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from accounts.kept import signed_in
from accounts.requests import MemberRequest
from gamification import rules
from gamification.forms import QuietForm
from gamification.quieting import choose_quiet
from net.limits import spend


@signed_in
def quiet(request: MemberRequest) -> HttpResponse:
    """For quiet members, too: the page is their way back, and names nothing that they hid."""
    if request.method == "POST":
        is_quiet = QuietForm(request.POST).pressed()["is_quiet"] == "yes"
        spend("quiet", request.user.pk, rules.CHOOSING)
        choose_quiet(request.user, is_quiet=is_quiet)
        messages.success(request, _("All of it is hidden.") if is_quiet else _("All of it is shown again."))
        return redirect("gamification:quiet")
    return render(request, "gamification/quiet_settings_page.html", {"is_quiet": request.user.is_quiet})
