"""Two of the first steps: topics to follow, and the first community."""

from itertools import groupby

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from accounts.kept import signed_in
from accounts.requests import MemberRequest
from accounts.welcome import SKIP, go_on, show_step
from communities.forms.welcome import CommunitiesForm, TopicsForm
from communities.views.access import count_against_limit
from communities.welcome import (
    choose_topics,
    followed_among,
    join_communities,
    offered_topics,
    suggested_communities,
)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def topics(request: MemberRequest) -> HttpResponse:
    if SKIP in request.POST:
        return go_on(request)
    offered = offered_topics()
    now = {"topics": sorted(followed_among(offered, request.user))}
    form = TopicsForm(offered, request.POST if request.method == "POST" else None, initial=now)
    if form.is_valid():
        count_against_limit(request, "follow")
        choose_topics(form.cleaned_data["topics"], offered, by=request.user)
        return go_on(request)
    boxes = zip(offered, form["topics"], strict=True)
    groups = [
        (place, [box for _tag, box in those]) for place, those in groupby(boxes, key=lambda one: one[0].community)
    ]
    return show_step(request, "communities/welcome_topics_page.html", form, groups=groups)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def community(request: MemberRequest) -> HttpResponse:
    if SKIP in request.POST:
        return go_on(request)
    offered = suggested_communities(request.user)
    form = CommunitiesForm(offered, request.POST if request.method == "POST" else None)
    if form.is_valid():
        chosen = [place for place in offered if place.pk in form.cleaned_data["communities"]]
        if chosen:
            count_against_limit(request, "join")
        join_communities(chosen, by=request.user)
        return go_on(request)
    offers = list(zip(offered, form["communities"], strict=True))
    return show_step(request, "communities/welcome_community_page.html", form, offers=offers)
