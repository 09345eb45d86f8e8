"""One document: its page, its state while it is read, and what its owner does with it."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from accounts.kept import kept_text, signed_in
from accounts.models import User
from accounts.requests import MemberRequest, PageRequest
from ai_assist import permissions, rules
from ai_assist.actions.keeping import (
    delete_document_of,
    move_document,
    rename_document,
    retry_document,
    share_document,
)
from ai_assist.actions.opening import NotOpened, open_document
from ai_assist.actions.replacing import NotReplaced, replace_document
from ai_assist.allowances import UsedUp
from ai_assist.forms.documents import DocumentForm, PasswordForm, ReplaceForm
from ai_assist.library import row_for
from ai_assist.models import Audience, Document, State
from ai_assist.views.access import changeable_document, count_against_limit, library_of, seen_document
from communities.models import Membership
from communities.rules import ID_DIGITS
from net.uploads import Room, takes


@require_safe
def detail(request: PageRequest, uuid: UUID) -> HttpResponse:
    document, me = seen_document(request, uuid)
    if document.replaces is not None:
        return redirect(document.replaces)
    context = _context(request, document, me)
    return render(request, "ai_assist/document_page.html", context)


@require_safe
def state(request: PageRequest, uuid: UUID) -> HttpResponse:
    """The part that changes while a document is read; it asks for itself until nothing more will happen."""
    document, me = seen_document(request, uuid)
    looks = request.GET.get("looks", "")
    count = int(looks) + 1 if looks.isascii() and looks.isdigit() and len(looks) <= ID_DIGITS else 1
    delay = next(seconds for most, seconds in rules.LOOK_AGAIN if count <= most or most == rules.LOOK_AGAIN[-1][0])
    context = _context(request, document, me)
    context |= {"looks": count, "delay": delay, "announce": not document.is_watched}
    return render(request, "ai_assist/_document_state.html", context)


@require_safe
def download(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    """Asks at every reading whether this person may have it. Never shown by a browser: nobody knows what it holds."""
    document, _me = seen_document(request, uuid)
    try:
        file = document.file.open()
    except FileNotFoundError as gone:
        raise Http404 from gone
    response = FileResponse(
        file, as_attachment=True, filename=document.filename, content_type="application/octet-stream"
    )
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox; frame-ancestors 'none'"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


@require_http_methods(["GET", "POST"])
@signed_in
def edit(request: MemberRequest, uuid: UUID) -> HttpResponse:
    """Title, folder, and who can read it."""
    document, me = changeable_document(request, uuid)
    shown = {"title": document.title, "folder": document.folder_id, "audience": document.audience}
    sent = request.POST if request.method == "POST" else None
    form = DocumentForm(sent, library=library_of(request, document, me), initial=shown | kept_text(request))
    if form.is_valid():
        count_against_limit(request, "document")
        change(document, form.cleaned_data, by=request.user)
        messages.success(request, _("Saved."))
        return redirect(document)
    context = _context(request, document, me) | {"form": form}
    return render(request, "ai_assist/document_form_page.html", context, status=422 if form.errors else 200)


def change(document: Document, wanted: Mapping[str, Any], *, by: User) -> None:
    """What is named and differs: title, folder, audience."""
    if wanted.get("title", document.title) != document.title:
        rename_document(document, by=by, title=wanted["title"])
    if wanted.get("folder", document.folder) != document.folder:
        move_document(document, by=by, folder=wanted["folder"])
    if wanted.get("audience", document.audience) != document.audience:
        share_document(document, by=by, audience=Audience(wanted["audience"]))


@require_http_methods(["GET", "POST"])
@signed_in
def retry(request: MemberRequest, uuid: UUID) -> HttpResponse:
    document, me = changeable_document(request, uuid)
    if request.method == "POST":
        count_against_limit(request, "document")
        retry_document(document, by=request.user)
        if request.htmx:
            document, me = seen_document(request, uuid)
            return render(request, "ai_assist/_document_state.html", _context(request, document, me))
    return redirect(document)


@require_http_methods(["GET", "POST"])
@signed_in
@takes(Room(files=1, bytes=rules.FILE_MAX))
def replace(request: MemberRequest, uuid: UUID) -> HttpResponse:
    """A newer file, which takes the place of the old one when it has been read."""
    document, me = changeable_document(request, uuid)
    form = ReplaceForm(request.POST, request.FILES) if request.method == "POST" else ReplaceForm()
    if request.method == "POST":
        count_against_limit(request, "upload")
    if form.is_valid():
        file = form.cleaned_data["document"]
        try:
            replace_document(document, file, by=request.user, name=file.name)
        except (NotReplaced, UsedUp) as refused:
            form.add_error("document", str(refused))
        else:
            return redirect(document)
    context = _context(request, document, me) | {"form": form}
    return render(request, "ai_assist/document_replace_page.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@signed_in
@sensitive_post_parameters("password")
def unlock(request: MemberRequest, uuid: UUID) -> HttpResponse:
    """Takes the password of a file that asks for one."""
    document, me = changeable_document(request, uuid)
    form = PasswordForm(request.POST if request.method == "POST" else None)
    if document.state != State.NEEDS_PASSWORD:
        return redirect(document)
    if form.is_valid():
        count_against_limit(request, "password")
        try:
            open_document(document, by=request.user, password=form.cleaned_data["password"])
        except NotOpened as refused:
            form.add_error("password", str(refused))
        else:
            return redirect(document)
    context = _context(request, document, me) | {"form": form}
    return render(request, "ai_assist/document_password_page.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@signed_in
def delete(request: MemberRequest, uuid: UUID) -> HttpResponse:
    """GET says what it means, on a page or for a dialog; POST does it."""
    document, me = seen_document(request, uuid)
    if not permissions.can_delete_document(request.user, document, me):
        raise PermissionDenied(_("Only who added a document and moderators can delete it."))
    if request.method == "GET":
        template = "ai_assist/document_delete_page.html"
        if request.htmx:
            template += "#sure"
        return render(request, template, _context(request, document, me))
    count_against_limit(request, "document")
    delete_document_of(document, by=request.user)
    if document.replaces is not None:
        return redirect(document.replaces)
    messages.success(request, _("“%(title)s” is deleted.") % {"title": document.title})
    return redirect(library_of(request, document, me).url)


def _context(request: HttpRequest, document: Document, me: Membership | None) -> dict[str, object]:
    """What the parts that a list and the page of a document share need to know."""
    return {
        "row": row_for(document, request.user, me),
        "document": document,
        "library": library_of(request, document, me),
        "community": document.community,
        "me": me,
        "delay": rules.LOOK_AGAIN[0][1],
    }
