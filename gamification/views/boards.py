"""Leaderboards: of all, and of one community."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.kept import signed_in
from accounts.requests import MemberRequest
from communities.actions.unfit import Unfit
from communities.models import Community, Membership
from communities.views.access import seen_community
from gamification.boards.choosing import choose_appearance
from gamification.boards.forms import AppearanceForm
from gamification.boards.goals import goal_of
from gamification.boards.places import board_url, open_url
from gamification.boards.reading import shown_board
from gamification.boards.times import first_open, start_of
from gamification.models import Span
from gamification.players import player_of, playing
from gamification.rules import CHOOSING
from net.limits import spend


@dataclass(frozen=True)
class Asked:
    """Which board an address means."""

    span: Span
    start: date | None
    now: date | None


@require_http_methods(["GET", "POST"])
@signed_in
@playing
def overall(request: MemberRequest) -> HttpResponse:
    mine = Membership.objects.filter(user=request.user).values_list("community", flat=True)
    return _page(request, reverse("gamification:leaderboard"), {"goal": goal_of(mine)})


@require_http_methods(["GET", "POST"])
@signed_in
@playing
def of_community(request: MemberRequest, slug: str) -> HttpResponse:
    community, me = seen_community(request, slug)
    context = {"community": community, "me": me, "goal": goal_of([community]), "open_url": open_url(community)}
    return _page(request, board_url(community), context, community)


def _page(
    request: MemberRequest, address: str, context: dict[str, Any], community: Community | None = None
) -> HttpResponse:
    """POST chooses how the member appears there and everywhere."""
    asked = _asked(request)
    player = player_of(request.user)
    shown = {"shown_as": player.shown_as or None, "pseudonym": player.pseudonym}
    form = AppearanceForm(request.POST if request.method == "POST" else None, initial=shown)
    if request.method == "POST" and form.is_valid():
        spend("choose", request.user.pk, CHOOSING)
        try:
            choose_appearance(by=request.user, **form.cleaned_data)
        except Unfit as refusal:
            form.add_error("pseudonym", str(refusal))
        else:
            messages.success(request, _("Saved. All leaderboards show you so, those of past weeks too."))
            return redirect(address)
    context |= {
        "board": shown_board(
            community, asked.span, asked.start, to=request.user, now=asked.now, is_top="top" in request.GET
        ),
        "asked": asked,
        "spans": Span.choices,
        "is_top": "top" in request.GET,
        "is_frozen": asked.start is not None and asked.start < (first_open(asked.span, timezone.now()) or asked.start),
        "address": address,
        "player": player,
        "form": form,
    }
    return render(request, "gamification/board_page.html", context, status=422 if form.errors else 200)


def _asked(request: HttpRequest) -> Asked:
    """The present week, unless the address says otherwise."""
    span = request.GET.get("span", Span.WEEK)
    if span not in Span.values:
        raise Http404
    now = start_of(Span(span), timezone.now().date())
    try:
        start = date.fromisoformat(request.GET["start"]) if "start" in request.GET else now
    except ValueError:
        raise Http404 from None
    if start is None or now is None:
        return Asked(Span(span), None, None)
    if start > now or start != start_of(Span(span), start):
        raise Http404
    return Asked(Span(span), start, now)
