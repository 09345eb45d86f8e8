"""Where a deleted text was: its author and moderators find it there still, everybody else finds nothing."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from accounts.requests import PageRequest
from communities import permissions
from communities.history import Written
from communities.models import Answer, Comment, Membership, Post
from communities.reading import membership


def deleted_post(request: PageRequest, pk: int) -> HttpResponse:
    return _page(request, Post.objects.deleted_seen_by(request.user).select_related("community"), pk)


def deleted_answer(request: PageRequest, pk: int) -> HttpResponse:
    return _page(request, Answer.objects.deleted_seen_by(request.user).select_related("post__community"), pk)


def deleted_comment(request: PageRequest, pk: int) -> HttpResponse:
    return _page(request, Comment.objects.deleted_seen_by(request.user).select_related("post__community"), pk)


def _page(request: PageRequest, seen: QuerySet[Any], pk: int) -> HttpResponse:
    content: Written = get_object_or_404(seen.select_related("author", "deleted_by"), pk=pk)
    post = content.post
    me = membership(request.user, post.community_id)
    deleter = Membership.objects.of(content.deleted_by, post.community_id) if content.deleted_by else None
    context = {
        "content": content,
        "post": post,
        "community": post.community,
        "me": me,
        "is_mine": content.author_id == request.user.pk,
        "can_restore": permissions.can_restore(me, content, deleter),
        "restore_url": f"communities:{content._meta.model_name}_restore",
    }
    return render(request, "communities/deleted_page.html", context)
