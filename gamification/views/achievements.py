"""Achievements: one's own with all that is still to reach, and what others reached."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.kept import signed_in
from accounts.models import User
from accounts.requests import MemberRequest
from gamification import rules
from gamification.achievements.showing import choose_showcase
from gamification.achievements.standing import Standing, earned, standing_of
from gamification.forms import ShowcaseForm
from gamification.players import player_of, playing
from net.limits import spend


@signed_in
@playing
@require_safe
def own(request: MemberRequest) -> HttpResponse:
    standing = standing_of(request.user)
    form = ShowcaseForm(standing.earned, initial={"shown": player_of(request.user).showcase})
    return _own_page(request, standing, form)


@signed_in
@playing
def showcase(request: MemberRequest) -> HttpResponse:
    if request.method != "POST":
        return redirect("gamification:achievements")
    spend("choosing", request.user.pk, rules.CHOOSING)
    standing = standing_of(request.user)
    form = ShowcaseForm(standing.earned, request.POST)
    if not form.is_valid():
        return _own_page(request, standing, form, status=422)
    choose_showcase(request.user, form.cleaned_data["shown"])
    messages.success(request, _("Saved."))
    return redirect("gamification:achievements")


@playing
@require_safe
def of_member(request: HttpRequest, username: str) -> HttpResponse:
    member = get_object_or_404(User.objects.active(), username__iexact=username)
    context = {"member": member, "earned": earned(member, request.user)}
    return render(request, "gamification/member_achievements_page.html", context)


def _own_page(request: MemberRequest, standing: Standing, form: ShowcaseForm, status: int = 200) -> HttpResponse:
    context = {"standing": standing, "form": form}
    return render(request, "gamification/achievements_page.html", context, status=status)
