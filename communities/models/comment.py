"""Comments: on a post, or on one of its answers."""

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q

from accounts.models import User
from communities.models.answer import Answer
from communities.models.content import NOT_DELETED, Content
from communities.models.post import Post


class CommentQuerySet(models.QuerySet["Comment"]):
    def visible_to(self, user: User | AnonymousUser) -> "CommentQuerySet":
        """Not deleted, under a post (and answer) that the person may read."""
        return self.filter(
            NOT_DELETED, Q(answer=None) | Q(answer__deleted_at=None), post__in=Post.objects.visible_to(user)
        )


class Comment(Content):
    """`post` is always set: a page fetches its comments with one question. `answer` is None on the post itself."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="comments")
    answer = models.ForeignKey(Answer, on_delete=models.CASCADE, null=True, blank=True, related_name="comments")

    objects = CommentQuerySet.as_manager()

    def __str__(self) -> str:
        return f"comment {self.pk}"

    def get_absolute_url(self) -> str:
        above = self.answer.get_absolute_url() if self.answer else self.post.permanent_url
        return f"{above}comments/{self.pk}/"

    @property
    def target(self) -> Post | Answer:
        return self.answer or self.post
