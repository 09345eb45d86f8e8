"""A document page by page, with the passage marked that brought its reader there."""

from typing import NamedTuple
from uuid import UUID

from allauth.account.adapter import get_adapter
from django.db.models import Max, Min, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.requests import PageRequest
from ai_assist import rules
from ai_assist.models import Chunk, Document, Page
from ai_assist.pageview.blocks import stretches
from ai_assist.pageview.drawing import Undrawn, drawn, has_look
from ai_assist.pageview.layer import Layer, layer
from ai_assist.pageview.outline import outline
from ai_assist.views.access import seen_document
from communities.rules import ID_DIGITS
from net.limits import spend

MINUTES = 5 * 60


class Look(NamedTuple):
    """The picture of a page, in pixels, and what lies over it."""

    width: int
    height: int
    layer: Layer


class Around(NamedTuple):
    """Addresses of the pages before and behind this one, "" where there is none; and the number of the last page."""

    before: str
    behind: str
    last: int


@require_safe
def show(request: PageRequest, uuid: UUID, number: int) -> HttpResponse:
    document, me = seen_document(request, uuid)
    page = get_object_or_404(document.page_set, number=number)
    wanted = request.GET.get("passage", "")
    passage = _passage(request, document, wanted) if wanted else None
    cited = passage if passage is not None and is_on(passage, number) else None
    look, trouble = _look(request, document, page, cited)
    context = {
        "document": document,
        "community": document.community,
        "me": me,
        "page": page,
        "around": _around(document, page.number, passage),
        "outline": outline(document),
        "look": look,
        "trouble": trouble,
        "is_marked_above": look is not None and bool(look.layer.marks),
        "cited": cited,
        "stretches": stretches(page, cited),
        "is_gone": bool(wanted) and passage is None,
        "elsewhere": passage is not cited and address(document, None, passage),
    }
    return render(request, "ai_assist/reading_page.html", context)


@require_safe
def picture(request: PageRequest, uuid: UUID, number: int) -> HttpResponse:
    """Asks at every reading whether this person may see it."""
    document, _me = seen_document(request, uuid)
    page = get_object_or_404(document.page_set, number=number)
    if not has_look(document):
        raise Http404
    try:
        drawing = drawn(document, page.number, before=lambda: _count_drawing(request))
    except Undrawn as undrawn:
        raise Http404 from undrawn
    response = HttpResponse(drawing.content, content_type="image/webp")
    if document.is_for_everybody:
        patch_cache_control(response, public=True, max_age=MINUTES)
    else:
        patch_cache_control(response, private=True, no_store=True)
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox; frame-ancestors 'none'"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


@require_safe
def find(request: PageRequest, uuid: UUID) -> HttpResponse:
    """To the page of this number, or the first one behind it that there is, or the last."""
    document, _me = seen_document(request, uuid)
    said = request.GET.get("page", "")
    wanted = int(said) if said.isascii() and said.isdigit() and len(said) <= ID_DIGITS else 1
    there = document.page_set.aggregate(behind=Min("number", filter=Q(number__gte=wanted)), last=Max("number"))
    if there["last"] is None:
        raise Http404
    return redirect("ai_assist:read", document.uuid, there["behind"] or there["last"])


def address(document: Document, number: int | None, passage: Chunk | None) -> str:
    """Of a page, with the passage if it stands there; without a number, of that where it begins."""
    if number is None:
        number = passage.page_start if passage else 1
    url = reverse("ai_assist:read", args=[document.uuid, number])
    return f"{url}?passage={passage.pk}" if passage is not None and is_on(passage, number) else url


def is_on(passage: Chunk, number: int) -> bool:
    return passage.page_start <= number <= passage.page_end


def _look(request: PageRequest, document: Document, page: Page, cited: Chunk | None) -> tuple[Look | None, str]:
    """The picture; or none, and a sentence where there should be one. Then the page is read as text."""
    if not has_look(document):
        return None, ""
    try:
        drawing = drawn(document, page.number, before=lambda: _count_drawing(request))
    except Undrawn as undrawn:
        busy = _("Other pages are being drawn just now. This is the text; look again in a moment.")
        never = _("This page could not be drawn, so this is its text alone.")
        return None, busy if undrawn.is_busy else never
    return Look(drawing.width, drawing.height, layer(page, drawing, cited.text if cited else "")), ""


def _count_drawing(request: PageRequest) -> None:
    """A page that was drawn before costs nothing. Raises TooOften."""
    who = request.user.pk or get_adapter(request).get_client_ip(request)
    spend("draw", who, rules.RATES["draw"])


def _passage(request: HttpRequest, document: Document, wanted: str) -> Chunk | None:
    try:
        pk = UUID(wanted)
    except ValueError:
        return None
    return Chunk.objects.visible_to(request.user).filter(document=document, pk=pk).first()


def _around(document: Document, number: int, passage: Chunk | None) -> Around:
    """Slides that are hidden have numbers, too, so the next page is not always one more."""
    there = document.page_set.aggregate(
        before=Max("number", filter=Q(number__lt=number)),
        behind=Min("number", filter=Q(number__gt=number)),
        last=Max("number"),
    )
    before, behind = ((there[side] and address(document, there[side], passage)) or "" for side in ("before", "behind"))
    return Around(before, behind, max(there["last"], document.pages))
