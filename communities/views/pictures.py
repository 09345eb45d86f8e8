"""Adding a picture to a text, and showing it."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.kept import signed_in
from accounts.requests import MemberRequest
from communities import permissions
from communities.actions.picturing import add_picture
from communities.forms.pictures import PictureForm
from communities.models import Community, Membership, Picture
from communities.views.access import count_against_limit, seen_community

MINUTES = 5 * 60


@require_http_methods(["GET", "POST"])
@signed_in
def add(request: MemberRequest, slug: str) -> HttpResponse:
    """Answers with the line to put into a text."""
    community, me = place_of_pictures(request, slug)
    if request.method == "POST":
        count_against_limit(request, "picture")
    form = PictureForm(request.POST, request.FILES) if request.method == "POST" else PictureForm()
    context = {"form": form, "community": community, "me": me}
    part = "picture_form"
    if form.is_valid():
        picture = add_picture(community, by=request.user, encoded=form.cleaned_data["file"])
        context |= {"picture": picture, "line": form.line(picture)}
        part = "picture_added"
    template = "communities/picture_page.html" + (f"#{part}" if request.htmx else "")
    return render(request, template, context, status=422 if form.errors else 200)


def place_of_pictures(request: MemberRequest, slug: str) -> tuple[Community, Membership | None]:
    """With the person's membership. Raises PermissionDenied for those who may not add any."""
    community, me = seen_community(request, slug)
    if not permissions.can_add_picture(me):
        raise PermissionDenied(_("Only members of this community can add pictures here."))
    return community, me


@require_safe
def show(request: HttpRequest, key: str) -> HttpResponse:
    """Asks at every reading whether this person may see it. It never changes, but the text that shows it may go: so
    what is public is kept for minutes."""
    picture = get_object_or_404(Picture.objects.visible_to(request.user).select_related("community"), key=key)
    etag = f'"{picture.sha256}"'
    response = get_conditional_response(request, etag=etag) or _contents(picture)
    response.headers["ETag"] = etag
    if picture.community.is_private:
        patch_cache_control(response, private=True, no_store=True)
    else:
        patch_cache_control(response, public=True, max_age=MINUTES)
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox; frame-ancestors 'none'"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def _contents(picture: Picture) -> HttpResponse:
    with picture.file.open() as file:
        return HttpResponse(file.read(), content_type="image/webp")
