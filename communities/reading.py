"""The busiest questions, kept written: a post and its answers, what one member did there, a feed."""

from collections.abc import Iterable

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet, Value

from accounts.models import User
from communities.models import Answer, Comment, Community, Post, Vote
from communities.models.content import NOT_DELETED
from prepared import Prepared, as_model, columns

POST_FIELDS = columns(
    Post,
    *("id", "community_id", "author_id", "version", "kind", "title", "answer_count"),
    *("up", "down", "created_at", "deleted_at"),
)
COMMUNITY_FIELDS = columns(
    Community,
    *("id", "slug", "name", "tagline", "visibility", "member_count", "post_count"),
)
ORDER_FIELDS = columns(
    Answer,
    *("id", "post_id", "version", "up", "down", "author_id"),
    *("created_at", "edited_at", "deleted_at", "accepted_at", "accepted_by_id"),
)


def _reader(pk: int | None) -> User | AnonymousUser:
    return AnonymousUser() if pk is None else User(pk=pk)


def _post(pk: int, reader: int | None) -> QuerySet[Post, tuple]:
    posts = Post.objects.visible_to(_reader(reader)).filter(pk=pk)
    return posts.values_list(*POST_FIELDS, *(f"community__{field}" for field in COMMUNITY_FIELDS))


def _answers(post: int) -> QuerySet[Answer, tuple]:
    return Answer.objects.filter(NOT_DELETED, post=post).values_list(*ORDER_FIELDS)


def _deeds(post: int, member: int) -> QuerySet[Vote, tuple]:
    """Answer (None = the post itself), value of a vote or 0, id of a comment or 0."""
    votes = Vote.objects.filter(post=post, voter=member).values_list("answer_id", "value", Value(0))
    comments = Comment.objects.filter(NOT_DELETED, post=post, author=member)
    return votes.union(comments.values_list("answer_id", Value(0), "pk"), all=True)


_post_question, _answers_question, _deeds_question = Prepared(_post), Prepared(_answers), Prepared(_deeds)


def post_to_read(pk: int, reader: User | AnonymousUser) -> Post | None:
    """What its page shows around the cached parts; None when the reader may not see it."""
    for row in _post_question.rows(pk, reader.pk):
        post = as_model(Post, POST_FIELDS, row[: len(POST_FIELDS)])
        post.community = as_model(Community, COMMUNITY_FIELDS, row[len(POST_FIELDS) :])
        return post
    return None


def answers_to_order(post: Post) -> list[Answer]:
    """All that stand, each with its post, in no order."""
    answers = [as_model(Answer, ORDER_FIELDS, row) for row in _answers_question.rows(post.pk)]
    for answer in answers:
        answer.post = post
    return answers


def deeds(post: Post, member: int) -> Iterable[tuple[int | None, int, int]]:
    """Answer (None = the post itself), value of a vote or 0, id of a comment or 0."""
    return _deeds_question.rows(post.pk, member)
