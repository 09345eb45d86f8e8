"""Oneself: what others see, and what they do not."""

from datetime import datetime
from typing import Any

from ninja import Field, Router, Schema

from accounts.actions import edit_profile
from accounts.forms import SettingsForm
from accounts.models import User
from accounts.requests import MemberRequest
from accounts.views import SAVING
from communities.api.texts import PersonOut, person_out
from communities.models import Membership, Role
from communities.public import absolute
from net.faults import checked
from net.limits import spend
from net.sent import Sent

router = Router(tags=["members"])


class MyPlace(Schema):
    slug: str
    name: str
    role: Role


class MeOut(PersonOut):
    bio: str
    email: str
    time_zone: str
    avatar_url: str
    joined_at: datetime
    communities: list[MyPlace]


class MeIn(Sent):
    """What is not named stays as it is."""

    name: str | None = Field(None, description="Empty: the user name.")
    bio: str | None = None
    time_zone: str | None = None


@router.get("me", response=MeOut, url_name="me", summary="You")
def read(request: MemberRequest) -> dict[str, Any]:
    return _out(request.user)


@router.patch("me", response=MeOut, url_name="me_edit", summary="Change your profile")
def edit(request: MemberRequest, sent: MeIn) -> dict[str, Any]:
    member = request.user
    spend("settings", member.pk, SAVING)
    now = {"name": member.name, "bio": member.bio, "time_zone": member.time_zone}
    form = SettingsForm(now | sent.dict(exclude_unset=True), has_picture=False)
    return _out(edit_profile(member, **checked(form)))


def _out(member: User) -> dict[str, Any]:
    mine = Membership.objects.filter(user=member).select_related("community").order_by("community__name", "pk")
    return person_out(member) | {
        "bio": member.bio,
        "email": member.email,
        "time_zone": member.time_zone,
        "avatar_url": absolute(member.avatar_url),
        "joined_at": member.date_joined,
        "communities": [{"slug": me.community.slug, "name": me.community.name, "role": me.role} for me in mine],
    }
