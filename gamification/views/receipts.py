"""What a member's XP are made of, and how they come about."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts.kept import signed_in
from accounts.requests import MemberRequest
from gamification import rules
from gamification.players import playing
from gamification.receipts import account_of, decisions_about, page_of
from gamification.rules import RULES, xp_of


@signed_in
@playing
@require_safe
def receipts(request: MemberRequest) -> HttpResponse:
    page = page_of(request.user, request.GET.get("before", ""))
    context = {
        "page": page,
        "account": account_of(request.user),
        "decisions": decisions_about(request.user),
        "numbers": rules,
        "next_url": f"{reverse('gamification:receipts')}?before={page.next_before}" if page.next_before else "",
    }
    return render(request, "gamification/receipts_page.html", context)


@playing
@require_safe
def how(request: HttpRequest) -> HttpResponse:
    context = {
        "rules": RULES.values(),
        "numbers": rules,
        "hours": int(rules.VOTES_COUNT_FROM_AGE.total_seconds()) // 3600,
        "levels": [(level, xp_of(level)) for level in (2, 3, 5, 6, 10, 20)],
    }
    return render(request, "gamification/how_page.html", context)
