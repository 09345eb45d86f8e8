"""The pages of a library: one's own, and that of a community."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.kept import signed_in
from ai_assist import rules
from ai_assist.forms.documents import UploadForm
from ai_assist.library import Library
from ai_assist.models import Folder
from ai_assist.views.access import seen_library
from communities.rules import ID_DIGITS

LOOKS = ("list", "grid")
LOOK_COOKIE = "library"
YEAR = 365 * 24 * 3600


@require_safe
@signed_in
def own(request: HttpRequest) -> HttpResponse:
    return _page(request, seen_library(request, None))


@require_safe
def of_community(request: HttpRequest, slug: str) -> HttpResponse:
    return _page(request, seen_library(request, slug))


def _page(request: HttpRequest, library: Library) -> HttpResponse:
    """`look` says how it is shown from now on."""
    context = page_context(request, library)
    response = render(request, "ai_assist/library_page.html", context, status=422 if context["is_lost"] else 200)
    if request.GET.get("look") in LOOKS:
        response.set_cookie(
            LOOK_COOKIE, context["look"], max_age=YEAR, secure=settings.IS_HTTPS, httponly=True, samesite="Lax"
        )
    return response


def page_context(request: HttpRequest, library: Library, form: UploadForm | None = None) -> dict[str, Any]:
    folders = list(library.folders)
    folder = _folder(request, folders)
    name = request.GET.get("name", "").strip()[: rules.TITLE_MAX]
    listed = library.page(folder=folder, name=name, before=request.GET.get("before", ""))
    if library.may_add and form is None:
        form = UploadForm(library=library, initial={"folder": folder})
    return {
        "library": library,
        "community": library.community,
        "me": library.me,
        "look": _look(request),
        "folders": folders,
        "folder": folder,
        "name": name,
        "rows": listed.rows,
        "next_url": listed.next_url,
        "is_lost": listed.is_lost,
        "form": form,
        "most": rules.FILE_MAX,
        "at_once": rules.UPLOADS_A_DAY,
        "part": rules.PART_SIZE,
    }


def _look(request: HttpRequest) -> str:
    said = (request.GET.get("look"), request.COOKIES.get(LOOK_COOKIE))
    return next((look for look in said if look in LOOKS), LOOKS[0])


def _folder(request: HttpRequest, folders: list[Folder]) -> Folder | None:
    wanted = request.GET.get("folder", "")
    if not (wanted.isascii() and wanted.isdigit() and len(wanted) <= ID_DIGITS):
        return None
    return next((folder for folder in folders if folder.pk == int(wanted)), None)
