"""Suggested edits: the form, the page of one, the list, the verdicts."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.kept import signed_in
from accounts.requests import MemberRequest
from communities import permissions, rules
from communities.actions.drafting import closing_draft
from communities.actions.suggesting import (
    approve_suggestion,
    reject_suggestion,
    rework_suggestion,
    suggest_edit,
    withdraw_suggestion,
)
from communities.actions.unfit import Unfit
from communities.differences import Line, difference
from communities.drafts import Place
from communities.forms.editing import ReasonForm
from communities.forms.suggestions import AnswerSuggestionForm, PostSuggestionForm
from communities.history import Moved, Words, latest_revision, words_in, words_of
from communities.models import Answer, DraftKind, Membership, Post, Suggestion
from communities.views.access import (
    count_against_limit,
    seen_answer,
    seen_community,
    seen_post,
    seen_suggestion,
)
from communities.views.conflict import conflict, given_back, writes_in
from communities.views.opening import open_form

SuggestionForm = PostSuggestionForm | AnswerSuggestionForm


@require_http_methods(["GET", "POST"])
@signed_in
def for_post(request: MemberRequest, pk: int) -> HttpResponse:
    return _suggest(request, seen_post(request, pk))


@require_http_methods(["GET", "POST"])
@signed_in
def for_answer(request: MemberRequest, pk: int) -> HttpResponse:
    return _suggest(request, seen_answer(request, pk))


def _suggest(request: MemberRequest, content: Post | Answer) -> HttpResponse:
    post = content.post
    me = Membership.objects.of(request.user, post.community)
    if permissions.can_edit(me, content):
        return redirect(f"communities:{content._meta.model_name}_edit", content.pk)
    if not permissions.can_suggest(me, content):
        raise PermissionDenied(_("You only read here."))
    kind = DraftKind.ANSWER_SUGGESTION if isinstance(content, Answer) else DraftKind.POST_SUGGESTION
    drafts, written = open_form(request, Place(kind, content))
    mine = Suggestion.objects.waiting().filter(author=request.user, post=post, answer=_answer_of(content)).first()
    if mine is not None and request.method == "GET" and not written:
        return redirect("communities:suggestion_rework", mine.pk)
    words = words_of(content)
    shown = {"title": words.title, "body": words.body, "tags": ", ".join(words.tags), "began_with": words.fingerprint}
    sent = request.POST if request.method == "POST" else None
    form = form_for(content, me, sent, shown | written)
    if request.method == "POST" and form.is_valid():
        count_against_limit(request, "edit")
        try:
            with closing_draft(request.POST.dict(), by=request.user):
                suggestion = suggest_edit(content, by=request.user, **as_taken(form))
        except Moved:
            return conflict(request, content, form_for(content, me, None, given_back(content, form)), drafts)
        except Unfit as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Thank you. Its author and others are asked what they think."))
            return redirect(suggestion)
    place = {"community": post.community, "writes_in": writes_in(request, post.community)}
    context = {"form": form, "content": content, "post": post, "drafts": drafts} | place
    return render(request, "communities/suggestion_form_page.html", context, status=422 if form.errors else 200)


def form_for(
    content: Post | Answer, me: Membership | None, sent: Mapping[str, Any] | None, shown: dict[str, Any]
) -> SuggestionForm:
    if isinstance(content, Post):
        return PostSuggestionForm(sent, initial=shown, community=content.community, me=me)
    return AnswerSuggestionForm(sent, initial=shown)


def as_taken(form: SuggestionForm) -> dict[str, Any]:
    """As the actions take it."""
    given = dict(form.cleaned_data)
    return {"text": (given.pop("title", ""), given.pop("body")), "tags": given.pop("tags", None)} | given


def _answer_of(content: Post | Answer) -> Answer | None:
    return content if isinstance(content, Answer) else None


@signed_in
@require_safe
def waiting(request: MemberRequest, slug: str) -> HttpResponse:
    """What waits here and concerns the reader: the oldest first."""
    community, me = seen_community(request, slug)
    found = Suggestion.objects.waiting().visible_to(request.user).filter(post__community=community)
    context = {
        "community": community,
        "me": me,
        "suggestions": found.select_related("author", "post__community", "answer").order_by("pk")[
            : rules.SUGGESTIONS_SHOWN
        ],
    }
    return render(request, "communities/suggestions_page.html", context)


@signed_in
@require_safe
def detail(request: MemberRequest, slug: str, pk: int, suggestion: int, answer: int | None = None) -> HttpResponse:
    return _page(request, seen_suggestion(request, suggestion), ReasonForm())


def _page(request: MemberRequest, suggestion: Suggestion, form: ReasonForm) -> HttpResponse:
    content, is_waiting = suggestion.content, suggestion.decided_at is None
    me = Membership.objects.of(request.user, suggestion.post.community)
    is_mine = suggestion.author_id == request.user.pk
    weight = 0 if is_mine else permissions.weight_of_verdict(me, content)
    before = words_of(content) if is_waiting else words_in(suggestion.base)
    is_moved = is_waiting and suggestion.base_id != latest_revision(content).pk
    context: dict[str, Any] = {
        "suggestion": suggestion,
        "content": content,
        "post": suggestion.post,
        "community": suggestion.post.community,
        "me": me,
        "form": form,
        "is_mine": is_mine,
        "is_moved": is_moved,
        "can_decide": is_waiting and weight > 0,
        "can_rework": is_waiting and permissions.can_rework(me, suggestion, request.user),
        "yes": suggestion.verdicts.filter(reason="").count() if is_waiting else 0,
        **_changes(before, suggestion),
    }
    return render(request, "communities/suggestion_page.html", context, status=422 if form.errors else 200)


def _changes(before: Words, suggestion: Suggestion) -> dict[str, list[Line]]:
    tags = ", ".join(before.tags)
    return {
        "title_lines": difference(before.title, suggestion.title) if before.title != suggestion.title else [],
        "tag_lines": difference(tags, suggestion.tags) if tags != suggestion.tags else [],
        "lines": difference(before.body, suggestion.body),
    }


@require_http_methods(["GET", "POST"])
@signed_in
def approve(request: MemberRequest, pk: int) -> HttpResponse:
    suggestion = seen_suggestion(request, pk)
    if request.method == "POST":
        count_against_limit(request, "edit")
        try:
            approve_suggestion(suggestion, by=request.user)
        except Moved:
            messages.info(request, _("The text has changed since. Put both together first."))
    return redirect(suggestion)


@require_http_methods(["GET", "POST"])
@signed_in
def reject(request: MemberRequest, pk: int) -> HttpResponse:
    suggestion = seen_suggestion(request, pk)
    if request.method == "POST":
        form = ReasonForm(request.POST)
        if not form.is_valid():
            return _page(request, suggestion, form)
        count_against_limit(request, "edit")
        reject_suggestion(suggestion, by=request.user, reason=form.cleaned_data["reason"])
    return redirect(suggestion)


@require_http_methods(["GET", "POST"])
@signed_in
def withdraw(request: MemberRequest, pk: int) -> HttpResponse:
    suggestion = seen_suggestion(request, pk)
    if request.method == "POST":
        count_against_limit(request, "edit")
        withdraw_suggestion(suggestion, by=request.user)
        messages.success(request, _("Your suggestion is taken back."))
    return redirect(suggestion)


@require_http_methods(["GET", "POST"])
@signed_in
def rework(request: MemberRequest, pk: int) -> HttpResponse:
    """The suggested text, on top of what is read now."""
    suggestion = seen_suggestion(request, pk)
    content, words = suggestion.content, words_of(suggestion.content)
    me = Membership.objects.of(request.user, content.post.community)
    if not permissions.can_rework(me, suggestion, request.user):
        raise PermissionDenied(_("Only who suggested this, or who decides about it, can rework it."))
    if suggestion.decided_at is not None and request.method == "GET":
        return redirect(suggestion)
    drafts, written = open_form(request, Place(DraftKind.SUGGESTION_REWORK, suggestion))
    shown = {"title": suggestion.title, "body": suggestion.body, "tags": suggestion.tags, "note": suggestion.note}
    shown |= {"began_with": words.fingerprint} | written
    form = form_for(content, me, request.POST if request.method == "POST" else None, shown)
    if request.method == "POST" and form.is_valid():
        count_against_limit(request, "edit")
        try:
            with closing_draft(request.POST.dict(), by=request.user):
                rework_suggestion(suggestion, by=request.user, **as_taken(form))
        except Moved:
            return conflict(request, content, form_for(content, me, None, given_back(content, form)), drafts)
        except Unfit as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect(suggestion)
    context = {
        "form": form,
        "content": content,
        "post": suggestion.post,
        "community": suggestion.post.community,
        "writes_in": writes_in(request, suggestion.post.community),
        "suggestion": suggestion,
        "drafts": drafts,
        **_changes(words, suggestion),
    }
    return render(request, "communities/suggestion_form_page.html", context, status=422 if form.errors else 200)
