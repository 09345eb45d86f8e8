"""One's own rhythm: days of this week, weeks in a row, and what one plans."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.kept import signed_in
from accounts.requests import MemberRequest
from gamification.players import playing
from gamification.streaks.flame import flame_now
from gamification.streaks.reading import rhythm_of


@require_safe
@signed_in
@playing
def own(request: MemberRequest) -> HttpResponse:
    return render(request, "gamification/rhythm_page.html", {"rhythm": rhythm_of(request.user)})


@require_safe
@signed_in
@playing
def flame(request: MemberRequest) -> HttpResponse:
    return render(request, "gamification/_flame.html", {"flame": flame_now(request.user)})
