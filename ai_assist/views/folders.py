"""Folders: one level, in one's own library or in that of a community."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.kept import kept_text, signed_in
from accounts.requests import MemberRequest
from ai_assist.actions.folders import FolderRefused, delete_folder, make_folder, rename_folder
from ai_assist.forms.documents import FolderForm
from ai_assist.library import Library
from ai_assist.models import Folder
from ai_assist.views.access import changeable_folder, count_against_limit, seen_library


@require_http_methods(["GET", "POST"])
@signed_in
def in_own(request: MemberRequest) -> HttpResponse:
    return _create(request, seen_library(request, None))


@require_http_methods(["GET", "POST"])
@signed_in
def in_community(request: MemberRequest, slug: str) -> HttpResponse:
    return _create(request, seen_library(request, slug))


def _create(request: MemberRequest, library: Library) -> HttpResponse:
    if not library.may_add:
        raise PermissionDenied(_("Only members of this community can add documents here."))
    form = _form(request, {})
    if form.is_valid():
        count_against_limit(request, "document")
        try:
            folder = make_folder(by=request.user, name=form.cleaned_data["name"], community=library.community)
            return redirect(f"{library.url}?folder={folder.pk}")
        except FolderRefused as refused:
            form.add_error("name", str(refused))
    return _page(request, library, None, form)


@require_http_methods(["GET", "POST"])
@signed_in
def edit(request: MemberRequest, pk: int) -> HttpResponse:
    folder, library = changeable_folder(request, pk)
    form = _form(request, {"name": folder.name})
    if form.is_valid():
        count_against_limit(request, "document")
        try:
            rename_folder(folder, by=request.user, name=form.cleaned_data["name"])
            return redirect(f"{library.url}?folder={folder.pk}")
        except FolderRefused as refused:
            form.add_error("name", str(refused))
    return _page(request, library, folder, form)


@require_http_methods(["GET", "POST"])
@signed_in
def delete(request: MemberRequest, pk: int) -> HttpResponse:
    folder, library = changeable_folder(request, pk)
    if request.method == "GET":
        return redirect("ai_assist:folder_edit", folder.pk)
    count_against_limit(request, "document")
    delete_folder(folder, by=request.user)
    messages.success(request, _("The folder is gone; its documents are still here."))
    return redirect(library.url)


def _form(request: MemberRequest, shown: dict[str, str]) -> FolderForm:
    return FolderForm(request.POST if request.method == "POST" else None, initial=shown | kept_text(request))


def _page(request: MemberRequest, library: Library, folder: Folder | None, form: FolderForm) -> HttpResponse:
    context = {"library": library, "community": library.community, "me": library.me, "folder": folder, "form": form}
    return render(request, "ai_assist/folder_form_page.html", context, status=422 if form.errors else 200)
