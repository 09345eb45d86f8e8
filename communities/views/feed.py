"""The feed across one's communities."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from accounts.kept import signed_in
from accounts.requests import MemberRequest
from communities import rules
from communities.feeds import feed_context
from communities.keyset import keyset_page
from communities.models import Membership, Post, SavedList
from communities.models.content import NOT_DELETED
from communities.tabs import ORDERS, Tab, of_tab, tab_named, usual_tab
from communities.visits import note_looks


@signed_in
@require_safe
def across(request: MemberRequest) -> HttpResponse:
    """Whom a community knows sees first what needs them, others what is new; or what they chose to begin with."""
    saved = list(SavedList.objects.of(request.user).order_by("name"))
    begins = next((one for one in saved if one.default_since), None)
    if begins and not request.GET:
        return redirect(begins)
    mine = list(Membership.objects.filter(user=request.user).select_related("community"))
    tab, after = tab_named(request.GET.get("show"), usual_tab(*mine)), request.GET.get("after", "")
    communities = {me.community_id: me.community for me in mine}
    posts = of_tab(Post.objects.filter(NOT_DELETED), tab, request.user)
    page = keyset_page(ORDERS[tab], after, rules.POSTS_PER_PAGE, posts, communities=communities)
    for post in page.posts:
        post.community = communities[post.community_id]
    places = sorted(communities.values(), key=lambda one: one.name)
    new_since = note_looks(request.user) if mine and tab == Tab.NEWEST and not after else None
    context = feed_context(page, tab, new_since=new_since) | {"communities": places, "saved_lists": saved}
    return render(request, "communities/feed_page.html", context, status=422 if page.is_lost else 200)
