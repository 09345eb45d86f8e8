"""Commenting."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.kept import signed_in
from accounts.requests import MemberRequest, PageRequest
from communities import permissions, rules
from communities.actions.commenting import add_comment, delete_comment, edit_comment, resolve_comment, restore_comment
from communities.actions.drafting import closing_draft
from communities.drafts import Place
from communities.forms.buttons import YesNoForm
from communities.forms.comments import CommentEditForm, CommentForm
from communities.history import Moved, words_of
from communities.models import Answer, Comment, DraftKind, Membership, Post
from communities.remarks import is_hidden, remarks_on
from communities.threads import Reader, answer_fragment, page_of, post_fragment
from communities.views.access import (
    comment_or_deleted,
    count_against_limit,
    editor_of,
    seen_answer,
    seen_comment,
    seen_post,
)
from communities.views.conflict import conflict, given_back
from communities.views.deleted import deleted_comment
from communities.views.deleting import ask_why, reason_form
from communities.views.opening import open_form
from communities.views.saved import say_who_is_not_told
from communities.views.undo import offer_undo


@require_safe
def find(request: PageRequest, slug: str, pk: int, comment: int, answer: int | None = None) -> HttpResponse:
    found = Comment.objects.visible_to(request.user).filter(pk=comment)
    if not found.exists():
        return deleted_comment(request, comment)
    return redirect(comment_url(seen_comment(request, comment)))


def comment_url(comment: Comment) -> str:
    """Where the comment stands: on the page of its answer, or among all comments of its text, at its anchor."""
    if is_hidden(comment):
        return f"{all_url(comment.target)}#comment-{comment.pk}"
    page = page_of(comment.answer) if comment.answer else 1
    query = f"?page={page}" if page > 1 else ""
    return f"{comment.post.get_absolute_url()}{query}#comment-{comment.pk}"


def all_url(target: Post | Answer) -> str:
    return reverse(f"communities:{target._meta.model_name}_comments", args=[target.pk])


@require_safe
def all_on_post(request: PageRequest, pk: int) -> HttpResponse:
    return _all(request, seen_post(request, pk))


@require_safe
def all_on_answer(request: PageRequest, pk: int) -> HttpResponse:
    return _all(request, seen_answer(request, pk))


def _all(request: PageRequest, target: Post | Answer) -> HttpResponse:
    """All comments on one text: in place of the first few, or as a page."""
    context = _below(request, target)
    if not request.htmx:
        return render(request, "communities/comments_page.html", context)
    return render(request, "communities/_comments.html", context | {"unfolded_from": rules.COMMENTS_SHOWN + 1})


def _below(request: PageRequest, target: Post | Answer) -> dict[str, Any]:
    post = target.post
    me = Membership.objects.of(request.user, post.community)
    return {
        "content": target,
        "comments": remarks_on(target),
        "standing": Reader(post, me, request.user, unfolds=True).standing(target),
        "post": post,
        "community": post.community,
        "me": me,
    }


@require_http_methods(["GET", "POST"])
@signed_in
def on_post(request: MemberRequest, pk: int) -> HttpResponse:
    return _comment(request, seen_post(request, pk))


@require_http_methods(["GET", "POST"])
@signed_in
def on_answer(request: MemberRequest, pk: int) -> HttpResponse:
    return _comment(request, seen_answer(request, pk))


def _comment(request: MemberRequest, target: Post | Answer) -> HttpResponse:
    post = target.post
    me = commenter_of(request, target)
    sent = request.POST if request.method == "POST" else None
    kind = DraftKind.COMMENT_ON_ANSWER if isinstance(target, Answer) else DraftKind.COMMENT_ON_POST
    drafts, written = open_form(request, Place(kind, target))
    form = CommentForm(sent, initial=written, me=me, auto_id=f"id_{target.anchor}_%s")
    if request.method == "POST" and form.is_valid():
        count_against_limit(request, "comment")
        with closing_draft(request.POST.dict(), by=request.user):
            comment = add_comment(target, by=request.user, **form.cleaned_data)
        say_who_is_not_told(request, comment, me)
        return _target_now(request, target) if request.htmx else redirect(comment_url(comment))
    context = {"form": form, "target": target, "post": post, "community": post.community, "me": me, "drafts": drafts}
    return _form(request, context)


def commenter_of(request: MemberRequest, target: Post | Answer) -> Membership | None:
    """Their membership. Raises PermissionDenied for those who may not comment."""
    me = Membership.objects.of(request.user, target.post.community)
    if not permissions.can_comment(me, target):
        raise PermissionDenied(_("Join this community first, then you can comment."))
    return me


def _target_now(request: MemberRequest, target: Post | Answer) -> HttpResponse:
    """The post or answer with its new comment, in place of the old one."""
    target.refresh_from_db()
    me = Membership.objects.of(request.user, target.post.community_id)
    reader = Reader(target.post, me, request.user, unfolds=True)
    answer = target if isinstance(target, Answer) else None
    html = answer_fragment(answer, reader) if answer else post_fragment(target.post, reader)
    response = render(
        request, "communities/_text_now.html", {"html": html, "answer": answer, "follows": reader.follows}
    )
    response["HX-Retarget"], response["HX-Reswap"] = f"#{target.anchor}", "outerHTML"
    return response


@require_http_methods(["GET", "POST"])
@signed_in
def edit(request: MemberRequest, pk: int) -> HttpResponse:
    comment = seen_comment(request, pk)
    me = editor_of(request, comment)
    shown = {"body": comment.body, "began_with": words_of(comment).fingerprint}
    is_own = comment.author_id == request.user.pk
    sent = request.POST if request.method == "POST" else None
    drafts, written = open_form(request, Place(DraftKind.COMMENT_EDIT, comment))
    form = CommentEditForm(sent, initial=shown | written, me=me, is_own=is_own)
    if request.method == "POST" and form.is_valid():
        count_against_limit(request, "edit")
        try:
            with closing_draft(request.POST.dict(), by=request.user):
                edited = edit_comment(comment, by=request.user, **form.cleaned_data)
        except Moved:
            again = CommentEditForm(initial=given_back(comment, form), is_own=is_own)
            return conflict(request, comment, again, drafts)
        say_who_is_not_told(request, edited, me)
        return redirect(comment_url(edited))
    context = {"form": form, "comment": comment, "post": comment.post, "community": comment.post.community, "me": me}
    context["drafts"] = drafts
    return _form(request, context)


def _form(request: MemberRequest, context: dict[str, Any]) -> HttpResponse:
    template = "communities/comment_form_page.html"
    if request.htmx:
        template += "#comment_form"
    return render(request, template, context, status=422 if context["form"].errors else 200)


@require_http_methods(["GET", "POST"])
@signed_in
def delete(request: MemberRequest, pk: int) -> HttpResponse:
    """Moderators are asked why first."""
    comment = seen_comment(request, pk)
    form = reason_form(request, comment)
    if form and not form.is_valid():
        return ask_why(request, comment, form)
    if request.method == "POST":
        count_against_limit(request, "edit")
        delete_comment(comment, by=request.user, reason=form.cleaned_data["reason"] if form else "")
        offer_undo(request, _("The comment is deleted."), comment)
    return redirect(comment.target)


@require_http_methods(["GET", "POST"])
@signed_in
def restore(request: MemberRequest, pk: int) -> HttpResponse:
    comment = comment_or_deleted(request, pk)
    if request.method == "POST":
        count_against_limit(request, "edit")
        restore_comment(comment, by=request.user)
    return redirect(comment.target if comment.is_deleted else comment)


@require_http_methods(["GET", "POST"])
@signed_in
def resolve(request: MemberRequest, pk: int) -> HttpResponse:
    comment = seen_comment(request, pk)
    if request.method == "GET":
        return redirect(comment_url(comment))
    is_resolved = YesNoForm(request.POST).pressed()["value"]
    count_against_limit(request, "edit")
    resolve_comment(comment, by=request.user, is_resolved=bool(is_resolved))
    if not request.htmx:
        return redirect(comment_url(comment))
    return render(request, "communities/_comments.html", _below(request, comment.target))
