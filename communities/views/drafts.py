"""Drafts: saved while somebody types, and the list of one's own."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from accounts.kept import keep_for, signed_in
from accounts.models import User
from accounts.requests import MemberRequest, PageRequest
from communities.actions.drafting import delete_draft, restore_draft, save_draft
from communities.drafts import Known, Place, beginning, opened_on, says_something, texts_of
from communities.models import Community, Draft, DraftKind, Membership
from communities.views.access import (
    count_against_limit,
    seen_answer,
    seen_comment,
    seen_post,
    seen_suggestion,
)
from communities.views.undo import offer_undo


def seen_community_by_id(request: HttpRequest, pk: int) -> Community:
    return get_object_or_404(Community.objects.visible_to(request.user), pk=pk)


NOTHING = gettext_lazy("Nothing to save yet.")
TARGETS: dict[str, Callable[[HttpRequest, int], Any]] = {
    DraftKind.POST: seen_community_by_id,
    DraftKind.ANSWER: seen_post,
    DraftKind.COMMENT_ON_POST: seen_post,
    DraftKind.COMMENT_ON_ANSWER: seen_answer,
    DraftKind.POST_EDIT: seen_post,
    DraftKind.ANSWER_EDIT: seen_answer,
    DraftKind.COMMENT_EDIT: seen_comment,
    DraftKind.POST_SUGGESTION: seen_post,
    DraftKind.ANSWER_SUGGESTION: seen_answer,
    DraftKind.SUGGESTION_REWORK: seen_suggestion,
}


@require_http_methods(["GET", "POST"])
def save(request: PageRequest, kind: str, pk: int) -> HttpResponse:
    """A page asks for it by itself while somebody types, so nobody is sent away to sign in from here."""
    if request.user.is_anonymous and request.htmx:
        return tell_signed_out(request)
    place = seen_place(request, kind, pk)
    if request.user.is_anonymous:
        keep_for(request, place.form_url)
        return redirect_to_login(place.form_url)
    check_writes(request.user, place)
    if request.method == "GET":
        return redirect(place.form_url)
    fields = texts_of(request.POST.dict())
    if not says_something(fields):
        return _refused(request, str(NOTHING))
    count_against_limit(request, "draft")
    try:
        draft = save_draft(place, by=request.user, fields=fields, known=Known.read(request.POST.get("draft", "")))
    except PermissionDenied as refusal:
        return _refused(request, str(refusal))
    if not request.htmx:
        return redirect(f"{place.form_url}?draft={draft.pk}")
    state = opened_on(place, request.user, draft)
    return render(request, "communities/_draft.html#draft_state", {"drafts": state})


def seen_place(request: HttpRequest, kind: str, pk: int) -> Place:
    if kind not in TARGETS:
        raise Http404
    return Place(DraftKind(kind), TARGETS[kind](request, pk))


def check_writes(person: User, place: Place) -> None:
    """Raises PermissionDenied for those who may not send the form of the place."""
    if not place.may_write(Membership.objects.of(person, place.community), person):
        raise PermissionDenied(_("Only who may write here can keep a draft."))


def _refused(request: PageRequest, sentence: str) -> HttpResponse:
    """Said in place; what the form knows of its draft stays as it was."""
    if not request.htmx:
        raise PermissionDenied(sentence)
    state = {"known": Known.read(request.POST.get("draft", "")), "sentence": sentence}
    return render(request, "communities/_draft.html#draft_state", {"drafts": state})


def tell_signed_out(request: PageRequest) -> HttpResponse:
    """The same wherever it was to be saved: who is signed out learns nothing of the place."""
    return _refused(request, _("Not saved: you are signed out. Sign in again in another tab."))


@require_safe
@signed_in
def mine(request: MemberRequest) -> HttpResponse:
    around = ("community", "post__community", "answer__post", "comment", "suggestion")
    drafts = Draft.objects.of(request.user).select_related(*around)
    seen = set(Community.objects.visible_to(request.user).filter(pk__in=drafts.values("community")).values_list("pk"))
    return render(request, "communities/drafts_page.html", {"drafts": listed(drafts, {pk for (pk,) in seen})})


def listed(drafts: Any, seen: set[int]) -> list[dict[str, Any]]:
    """Each with the address of its form, as long as the place can be seen; one's own text is there anyway."""
    return [
        {"draft": draft, "place": place_of(draft) if draft.community_id in seen else None, "text": beginning(draft)}
        for draft in drafts
    ]


def place_of(draft: Draft) -> Place | None:
    """Where it belongs; None when that is deleted."""
    if any(content is not None and content.is_deleted for content in (draft.comment, draft.answer, draft.post)):
        return None
    target = draft.suggestion or draft.comment or draft.answer or draft.post or draft.community
    return Place(DraftKind(draft.kind), target)


@require_http_methods(["GET", "POST"])
@signed_in
def delete(request: MemberRequest, pk: int) -> HttpResponse:
    draft = get_object_or_404(Draft, author=request.user, pk=pk)
    if request.method == "POST":
        delete_draft(draft, by=request.user)
        offer_undo(request, _("The draft is deleted."), draft)
    return redirect("communities:drafts")


@require_http_methods(["GET", "POST"])
@signed_in
def restore(request: MemberRequest, pk: int) -> HttpResponse:
    draft = get_object_or_404(Draft, author=request.user, pk=pk)
    if request.method == "POST":
        restore_draft(draft, by=request.user)
    return redirect("communities:drafts")
