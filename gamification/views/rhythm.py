"""One's own rhythm: days of this week, weeks in a row, a year of days, and what one plans."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.kept import signed_in
from accounts.requests import MemberRequest
from communities.actions.unfit import Unfit
from gamification import rules
from gamification.models import Pause
from gamification.players import player_of, playing
from gamification.streaks.flame import flame_now
from gamification.streaks.forms import PauseForm, PlanForm
from gamification.streaks.heat import heat_map, week_of
from gamification.streaks.planning import choose_plan, end_pause, plan_pause
from gamification.streaks.reading import seen_by
from net.limits import spend


@require_safe
@signed_in
@playing
def own(request: MemberRequest) -> HttpResponse:
    return _page(request)


@require_safe
@signed_in
@playing
def flame(request: MemberRequest) -> HttpResponse:
    """The one in the head of the page, when an act was noted."""
    return render(request, "gamification/_flame.html", {"flame": flame_now(request.user)})


@signed_in
@playing
def plan(request: MemberRequest) -> HttpResponse:
    if request.method != "POST":
        return redirect("gamification:rhythm")
    form = PlanForm(request.POST)
    if not form.is_valid():
        return _page(request, plan_form=form, status=422)
    spend("choosing", request.user.pk, rules.CHOOSING)
    monday = choose_plan(by=request.user, **form.cleaned_data)
    messages.success(request, _("Saved. The days of a week count from %(day)s.") % {"day": date_format(monday)})
    return redirect("gamification:rhythm")


@signed_in
@playing
def pause(request: MemberRequest) -> HttpResponse:
    if request.method != "POST":
        return redirect("gamification:rhythm")
    form = PauseForm(request.POST)
    if form.is_valid():
        spend("choosing", request.user.pk, rules.CHOOSING)
        try:
            plan_pause(by=request.user, **form.cleaned_data)
        except Unfit as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The pause is planned."))
            return redirect("gamification:rhythm")
    return _page(request, pause_form=form, status=422)


@signed_in
@playing
def pause_end(request: MemberRequest, pk: int) -> HttpResponse:
    planned = get_object_or_404(Pause, pk=pk, user=request.user)
    if request.method == "POST":
        spend("choosing", request.user.pk, rules.CHOOSING)
        end_pause(planned, by=request.user)
        messages.success(request, _("The pause is taken back."))
    return redirect("gamification:rhythm")


def _page(
    request: MemberRequest,
    *,
    plan_form: PlanForm | None = None,
    pause_form: PauseForm | None = None,
    status: int = 200,
) -> HttpResponse:
    history, rhythm = seen_by(request.user)
    planned = {"plan": history.plan_to_come, "day_start": player_of(request.user).day_start}
    context = {
        "rhythm": rhythm,
        "week": week_of(history, rhythm),
        "heat": heat_map(history, rhythm),
        "plan_form": plan_form or PlanForm(initial=planned),
        "pause_form": pause_form or PauseForm(),
        "pauses": Pause.objects.filter(user=request.user, last__gte=rhythm.today).order_by("first"),
        "numbers": rules,
    }
    return render(request, "gamification/rhythm_page.html", context, status=status)
