"""Bookmarks: the button on posts and answers, and one's own page of them."""

from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.kept import kept_text, signed_in
from accounts.requests import MemberRequest
from communities import rules
from communities.actions.bookmarking import (
    bookmark,
    describe_bookmark,
    remove_bookmark,
    rename_collection,
    restore_bookmark,
)
from communities.forms.bookmarks import BookmarkForm, CollectionForm
from communities.forms.buttons import YesNoForm
from communities.kept import bookmarks_page, collections_of
from communities.models import Answer, Bookmark, Post
from communities.views.access import count_against_limit, read_answer, read_post
from communities.views.undo import offer_undo


@require_http_methods(["GET", "POST"])
@signed_in
def of_post(request: MemberRequest, pk: int) -> HttpResponse:
    return _keep(request, read_post(request, pk))


@require_http_methods(["GET", "POST"])
@signed_in
def of_answer(request: MemberRequest, pk: int) -> HttpResponse:
    return _keep(request, read_answer(request, pk))


def _keep(request: MemberRequest, content: Post | Answer) -> HttpResponse:
    """GET leads to the bookmark where there is one."""
    post, answer = (content.post, content) if isinstance(content, Answer) else (content, None)
    kept = Bookmark.objects.of(request.user).filter(post=post, answer=answer).first()
    if request.method == "GET":
        return redirect("communities:bookmark_edit", kept.pk) if kept else redirect(content)
    wanted = YesNoForm(request.POST).pressed()["value"]
    count_against_limit(request, "bookmark")
    if wanted:
        bookmark(content, by=request.user)
    elif kept:
        remove_bookmark(kept)
    if request.htmx:
        return render(request, "communities/_bookmark.html", {"content": content, "bookmarked": wanted})
    return redirect(content)


@require_safe
@signed_in
def mine(request: MemberRequest) -> HttpResponse:
    collection = request.GET.get("collection", "")[: rules.COLLECTION_MAX]
    page = bookmarks_page(request.user, collection, request.GET.get("before", ""))
    further = {"before": page.before} | ({"collection": collection} if collection else {})
    context = {
        "lines": page.lines,
        "is_lost": page.is_lost,
        "collection": collection,
        "collections": collections_of(request.user),
        "next_url": f"{reverse('communities:bookmarks')}?{urlencode(further)}" if page.before else "",
    }
    return render(request, "communities/bookmarks_page.html", context, status=422 if page.is_lost else 200)


@require_http_methods(["GET", "POST"])
@signed_in
def edit(request: MemberRequest, pk: int) -> HttpResponse:
    kept = get_object_or_404(Bookmark.objects.of(request.user), pk=pk)
    shown = {"collection": kept.collection, "note": kept.note, "remind_on": kept.remind_on}
    form = BookmarkForm(request.POST if request.method == "POST" else None, initial=shown | kept_text(request))
    if request.method == "POST" and form.is_valid():
        count_against_limit(request, "bookmark")
        describe_bookmark(kept, **form.cleaned_data)
        return redirect("communities:bookmarks")
    context = {"form": form, "bookmark": kept, "collections": collections_of(request.user)}
    return render(request, "communities/bookmark_form_page.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@signed_in
def remove(request: MemberRequest, pk: int) -> HttpResponse:
    kept = get_object_or_404(Bookmark.objects.filter(owner=request.user), pk=pk)
    if request.method == "POST":
        count_against_limit(request, "bookmark")
        remove_bookmark(kept)
        offer_undo(request, _("The bookmark is gone, its note with it."), kept)
    return redirect("communities:bookmarks")


@require_http_methods(["GET", "POST"])
@signed_in
def restore(request: MemberRequest, pk: int) -> HttpResponse:
    kept = get_object_or_404(Bookmark.objects.filter(owner=request.user), pk=pk)
    if request.method == "POST":
        count_against_limit(request, "bookmark")
        restore_bookmark(kept)
    return redirect("communities:bookmarks")


@require_http_methods(["GET", "POST"])
@signed_in
def rename(request: MemberRequest) -> HttpResponse:
    given = request.POST if request.method == "POST" else None
    shown = {"name": request.GET.get("name", ""), "to": request.GET.get("name", "")}
    form = CollectionForm(given, initial=shown | kept_text(request))
    if request.method == "POST" and form.is_valid():
        count_against_limit(request, "bookmark")
        rename_collection(form.cleaned_data["name"], by=request.user, to=form.cleaned_data["to"])
        return redirect(f"{reverse('communities:bookmarks')}?{urlencode({'collection': form.cleaned_data['to']})}")
    return render(request, "communities/collection_form_page.html", {"form": form}, status=422 if form.errors else 200)
