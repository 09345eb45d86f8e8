"""Reading, editing, deleting a post."""

from functools import cache
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.kept import signed_in
from accounts.requests import MemberRequest, PageRequest
from communities import permissions
from communities.actions.drafting import closing_draft
from communities.actions.posting import (
    delete_post,
    disassociate_post,
    edit_post,
    is_answered_well,
    restore_post,
)
from communities.drafts import Opened, Place, opened
from communities.forms.answers import AnswerForm, SecondAnswerForm
from communities.forms.posts import PostEditForm
from communities.history import Moved, words_of
from communities.models import DraftKind, Membership, Post
from communities.ranking import SORT_NAMES, Sort
from communities.reading import page_of_post
from communities.tagging import slugs_of
from communities.threads import Thread, thread
from communities.views.access import count_against_limit, editor_of, post_or_deleted, seen_post
from communities.views.conflict import conflict, given_back
from communities.views.deleted import deleted_post
from communities.views.deleting import ask_why, reason_form
from communities.views.opening import open_form
from communities.views.saved import say_what_waits, say_who_is_not_told
from communities.views.undo import offer_undo
from communities.visits import note_visit


@require_safe
def detail(request: PageRequest, slug: str, pk: int, title: str = "") -> HttpResponse:
    found = page_of_post(pk, request.user)
    if found is None:
        return deleted_post(request, pk)
    post, linked, me = found
    if (slug, title) != (post.community.slug, post.slug):
        return redirect(post, permanent=True)
    sort = chosen_order(request)
    page = request.GET.get("page", "1")
    is_part = bool(request.htmx) and request.htmx.target == "answers"
    read_at = note_visit(me, post) if me and not is_part else None
    number = int(page) if page.isdecimal() and len(page) < 6 else 1
    shown = thread(post, me, request.user, sort=sort, page=number, read_at=read_at)
    place = Place(DraftKind.ANSWER, post)
    drafts = opened(place, request.user) if shown.has_draft and request.user.is_authenticated else Opened(place)
    is_second = shown.my_answer is not None and post.is_question
    context = thread_context(shown, me) | {
        "community": post.community,
        "linked": linked,
        "answer_form": _answer_form(drafts.fields, post, is_second=is_second),
        "drafts": drafts,
    }
    template = "communities/post_page.html"
    if is_part:
        template += "#answer_list"
    return render(request, template, context)


def _answer_form(begun: dict[str, str], post: Post, *, is_second: bool) -> AnswerForm | SafeString:
    """With what the reader has begun to write."""
    if not begun:
        return empty_answer_form(get_language(), post.kind, is_second)
    return (SecondAnswerForm if is_second else AnswerForm)(initial=begun, post=post)


@cache
def empty_answer_form(language: str | None, kind: str, is_second: bool) -> SafeString:
    """Its fields are the same in every page of that language and kind."""
    return (SecondAnswerForm if is_second else AnswerForm)(post=Post(kind=kind)).render()


def thread_context(shown: Thread, me: Membership | None) -> dict[str, Any]:
    """What the parts of the post page need, together or alone."""
    return {"thread": shown, "post": shown.post, "me": me, "sorts": SORT_NAMES.items(), "my_answer": shown.my_answer}


def chosen_order(request: HttpRequest) -> Sort:
    """What the address says, else what the member chose last."""
    remembered = request.user.answer_order if request.user.is_authenticated else ""
    try:
        return Sort(request.GET.get("sort") or remembered or Sort.BEST)
    except ValueError:
        return Sort.BEST


@require_http_methods(["GET", "POST"])
@signed_in
def edit(request: MemberRequest, pk: int) -> HttpResponse:
    post = seen_post(request, pk)
    me = editor_of(request, post)
    is_own = post.author_id == request.user.pk
    shown = {"title": post.title, "body": post.body, "tags": ", ".join(slugs_of(post))}
    drafts, written = open_form(request, Place(DraftKind.POST_EDIT, post))
    shown |= {"began_with": words_of(post).fingerprint} | written
    given = request.POST if request.method == "POST" else None
    form = PostEditForm(given, initial=shown, community=post.community, me=me, is_own=is_own)
    if request.method == "POST" and form.is_valid():
        count_against_limit(request, "edit")
        try:
            with closing_draft(request.POST.dict(), by=request.user):
                post = edit_post(post, by=request.user, **form.cleaned_data)
        except Moved:
            again = PostEditForm(initial=given_back(post, form), community=post.community, me=me, is_own=is_own)
            return conflict(request, post, again, drafts)
        say_what_waits(request, post)
        say_who_is_not_told(request, post, me)
        return redirect(post)
    context = {"form": form, "community": post.community, "post": post, "me": me, "drafts": drafts}
    return render(request, "communities/post_form_page.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@signed_in
def delete(request: MemberRequest, pk: int) -> HttpResponse:
    """Moderators are asked why first."""
    post = seen_post(request, pk)
    form = reason_form(request, post)
    if form and not form.is_valid():
        return ask_why(request, post, form)
    if request.method == "GET":
        return redirect(post)
    if post.author_id == request.user.pk and is_answered_well(post):
        return redirect("communities:post_disassociate", post.pk)
    count_against_limit(request, "edit")
    delete_post(post, by=request.user, reason=form.cleaned_data["reason"] if form else "")
    offer_undo(request, _("The post is deleted."), post)
    return redirect(post.community)


@require_http_methods(["GET", "POST"])
@signed_in
def restore(request: MemberRequest, pk: int) -> HttpResponse:
    post = post_or_deleted(request, pk)
    if request.method == "POST":
        count_against_limit(request, "edit")
        restore_post(post, by=request.user)
    return redirect(post)


@require_http_methods(["GET", "POST"])
@signed_in
def disassociate(request: MemberRequest, pk: int) -> HttpResponse:
    """GET explains and asks, POST takes the author's name off."""
    post = seen_post(request, pk)
    me = Membership.objects.of(request.user, post.community)
    if not permissions.can_disassociate(me, post):
        raise PermissionDenied(_("Only who asked this can take their name off it."))
    if request.method == "GET":
        context = {"post": post, "community": post.community, "me": me}
        return render(request, "communities/disassociate_page.html", context)
    count_against_limit(request, "edit")
    disassociate_post(post, by=request.user)
    messages.success(request, _("Your name is off this question."))
    return redirect(post)
