"""Achievements: one's own with all that is still to reach, and what others reached."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.kept import signed_in
from accounts.models import User
from accounts.requests import MemberRequest
from gamification import rules
from gamification.achievements.showing import choose_showcase, choose_showing
from gamification.achievements.standing import earned, standing_of
from gamification.forms import ShowcaseForm, ShowingForm
from gamification.players import player_of, playing, shows_earned
from net.limits import spend


@signed_in
@playing
def own(request: MemberRequest) -> HttpResponse:
    """With the form by which they choose what stands on their profile."""
    is_sent = request.method == "POST"
    if is_sent:
        spend("choosing", request.user.pk, rules.CHOOSING)
    standing = standing_of(request.user)
    now = {"shown": player_of(request.user).showcase}
    form = ShowcaseForm(standing.earned, request.POST if is_sent else None, initial=now)
    if form.is_valid():
        choose_showcase(request.user, form.cleaned_data["shown"])
        messages.success(request, _("Saved."))
        return redirect("gamification:achievements")
    context = {"standing": standing, "form": form}
    return render(request, "gamification/achievements_page.html", context, status=422 if form.is_bound else 200)


@signed_in
@playing
def showing(request: MemberRequest) -> HttpResponse:
    if request.method == "POST":
        shows = ShowingForm(request.POST).pressed()["shows_earned"] == "yes"
        spend("choosing", request.user.pk, rules.CHOOSING)
        choose_showing(request.user, shows_earned=shows)
        messages.success(request, _("Others see it on your profile.") if shows else _("Only you see it from now on."))
    return redirect("accounts:privacy")


@playing
@require_safe
def of_member(request: HttpRequest, username: str) -> HttpResponse:
    """Not of those who chose quiet, whose achievements nobody sees, nor of those who keep them to themselves."""
    member = get_object_or_404(User.objects.visible_to(request.user), username__iexact=username, is_quiet=False)
    if not shows_earned(member, request.user):
        raise Http404
    context = {"member": member, "earned": earned(member, request.user)}
    return render(request, "gamification/member_achievements_page.html", context)
