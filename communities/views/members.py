"""Who belongs to a community, and in which role."""

from urllib.parse import urlencode

from allauth.account.decorators import reauthentication_required
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.kept import signed_in
from accounts.requests import MemberRequest
from communities import permissions, rules
from communities.actions.roles import grant_role
from communities.forms.communities import RoleForm
from communities.models import Community, Membership, Role
from communities.views.access import count_against_limit, seen_community


@signed_in
@require_safe
def directory(request: HttpRequest, slug: str) -> HttpResponse:
    """Those with a role first, then everybody, who came last above; `name` finds some of them."""
    community, me = seen_community(request, slug)
    if me is None:
        raise PermissionDenied(_("Only members see who else is here."))
    name, before = request.GET.get("name", "").strip(), request.GET.get("before", "")
    members = community.memberships.filter(user__is_active=True).select_related("user").order_by("-pk")
    with_role = members.exclude(role=Role.MEMBER)
    if name:
        members = members.filter(Q(user__username__icontains=name) | Q(user__name__icontains=name))
    is_lost = bool(before) and not (before.isascii() and before.isdigit() and len(before) <= rules.ID_DIGITS)
    if before and not is_lost:
        members = members.filter(pk__lt=int(before))
    shown = list(members[: rules.MEMBERS_PER_PAGE + 1])
    rows, more = shown[: rules.MEMBERS_PER_PAGE], shown[rules.MEMBERS_PER_PAGE :]
    context = {
        "community": community,
        "me": me,
        "name": name,
        "with_role": []
        if name or (before and not is_lost)
        else sorted(with_role, key=lambda member: list(Role).index(Role(member.role))),
        "members": rows,
        "is_lost": is_lost,
        "next_url": f"?{urlencode({'before': rows[-1].pk, 'name': name})}" if more else "",
        "roles": Role.choices,
    }
    return render(request, "communities/members_page.html", context, status=422 if is_lost else 200)


@require_http_methods(["GET", "POST"])
@signed_in
def role(request: MemberRequest, slug: str, pk: int) -> HttpResponse:
    """Asks for the password first, unless it was given a few minutes ago."""
    community, me = seen_community(request, slug)
    membership = get_object_or_404(Membership.objects.select_related("user"), community=community, pk=pk)
    if not permissions.can_manage(me):
        raise PermissionDenied(_("Only owners can grant roles."))
    if request.method == "POST":
        membership = _granted(request, membership, RoleForm(request.POST).pressed()["role"])
        if request.htmx:
            return _member(request, community, me, membership)
    return redirect("communities:community_members", community.slug)


@reauthentication_required
def _granted(request: MemberRequest, membership: Membership, role: str) -> Membership:
    count_against_limit(request, "edit")
    return grant_role(membership, by=request.user, role=role)


def _member(
    request: MemberRequest, community: Community, me: Membership | None, membership: Membership
) -> HttpResponse:
    """The line of this member as it is now. An owner who stepped down sees the page of a member."""
    if membership == me:
        return HttpResponse(status=204, headers={"HX-Refresh": "true"})
    context = {"community": community, "me": me, "member": membership, "roles": Role.choices, "saved": True}
    return render(request, "communities/_member.html", context)
