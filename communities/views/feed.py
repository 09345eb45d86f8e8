"""The feed across one's communities."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.kept import signed_in
from accounts.requests import MemberRequest
from communities import rules
from communities.feeds import feed_context
from communities.keyset import Page, keyset_page
from communities.models import Membership, Post, Trust
from communities.models.content import NOT_DELETED
from communities.tabs import ORDERS, Tab, of_tab, tab_named


@signed_in
@require_safe
def across(request: MemberRequest) -> HttpResponse:
    """Whom a community knows sees first what needs them; others what is new."""
    mine = list(Membership.objects.filter(user=request.user).select_related("community"))
    usual = Tab.NEEDS_YOU if any(me.trust >= Trust.KNOWN for me in mine) else Tab.NEWEST
    tab = tab_named(request.GET.get("show"), usual)
    communities = {me.community_id: me.community for me in mine}
    parts = [of_tab(Post.objects.filter(NOT_DELETED, community=pk), tab, request.user) for pk in communities]
    page = Page([], "")
    if parts:
        page = keyset_page(ORDERS[tab], request.GET.get("after", ""), rules.POSTS_PER_PAGE, *parts)
    for post in page.posts:
        post.community = communities[post.community_id]
    context = feed_context(page, tab) | {"communities": sorted(communities.values(), key=lambda one: one.name)}
    return render(request, "communities/feed_page.html", context)
