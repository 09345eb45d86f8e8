"""Oneself: what others see, and what they do not."""

from datetime import datetime
from typing import Any

from django.utils.datastructures import MultiValueDict
from ninja import Field, File, Router, Schema
from ninja.files import UploadedFile

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
from net.sent import Sent, check_names

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


@router.post("me/picture", response=MeOut, url_name="me_picture", summary="Show a picture of you")
def show_picture(request: MemberRequest, picture: File[UploadedFile]) -> dict[str, Any]:
    """JPEG, PNG, WebP or GIF, up to 5 MB. A square of it stands in the place of the one before."""
    check_names(request, "picture")
    return _with_picture(request, picture=picture)


@router.delete("me/picture", response=MeOut, url_name="me_picture_remove", summary="Show a pile of stones again")
def remove_picture(request: MemberRequest) -> dict[str, Any]:
    return _with_picture(request)


def _with_picture(request: MemberRequest, **sent: UploadedFile) -> dict[str, Any]:
    """Everything else stays as it is."""
    member = request.user
    spend("settings", member.pk, SAVING)
    now = {"name": member.name, "bio": member.bio, "time_zone": member.time_zone, "back_to_stones": not sent}
    form = SettingsForm(now, MultiValueDict({name: [file] for name, file in sent.items()}), has_picture=True)
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
