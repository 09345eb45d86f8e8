"""The page "My data": the archive of one's own, from asking for it to the download."""

from datetime import timedelta
from uuid import UUID

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.kept import signed_in
from accounts.models import Export
from accounts.mydata.asking import TooSoon, ask_for_export
from accounts.requests import MemberRequest
from net.limits import Rate, spend

ASKING = Rate(10, 3600)
OFTEN = timedelta(minutes=1)
LOOK_SOON, LOOK_LATER = 2, 10  # seconds until the page asks again, in the first minute and afterwards

with_password_again = reauthentication_required(allow_get=True, app="allauth.account")


@require_safe
@never_cache
@signed_in
def mydata(request: MemberRequest) -> HttpResponse:
    consents = request.user.consents.order_by("-pk")
    return render(request, "accounts/mydata_page.html", _context(_latest(request)) | {"consents": consents})


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
@with_password_again
def ask(request: MemberRequest) -> HttpResponse:
    if request.method == "POST":
        spend("export", request.user.pk, ASKING)
        try:
            ask_for_export(by=request.user)
        except TooSoon as refused:
            day = date_format(timezone.localtime(refused.again_at), "j F, H:i")
            messages.info(request, _("You can ask for this once a week; again from %(day)s on.") % {"day": day})
    return redirect("accounts:mydata")


@require_safe
@never_cache
@signed_in
def state(request: MemberRequest, uuid: UUID) -> HttpResponse:
    """The part that changes while it is made; it asks for itself until that is done."""
    export = get_object_or_404(request.user.exports, uuid=uuid)
    return render(request, "accounts/_export.html", _context(export) | {"announce": not export.is_working})


@require_safe
@signed_in
@reauthentication_required
def download(request: MemberRequest, uuid: UUID) -> HttpResponseBase:
    export = get_object_or_404(request.user.exports, uuid=uuid)
    if not export.is_there:
        raise Http404
    try:
        file = export.file.open()
    except FileNotFoundError as gone:
        raise Http404 from gone
    name = f"cairn-{request.user.username}-{export.created_at:%Y-%m-%d}.zip"
    response = FileResponse(file, as_attachment=True, filename=name, content_type="application/zip")
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox; frame-ancestors 'none'"
    return response


def _latest(request: MemberRequest) -> Export | None:
    export = request.user.exports.order_by("-created_at").first()
    is_over = export is not None and export.ready_at is not None and not export.is_there
    return None if is_over else export


def _context(export: Export | None) -> dict[str, object]:
    if export is None:
        return {"export": None}
    is_new = timezone.now() - export.created_at < OFTEN
    minutes = round(export.left / timedelta(minutes=1)) if export.left is not None else None
    return {"export": export, "minutes": minutes, "delay": LOOK_SOON if is_new else LOOK_LATER}
