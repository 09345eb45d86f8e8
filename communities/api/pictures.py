"""Pictures for texts."""

from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.utils.datastructures import MultiValueDict
from ninja import Field, File, Form, Router, Schema, Status
from ninja.files import UploadedFile

from accounts.requests import MemberRequest
from communities.actions.picturing import add_picture
from communities.forms.pictures import PictureForm
from communities.public import absolute
from communities.views import pictures as pages
from communities.views.access import count_against_limit
from net.faults import checked
from net.sent import check_names, file_of

router = Router(tags=["pictures"])


class PictureOut(Schema):
    key: str
    line: str = Field(description="What shows it in a text, in Markdown.")
    width: int
    height: int
    url: str


@router.post(
    "communities/{slug:slug}/pictures",
    response={201: PictureOut},
    url_name="community_picture",
    summary="Add a picture",
)
def add(request: MemberRequest, slug: str, file: File[UploadedFile], alt: Form[str] = "") -> Status[dict[str, Any]]:
    """For texts of this community. One that no text shows is gone after thirty days."""
    community, _me = pages.place_of_pictures(request, slug)
    check_names(request, "file", "alt")
    count_against_limit(request, "picture")
    form = PictureForm({"alt": alt}, MultiValueDict({"file": [file]}))
    encoded = checked(form)["file"]
    picture = add_picture(community, by=request.user, encoded=encoded)
    return Status(
        201,
        {
            "key": picture.key,
            "line": form.line(picture),
            "width": picture.width,
            "height": picture.height,
            "url": absolute(picture.get_absolute_url()),
        },
    )


@router.get(
    "pictures/{slug:key}",
    url_name="picture",
    summary="A picture itself",
    openapi_extra={"responses": {200: file_of("image/webp")}},
)
def show(request: HttpRequest, key: str) -> HttpResponseBase:
    return pages.show(request, key=key)
