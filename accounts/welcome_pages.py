"""Where the first steps begin, again if one wants, and where they end."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from accounts.actions import begin_welcome, end_welcome
from accounts.kept import signed_in
from accounts.requests import MemberRequest
from accounts.welcome import first_step, way_of


@signed_in
def begin(request: MemberRequest) -> HttpResponse:
    """Goes on where they stopped; POST begins anew."""
    if request.method == "POST":
        begin_welcome(request.user)
    way = way_of(request.user)
    step = way.step if way else first_step(request.user)
    return redirect(step.address if step else "home")


@signed_in
def end(request: MemberRequest) -> HttpResponse:
    if request.method == "POST":
        end_welcome(request.user)
        messages.success(request, _("The first steps are put away. You find them again in your settings."))
    return redirect("home")
