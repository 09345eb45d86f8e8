"""One of the first steps: days a week. Nobody who chose quiet is asked."""

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from accounts.kept import signed_in
from accounts.models import User
from accounts.requests import MemberRequest
from accounts.welcome import SKIP, go_on, show_step
from gamification import rules
from gamification.players import player_of, playing
from gamification.streaks.forms import DaysForm
from gamification.streaks.planning import choose_plan
from gamification.streaks.reading import seen_by
from net.limits import spend


def is_played(user: User) -> bool:
    return not user.is_quiet


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
@playing
def plan(request: MemberRequest) -> HttpResponse:
    if SKIP in request.POST:
        return go_on(request)
    history, _rhythm = seen_by(request.user)
    form = DaysForm(request.POST if request.method == "POST" else None, initial={"plan": history.plan_to_come})
    if form.is_valid():
        spend("choosing", request.user.pk, rules.CHOOSING)
        choose_plan(by=request.user, day_start=player_of(request.user).day_start, **form.cleaned_data)
        return go_on(request)
    return show_step(request, "gamification/welcome_plan_page.html", form)
