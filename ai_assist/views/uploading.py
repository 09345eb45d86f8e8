"""Files on their way into a library: each is taken or refused by itself, and the others go on."""

from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from accounts.kept import signed_in
from accounts.requests import MemberRequest
from ai_assist import rules
from ai_assist.actions.uploading import add_document
from ai_assist.allowances import UsedUp
from ai_assist.forms.documents import UploadForm, refusal_of
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


def _taken(request: MemberRequest, library: Library, form: UploadForm, upload: UploadedFile) -> Outcome:
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


def _answer(request: MemberRequest, library: Library, form: UploadForm, outcomes: list[Outcome]) -> HttpResponse:
    """A script sends one file in a request and gets its line; the form of the page gets the page."""
    is_whole = bool(outcomes) and not any(outcome.sentence for outcome in outcomes)
    status = 200 if is_whole else 422
    if request.htmx:
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
