"""Answering, editing and accepting answers."""

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.actions import remember_answer_order
from accounts.kept import signed_in
from accounts.models import User
from accounts.requests import MemberRequest, PageRequest
from communities import permissions
from communities.actions.answering import (
    accept_answer,
    delete_answer,
    edit_answer,
    post_answer,
    restore_answer,
    unaccept_answer,
)
from communities.actions.drafting import closing_draft
from communities.actions.unfit import Unfit
from communities.drafts import Opened, Place
from communities.forms.answers import AnswerEditForm, AnswerForm, OrderForm, SecondAnswerForm
from communities.forms.buttons import YesNoForm
from communities.history import Moved, words_of
from communities.models import Answer, DraftKind, Membership, Post
from communities.models.content import NOT_DELETED
from communities.threads import page_of, thread
from communities.views.access import answer_or_deleted, count_against_limit, editor_of, seen_answer, seen_post
from communities.views.conflict import conflict, given_back
from communities.views.deleted import deleted_answer
from communities.views.deleting import ask_why, reason_form
from communities.views.opening import open_form
from communities.views.posts import thread_context
from communities.views.saved import say_who_is_not_told
from communities.views.undo import offer_undo


def answer_url(answer: Answer) -> str:
    """Where the answer stands: the page of the best order, at its anchor."""
    page = page_of(answer)
    query = f"?page={page}" if page > 1 else ""
    return f"{answer.post.get_absolute_url()}{query}#answer-{answer.pk}"


@require_safe
def find(request: PageRequest, slug: str, pk: int, answer: int) -> HttpResponse:
    found = Answer.objects.visible_to(request.user).filter(pk=answer)
    if not found.exists():
        return deleted_answer(request, answer)
    return redirect(answer_url(seen_answer(request, answer)))


@require_http_methods(["GET", "POST"])
@signed_in
def create(request: MemberRequest, pk: int) -> HttpResponse:
    post = seen_post(request, pk)
    me = answerer_of(request, post)
    first = first_answer(post, request.user)
    kind = SecondAnswerForm if first else AnswerForm
    drafts, written = open_form(request, Place(DraftKind.ANSWER, post))
    form = kind(request.POST if request.method == "POST" else None, initial=written, post=post, me=me)
    if request.method == "POST" and form.is_valid():
        count_against_limit(request, "answer")
        try:
            with closing_draft(request.POST.dict(), by=request.user):
                answer = post_answer(post, by=request.user, **form.cleaned_data)
        except Unfit as refusal:
            form.add_error(None, str(refusal))
        else:
            say_who_is_not_told(request, answer, me)
            return _answers_now(request, post, me) if request.htmx else redirect(answer_url(answer))
    context = {"answer_form": form, "post": post, "community": post.community, "me": me, "my_answer": first}
    context["drafts"] = drafts
    template = "communities/answer_form_page.html"
    if request.htmx:
        template = "communities/post_page.html#answer_form"
    return render(request, template, context, status=422 if form.errors else 200)


def answerer_of(request: MemberRequest, post: Post) -> Membership | None:
    """Their membership. Raises PermissionDenied for those who may not answer."""
    me = Membership.objects.of(request.user, post.community)
    if not permissions.can_answer(me, post):
        raise PermissionDenied(_("Join this community first, then you can answer."))
    return me


def _next_form(post: Post) -> type[AnswerForm]:
    """For who has just answered."""
    return SecondAnswerForm if post.is_question else AnswerForm


def first_answer(post: Post, author: User) -> Answer | None:
    """What they have answered to this question already."""
    if not post.is_question:
        return None
    return Answer.objects.filter(NOT_DELETED, post=post, author=author).order_by("created_at", "pk").first()


def _answers_now(request: MemberRequest, post: Post, me: Membership | None) -> HttpResponse:
    """The emptied form, beside it the list with the new answer in it, and the button that follows the post."""
    post.refresh_from_db()
    shown = thread(post, me, request.user)
    drafts = Opened(Place(DraftKind.ANSWER, post))
    context = thread_context(shown, me) | {"answer_form": _next_form(post)(post=post), "drafts": drafts, "beside": True}
    context["community"] = post.community
    return render(request, "communities/_answer_posted.html", context)


