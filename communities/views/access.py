"""Fetching what the person may see: anything else is 404, as if it were not there."""

from allauth.account.adapter import get_adapter
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from accounts.requests import MemberRequest
from communities import permissions
from communities.history import Written
from communities.models import Answer, Comment, Community, Membership, Post, Revision, Suggestion
from communities.reading import answer_to_read, community_to_read, membership, post_to_read
from communities.rules import RATES
from net.limits import spend


def seen_community(request: HttpRequest, slug: str) -> tuple[Community, Membership | None]:
    community = found(community_to_read(slug, request.user))
    return community, membership(request.user, community.pk)


def read_post(request: HttpRequest, pk: int) -> Post:
    """What the page of a post needs beside its cached parts."""
    return found(post_to_read(pk, request.user))


def read_answer(request: HttpRequest, pk: int) -> Answer:
    """Without its text."""
    return found(answer_to_read(pk, request.user))


def found[T](thing: T | None) -> T:
    if thing is None:
        raise Http404
    return thing


def seen_post(request: HttpRequest, pk: int) -> Post:
    posts = Post.objects.visible_to(request.user).select_related("community", "author")
    return get_object_or_404(posts, pk=pk)


def seen_answer(request: HttpRequest, pk: int) -> Answer:
    answers = Answer.objects.visible_to(request.user).select_related("post__community", "post__author", "author")
    return get_object_or_404(answers, pk=pk)


def seen_comment(request: HttpRequest, pk: int) -> Comment:
    comments = Comment.objects.visible_to(request.user)
    return get_object_or_404(comments.select_related("post__community", "answer", "author"), pk=pk)


def seen_revision(request: HttpRequest, pk: int) -> Revision:
    revisions = Revision.objects.visible_to(request.user)
    around = ("post__community", "answer__post__community", "comment__post__community")
    return get_object_or_404(revisions.select_related(*around), pk=pk)


def seen_suggestion(request: HttpRequest, pk: int) -> Suggestion:
    suggestions = Suggestion.objects.visible_to(request.user)
    around = ("author", "base", "post__community", "post__author", "answer__post__community", "answer__author")
    return get_object_or_404(suggestions.select_related(*around), pk=pk)


def post_or_deleted(request: MemberRequest, pk: int) -> Post:
    """One that can be brought back, or has been: a second click finds it restored."""
    posts = Post.objects.deleted_seen_by(request.user) | Post.objects.visible_to(request.user)
    return get_object_or_404(posts.select_related("community"), pk=pk)


def answer_or_deleted(request: MemberRequest, pk: int) -> Answer:
    answers = Answer.objects.deleted_seen_by(request.user) | Answer.objects.visible_to(request.user)
    return get_object_or_404(answers.select_related("post__community"), pk=pk)


def comment_or_deleted(request: MemberRequest, pk: int) -> Comment:
    comments = Comment.objects.deleted_seen_by(request.user) | Comment.objects.visible_to(request.user)
    return get_object_or_404(comments.select_related("post__community", "answer"), pk=pk)


def editor_of(request: MemberRequest, content: Written) -> Membership | None:
    """Their membership. Raises PermissionDenied for those who may not change it."""
    me = Membership.objects.of(request.user, content.post.community)
    if not permissions.can_edit(me, content):
        raise PermissionDenied(_("Only its author and moderators can change this."))
    return me


def count_against_limit(request: HttpRequest, verb: str) -> None:
    """Raises TooOften, which the middleware answers with 429."""
    spend(verb, request.user.pk, RATES[verb])


def count_search(request: HttpRequest) -> None:
    """Strangers search less often; those who share an address share the limit."""
    if request.user.is_authenticated:
        count_against_limit(request, "search")
    else:
        spend("search", get_adapter(request).get_client_ip(request), RATES["search signed out"])
