"""Files on their way into a library: each is taken or refused by itself, and the others go on."""

from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.files import File
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from accounts.kept import signed_in
from accounts.requests import MemberRequest
from ai_assist import rules
from ai_assist.actions.parts import OutOfStep, add_part, begin_upload, forget_upload, path_of
from ai_assist.actions.uploading import add_document
from ai_assist.allowances import UsedUp
from ai_assist.forms.documents import PartForm, PlaceForm, UploadForm, refusal, refusal_of
from ai_assist.library import Library, Row
from ai_assist.models import Audience
from ai_assist.sample import SAMPLE_NAME, sample
from ai_assist.views.access import count_against_limit, seen_library
from ai_assist.views.library import page_context
from net.uploads import Room, takes

ROOM = Room(rules.FILES_AT_ONCE, rules.BYTES_AT_ONCE)


@dataclass(frozen=True)
class Outcome:
    """What became of one file: a row of the library, which may have been there before, or the reason why not."""

    name: str
    row: Row | None = None
    is_new: bool = False
    sentence: str = ""


@require_http_methods(["GET", "POST"])
@signed_in
@takes(ROOM)
def to_own(request: MemberRequest) -> HttpResponse:
    return _upload(request, seen_library(request, None))


@require_http_methods(["GET", "POST"])
@signed_in
@takes(ROOM)
def to_community(request: MemberRequest, slug: str) -> HttpResponse:
    return _upload(request, seen_library(request, slug))


@require_http_methods(["GET", "POST"])
@signed_in
def sample_to_own(request: MemberRequest) -> HttpResponse:
    return _sample(request, seen_library(request, None))


@require_http_methods(["GET", "POST"])
@signed_in
def sample_to_community(request: MemberRequest, slug: str) -> HttpResponse:
    return _sample(request, seen_library(request, slug))


@require_http_methods(["GET", "POST"])
@signed_in
def part_to_own(request: MemberRequest) -> HttpResponse:
    return _part(request, seen_library(request, None))


@require_http_methods(["GET", "POST"])
@signed_in
def part_to_community(request: MemberRequest, slug: str) -> HttpResponse:
    return _part(request, seen_library(request, slug))


def _upload(request: MemberRequest, library: Library) -> HttpResponse:
    _may_add(library)
    if request.method == "GET":
        return redirect(library.url)
    count_against_limit(request, "upload")
    form = UploadForm(request.POST, {"documents": request.FILES.getlist("documents")}, library=library)
    if not form.is_valid():
        return _answer(request, library, form, [])
    outcomes = []
    left = rules.BYTES_AT_ONCE
    for upload in form.cleaned_data["documents"]:
        left -= upload.size
        outcomes.append(_taken(request, library, form, upload) if left >= 0 else _too_much(upload))
    return _answer(request, library, form, outcomes)


def _part(request: MemberRequest, library: Library) -> HttpResponse:
    """204 with `Upload-Offset`: so much has come, go on there. 409: this part does not fit, ask again. Else the line of
    the file."""
    _may_add(library)
    if request.method == "GET":
        return redirect(library.url)
    count_against_limit(request, "part")
    form = PartForm(request.POST, request.FILES, library=library)
    if not form.is_valid():
        return _answer(request, library, form, [])
    which = {name: form.cleaned_data[name] for name in ("name", "size", "modified")}
    if sentence := refusal(which["name"], which["size"]):
        return _answer(request, library, form, [Outcome(which["name"], sentence=sentence)])
    partial = begin_upload(by=request.user, community=library.community, **which)
    if part := form.cleaned_data["part"]:
        try:
            partial = add_part(partial, part, offset=form.cleaned_data["offset"] or 0)
        except OutOfStep:
            return HttpResponse(status=409)
    if partial.received < partial.size:
        return HttpResponse(status=204, headers={"Upload-Offset": str(partial.received)})
    with path_of(partial).open("rb") as whole:
        outcome = _taken(request, library, form, File(whole, name=partial.name))
    forget_upload(partial)
    return _answer(request, library, form, [outcome])


def _taken(request: MemberRequest, library: Library, form: PlaceForm, upload: File) -> Outcome:
    name = upload.name or ""
    if sentence := refusal_of(upload):
        return Outcome(name, sentence=sentence)
    try:
        document, is_new = add_document(
            upload,
            by=request.user,
            name=name,
            community=library.community,
            folder=form.cleaned_data["folder"],
            audience=Audience(form.cleaned_data["audience"]),
        )
    except UsedUp as used_up:
        return Outcome(name, sentence=str(used_up))
    return Outcome(name, row=library.row(document), is_new=is_new)


def _answer(request: MemberRequest, library: Library, form: PlaceForm, outcomes: list[Outcome]) -> HttpResponse:
    """A script sends one file in a request and gets its line; the form of the page gets the page."""
    is_whole = bool(outcomes) and not any(outcome.sentence for outcome in outcomes)
    status = 200 if is_whole else 422
    if request.htmx or not isinstance(form, UploadForm):
        context = {"outcomes": outcomes, "form": form, "library": library}
        return render(request, "ai_assist/_uploaded.html", context, status=status)
    if is_whole and all(outcome.is_new for outcome in outcomes):
        n = len(outcomes)
        said = ngettext("The document is here and being read.", "%(n)s documents are here and being read.", n)
        messages.success(request, said % {"n": n})
        return redirect(library.url)
    context = page_context(request, library, form) | {"outcomes": outcomes}
    return render(request, "ai_assist/library_page.html", context, status=status)


def _sample(request: MemberRequest, library: Library) -> HttpResponse:
    """Its reader alone sees it."""
    _may_add(library)
    if request.method == "POST":
        count_against_limit(request, "upload")
        try:
            add_document(sample(), by=request.user, name=SAMPLE_NAME, community=library.community)
        except UsedUp as used_up:
            messages.warning(request, str(used_up))
    return redirect(library.url)


def _may_add(library: Library) -> None:
    if not library.may_add:
        raise PermissionDenied(_("Only members of this community can add documents here."))


def _too_much(upload: UploadedFile) -> Outcome:
    """All that came before it was taken; of this one not all has come."""
    said = _("These files together are larger than %(most)s MB. Send this one by itself.")
    return Outcome(upload.name or "", sentence=said % {"most": rules.BYTES_AT_ONCE // rules.MB})