@require_http_methods(["GET", "POST"])
@signed_in
def edit(request: MemberRequest, pk: int) -> HttpResponse:
    answer = seen_answer(request, pk)
    me = editor_of(request, answer)
    shown = {"body": answer.body, "began_with": words_of(answer).fingerprint}
    drafts, written = open_form(request, Place(DraftKind.ANSWER_EDIT, answer), below=answer.body)
    is_own, sent = answer.author_id == request.user.pk, request.POST if request.method == "POST" else None
    if "append" in request.POST:  # what was to be a second answer goes below the first; nothing is saved yet
        sent, shown["body"] = None, f"{answer.body}\n\n{request.POST.get('body', '')}"
    form = AnswerEditForm(sent, initial=shown | written, post=answer.post, me=me, is_own=is_own)
    if request.method == "POST" and form.is_valid():
        count_against_limit(request, "edit")
        try:
            with closing_draft(request.POST.dict(), by=request.user):
                edited = edit_answer(answer, by=request.user, **form.cleaned_data)
        except Moved:
            again = AnswerEditForm(initial=given_back(answer, form), post=answer.post, is_own=is_own)
            return conflict(request, answer, again, drafts)
        say_who_is_not_told(request, edited, me)
        return redirect(answer_url(edited))
    context = {"answer_form": form, "answer": answer, "post": answer.post, "community": answer.post.community, "me": me}
    context["drafts"] = drafts
    template = "communities/answer_form_page.html"
    if request.htmx:
        template += "#answer_edit"
    return render(request, template, context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@signed_in
def accept(request: MemberRequest, pk: int) -> HttpResponse:
    answer = seen_answer(request, pk)
    if request.method == "POST":
        is_accepted = YesNoForm(request.POST).pressed()["value"]
        count_against_limit(request, "edit")
        (accept_answer if is_accepted else unaccept_answer)(answer, by=request.user)
        if request.htmx:
            post = seen_post(request, answer.post_id)
            me = Membership.objects.of(request.user, post.community)
            context = thread_context(thread(post, me, request.user), me)
            return render(request, "communities/post_page.html#answer_list", context)
    return redirect(answer_url(answer))


@require_http_methods(["GET", "POST"])
@signed_in
def delete(request: MemberRequest, pk: int) -> HttpResponse:
    """Moderators are asked why first."""
    answer = seen_answer(request, pk)
    form = reason_form(request, answer)
    if form and not form.is_valid():
        return ask_why(request, answer, form)
    if request.method == "POST":
        count_against_limit(request, "edit")
        delete_answer(answer, by=request.user, reason=form.cleaned_data["reason"] if form else "")
        said = _("The answer is deleted.") if answer.post.is_question else _("The reply is deleted.")
        offer_undo(request, said, answer)
    return redirect(answer.post)


@require_http_methods(["GET", "POST"])
@signed_in
def restore(request: MemberRequest, pk: int) -> HttpResponse:
    answer = answer_or_deleted(request, pk)
    if request.method == "POST":
        count_against_limit(request, "edit")
        restore_answer(answer, by=request.user)
    return redirect(answer)


@require_http_methods(["GET", "POST"])
@signed_in
def order(request: MemberRequest, pk: int) -> HttpResponse:
    """In which order the member reads answers from now on."""
    post = seen_post(request, pk)
    if request.method == "GET":
        return redirect(post)
    sort = OrderForm(request.POST).pressed()["sort"]
    remember_answer_order(request.user, sort)
    if not request.htmx:
        return redirect(f"{post.get_absolute_url()}#answers")
    me = Membership.objects.of(request.user, post.community)
    context = thread_context(thread(post, me, request.user, sort=sort), me)
    return render(request, "communities/post_page.html#answer_list", context)
