"""The directory, and the pages of one community."""

from django.conf import settings as site
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.kept import kept_text, signed_in
from accounts.models import User
from accounts.requests import MemberRequest
from communities import permissions, rules
from communities.actions.community import (
    create_community,
    describe_community,
    join_community,
    leave_community,
    renew_invite,
    set_house_rules,
)
from communities.actions.unfit import Unfit
from communities.feeds import feed_context
from communities.followed import follows
from communities.forms.communities import CommunityForm, HouseRulesForm
from communities.keyset import keyset_page
from communities.models import Community, Membership, Post
from communities.models.content import NOT_DELETED
from communities.tabs import ORDERS, Tab, of_tab, tab_named, usual_tab
from communities.views.access import count_against_limit, seen_community
from communities.visits import note_look


@require_safe
def directory(request: HttpRequest) -> HttpResponse:
    communities = Community.objects.visible_to(request.user).order_by("-member_count", "pk")
    page = Paginator(communities, rules.COMMUNITIES_PER_PAGE).get_page(request.GET.get("page"))
    mine = set(Community.objects.with_member(request.user).values_list("pk", flat=True))
    return render(request, "communities/directory_page.html", {"page": page, "mine": mine})


@require_safe
def home(request: HttpRequest, slug: str) -> HttpResponse:
    community, me = seen_community(request, slug)
    usual = usual_tab(*[me] if me else [])
    tab = tab_named(request.GET.get("show"), usual)
    after = request.GET.get("after", "")
    posts = Post.objects.filter(NOT_DELETED, community=community)  # who sees the community sees its posts
    page = keyset_page(ORDERS[tab], after, rules.POSTS_PER_PAGE, of_tab(posts, tab, request.user))
    new_since = note_look(me) if me and tab == Tab.NEWEST and not after else None
    context = {"community": community, "me": me} | feed_context(page, tab, community, new_since=new_since)
    context["usual"] = usual
    status = 422 if page.is_lost else 200
    return render(request, "communities/community_home_page.html", context, status=status)


@require_safe
def about(request: HttpRequest, slug: str) -> HttpResponse:
    community, me = seen_community(request, slug)
    owners = Membership.objects.filter(community=community, role="owner").select_related("user")
    newest = Membership.objects.filter(community=community, user__in=User.objects.visible_to(request.user))
    context = {
        "community": community,
        "me": me,
        "owners": owners,
        "newest": newest.select_related("user").order_by("-joined_at", "-pk")[:12],
        "follows": follows(request.user, community=community),
    }
    return render(request, "communities/community_about_page.html", context)


@require_http_methods(["GET", "POST"])
@signed_in
def create(request: MemberRequest) -> HttpResponse:
    form = CommunityForm(request.POST if request.method == "POST" else None, initial=kept_text(request))
    if request.method == "POST" and form.is_valid():
        count_against_limit(request, "community")
        try:
            return redirect(create_community(by=request.user, **form.cleaned_data))
        except Unfit as refusal:
            form.add_error("name", str(refusal))
    return render(request, "communities/community_form_page.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@signed_in
def settings(request: MemberRequest, slug: str) -> HttpResponse:
    community, me = seen_community(request, slug)
    if not permissions.can_manage(me):
        raise PermissionDenied(_("Only owners can change the community."))
    sent = request.POST if request.method == "POST" else None
    shown = {field: getattr(community, field) for field in (*CommunityForm.base_fields, *HouseRulesForm.base_fields)}
    form = CommunityForm(sent, initial=shown | kept_text(request))
    rules_form = HouseRulesForm(sent, initial=shown)
    if request.method == "POST" and form.is_valid() and rules_form.is_valid():
        count_against_limit(request, "edit")
        describe_community(community, by=request.user, **form.cleaned_data)
        set_house_rules(community, by=request.user, **rules_form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect(community)
    context = {"form": form, "rules_form": rules_form, "community": community, "me": me}
    status = 422 if form.errors or rules_form.errors else 200
    return render(request, "communities/community_form_page.html", context, status=status)


@require_http_methods(["GET", "POST"])
@signed_in
def invitation(request: MemberRequest, slug: str) -> HttpResponse:
    """The link by which others come in; POST makes a new one."""
    community, me = seen_community(request, slug)
    if not permissions.can_manage(me):
        raise PermissionDenied(_("Only owners can make invitation links."))
    if request.method == "POST":
        count_against_limit(request, "edit")
        renew_invite(community, by=request.user)
        messages.success(request, _("Here is a new link; the old one no longer works."))
        return redirect("communities:community_invitation", community.slug)
    if community.invite_key:
        path = reverse("communities:community_invite", args=[community.slug, community.invite_key])
    else:
        path = community.get_absolute_url()
    context = {"community": community, "me": me, "invite_url": site.SITE_URL + path}
    return render(request, "communities/community_invitation_page.html", context)


@require_http_methods(["GET", "POST"])
@signed_in
def join(request: MemberRequest, slug: str, invite_key: str | None = None) -> HttpResponse:
    """GET asks, POST joins. The link of a private community shows only its name before."""
    community = community_to_join(request, slug, invite_key)
    if request.method == "GET":
        if Membership.objects.of(request.user, community):
            return redirect(community)
        return render(request, "communities/community_join_page.html", {"community": community})
    count_against_limit(request, "join")
    join_community(community, by=request.user, invite_key=invite_key)
    messages.success(request, _("Welcome to %(name)s.") % {"name": community.name})
    return redirect(community)


def community_to_join(request: MemberRequest, slug: str, invite_key: str | None) -> Community:
    """One that the person sees, or has the key of."""
    communities = Community.objects.visible_to(request.user)
    if invite_key is not None:
        communities |= Community.objects.filter(invite_key=invite_key)
    return get_object_or_404(communities, slug=slug)


@require_http_methods(["GET", "POST"])
@signed_in
def leave(request: MemberRequest, slug: str) -> HttpResponse:
    """GET asks, POST leaves."""
    community, me = seen_community(request, slug)
    if request.method == "GET":
        if me is None:
            return redirect(community)
        return render(request, "communities/community_leave_page.html", {"community": community, "me": me})
    count_against_limit(request, "join")
    leave_community(community, by=request.user)
    messages.success(request, _("You left %(name)s. What you wrote there stays.") % {"name": community.name})
    return redirect("communities:directory" if community.is_private else community.get_absolute_url())
