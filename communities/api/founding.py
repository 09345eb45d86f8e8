"""Founding a community and keeping its house: settings, invitation, members and their roles.

Its routes share addresses with those that read, and one address has one router.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from ninja import Field, Schema, Status

from accounts.requests import MemberRequest
from communities import permissions
from communities.actions.community import (
    create_community,
    describe_community,
    guide_asking,
    renew_invite,
    set_house_rules,
)
from communities.actions.roles import grant_role
from communities.actions.unfit import Unfit
from communities.api.communities import CommunityOut, community_out, router
from communities.api.confirming import confirm
from communities.api.pages import AFTER, LIMIT, rows_after
from communities.api.texts import PersonOut, person_out
from communities.forms.communities import AskingForm, CommunityForm, HouseRulesForm
from communities.keyset import LATEST
from communities.models import Community, Downvotes, Language, Licence, Membership, Role, Trust, Visibility
from communities.views.access import count_against_limit, seen_community
from net.faults import checked, unfit
from net.leading import lead_on
from net.sent import Sent

DECIDED: dict[type[Form], Callable[..., None]] = {
    CommunityForm: describe_community,
    HouseRulesForm: set_house_rules,
    AskingForm: guide_asking,
}
"""The parts of the settings, each with what changes it."""


class CommunityIn(Sent):
    name: str
    tagline: str = Field(description="What people learn there, in one line.")
    about: str = Field("", description="Markdown.")
    visibility: Visibility = Visibility.PUBLIC


class CommunityEditIn(Sent):
    """What is not named stays as it is."""

    name: str | None = None
    tagline: str | None = None
    about: str | None = None
    visibility: Visibility | None = None
    language: Language | None = None
    licence: Licence | None = None
    has_ai_use: bool | None = None
    downvotes: Downvotes | None = None
    has_second_answers: bool | None = None
    question_template: str | None = None
    asking_hints: str | None = None


class InvitationOut(Schema):
    url: str = Field(description="Whoever has it can join; of a public community its address.")
    invite_key: str | None = Field(description="What joining through the API wants. null: everybody may join.")


class MemberRow(PersonOut):
    role: Role
    trust: int
    joined_at: datetime


class MembersOut(Schema):
    members: list[MemberRow]
    next: str | None = Field(description="The value of `after` for the next page.")


class RoleIn(Sent):
    value: Role


@router.post("communities", response={201: CommunityOut}, url_name="community_found", summary="Found a community")
def found(request: MemberRequest, sent: CommunityIn) -> Status[dict[str, Any]]:
    """You own it. The same words again within ten minutes are the same community."""
    given = checked(CommunityForm(sent.dict()))
    count_against_limit(request, "community")
    try:
        community = create_community(by=request.user, **given)
    except Unfit as refusal:
        raise unfit({"name": str(refusal)}) from None
    return Status(201, community_out(community, Membership.objects.of(request.user, community)))


@router.patch("communities/{slug:slug}", response=CommunityOut, url_name="community_edit", summary="Its settings")
def edit(request: MemberRequest, slug: str, sent: CommunityEditIn) -> dict[str, Any]:
    """Owners only. Everything is looked at before anything is changed."""
    community = _owned(request, slug, _("Only owners can change the community."))
    given = {name: value for name, value in sent.dict(exclude_unset=True).items() if value is not None}
    wanted: list[tuple[Callable[..., None], dict[str, Any]]] = []
    for form, act in DECIDED.items():
        now = {name: getattr(community, name) for name in form.base_fields}
        if now.keys() & given.keys():
            wanted.append((act, checked(form(now | {name: given[name] for name in now.keys() & given.keys()}))))
    count_against_limit(request, "edit")
    for act, words in wanted:
        act(community, by=request.user, **words)
    return community_out(*seen_community(request, slug))


@router.get(
    "communities/{slug:slug}/invitation",
    response=InvitationOut,
    url_name="community_invitation",
    summary="How others come in",
)
def invitation(request: HttpRequest, slug: str) -> dict[str, Any]:
    """Owners only."""
    return _invitation(_owned(request, slug, _("Only owners can make invitation links.")))


@router.post(
    "communities/{slug:slug}/invitation",
    response=InvitationOut,
    url_name="community_invite_anew",
    summary="Another link",
)
def invite_anew(request: MemberRequest, slug: str) -> dict[str, Any]:
    """The old one is worth nothing from now on."""
    community = _owned(request, slug, _("Only owners can make invitation links."))
    count_against_limit(request, "edit")
    if community.is_private:
        renew_invite(community, by=request.user)
    return _invitation(community)


@router.get(
    "communities/{slug:slug}/members", response=MembersOut, url_name="community_members", summary="Who belongs to it"
)
def members(
    request: HttpRequest, response: HttpResponse, slug: str, after: str = AFTER, limit: int = LIMIT
) -> dict[str, Any]:
    """For members, who came last first."""
    community, me = seen_community(request, slug)
    if me is None:
        raise PermissionDenied(_("Only members see who else is here."))
    standing = community.memberships.filter(user__is_active=True).select_related("user")
    shown, further = rows_after(LATEST, after, limit, standing)
    if further:
        lead_on(request, response, after=further)
    return {"members": [_member(one) for one in shown], "next": further or None}


@router.put(
    "communities/{slug:slug}/members/{username}/role",
    response=MemberRow,
    url_name="community_role",
    summary="Grant a role",
)
def role(request: MemberRequest, slug: str, username: str, sent: RoleIn) -> dict[str, Any]:
    """Owners only; in a browser with the password typed a few minutes ago."""
    community = _owned(request, slug, _("Only owners can grant roles."))
    confirm(request)
    members = community.memberships.filter(user__is_active=True).select_related("user")
    member = get_object_or_404(members, user__username__iexact=username)
    count_against_limit(request, "edit")
    return _member(grant_role(member, by=request.user, role=sent.value))


def _owned(request: HttpRequest, slug: str, sentence: str) -> Community:
    community, me = seen_community(request, slug)
    if not permissions.can_manage(me):
        raise PermissionDenied(sentence)
    return community


def _invitation(community: Community) -> dict[str, Any]:
    key = community.invite_key if community.is_private else None
    path = reverse("communities:community_invite", args=[community.slug, key]) if key else community.get_absolute_url()
    return {"url": settings.SITE_URL + path, "invite_key": key}


def _member(member: Membership) -> dict[str, Any]:
    told = {"role": member.role, "trust": Trust(member.trust).value, "joined_at": member.joined_at}
    return person_out(member.user) | told
