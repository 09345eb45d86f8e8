"""How posts, answers and comments look to a program, and where their parts come from."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, Literal

from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from ninja import Field, Schema

import markup
from accounts.models import User
from communities import rules
from communities.api.kept import Wanted, kept
from communities.beside import endorsements_in, endorsements_of_answer
from communities.history import Words
from communities.models import Answer, Comment, CommentKind, Post, PostKind
from communities.models.content import NOT_DELETED
from communities.public import absolute

State = Literal["stale", "unreviewed", "supported", "accepted", "endorsed", "validated"]


class PersonOut(Schema):
    username: str
    name: str
    url: str


class TagRef(Schema):
    name: str
    slug: str


class Written(Schema):
    id: int
    author: PersonOut
    created_at: datetime
    edited_at: datetime | None
    url: str


class PostFacts(Written):
    community: str = Field(description="Its slug.")
    kind: PostKind
    title: str
    tags: list[TagRef]
    up: int
    down: int
    answer_count: int
    is_accepted: bool = Field(description="One of its answers is accepted.")
    state: State | None = Field(description="How far its best answer can be trusted.")


class PostRow(PostFacts):
    excerpt: str = Field(description="How it begins, in plain words.")
    active_at: datetime = Field(description="When something last happened to it.")


class TextOut(Written):
    body: str = Field(description="Markdown.")
    html: str = Field(description="The same, rendered and made safe.")
    text_version: str = Field(description="Names this very text; an edit sends it back as `began_with`.")
    licence: str
    origin_url: str | None = Field(description="Where an imported text comes from.")


class EndorserOut(Schema):
    username: str
    name: str
    role: str


class AnswerMine(Schema):
    """What you did with it."""

    vote: int
    is_bookmarked: bool
    said: list[str] = Field(description="How it went (`worked` …), and `endorsed`.")


class AnswerOut(TextOut):
    post: int
    up: int
    down: int
    comment_count: int
    state: State = Field(description="How far it can be trusted.")
    is_accepted: bool
    endorsed_by: list[EndorserOut]
    mine: AnswerMine | None = Field(description="null where nobody is signed in.")


class CommentOut(TextOut):
    post: int
    answer: int | None
    kind: CommentKind
    resolved_at: datetime | None = Field(description="When what wanted clarifying was settled.")


def person_out(person: User) -> dict[str, str]:
    return {"username": person.username, "name": person.display_name, "url": absolute(person.get_absolute_url())}


def post_rows(posts: Sequence[Post]) -> list[dict[str, Any]]:
    """In the given order. Only what the cache lacks is read in full, so they need no more than id, version, times."""
    (made,) = kept(Wanted("row", posts, _load_rows))
    return [made[post.pk] | {"active_at": post.active_at} for post in posts if post.pk in made]


def _load_rows(pks: list[int]) -> dict[int, dict[str, Any]]:
    posts = Post.objects.filter(pk__in=pks).select_related("author", "community").with_tags()
    return {post.pk: _row(post) | {"excerpt": markup.plain_text(post.body, rules.EXCERPT_LENGTH)} for post in posts}


def _row(post: Any) -> dict[str, Any]:
    """`post` comes with its tags."""
    return {
        "id": post.pk,
        "community": post.community.slug,
        "kind": post.kind,
        "title": post.title,
        "author": person_out(post.author),
        "tags": post.shown_tags,
        "up": post.up,
        "down": post.down,
        "answer_count": post.answer_count,
        "is_accepted": post.accepted_at is not None,
        "state": None if post.trust is None else post.trust.name.lower(),
        "created_at": post.created_at,
        "edited_at": post.edited_at,
        "url": absolute(post.get_absolute_url()),
    }


def whole_texts(post: Post, answers: Iterable[Answer]) -> tuple[dict[str, Any] | None, dict[int, dict[str, Any]]]:
    """The post (None: gone in this moment), and by their ids answers of it."""
    posts, texts = kept(Wanted("post", [post], _load_posts), Wanted("answer", answers, load_answers))
    return posts.get(post.pk), texts


def _load_posts(pks: list[int]) -> dict[int, dict[str, Any]]:
    posts = Post.objects.filter(pk__in=pks).select_related("author", "community").with_tags()
    found: QuerySet[Any] = posts.annotate(comment_count=_comments(post=OuterRef("pk"), answer=None))
    made = {}
    for post in found:
        tags = tuple(tag["slug"] for tag in post.shown_tags)
        made[post.pk] = _row(post) | _text(post, Words(post.body, post.title, tags))
        made[post.pk]["comment_count"] = post.comment_count
    return made


def load_answers(pks: list[int]) -> dict[int, dict[str, Any]]:
    answers: QuerySet[Any] = Answer.objects.filter(pk__in=pks).select_related("author", "post__community")
    return {
        answer.pk: _text(answer, Words(answer.body))
        | {
            "post": answer.post_id,
            "up": answer.up,
            "down": answer.down,
            "state": answer.trust.name.lower(),
            "is_accepted": answer.accepted_at is not None,
            "comment_count": answer.comment_count,
            "endorsed_by": [
                {"username": one.by.username, "name": one.by.display_name, "role": one.role}
                for one in endorsements_in(answer.endorsers)
            ],
        }
        for answer in answers.annotate(
            comment_count=_comments(answer=OuterRef("pk")), endorsers=endorsements_of_answer()
        )
    }


def comment_out(comment: Comment) -> dict[str, Any]:
    return _text(comment, Words(comment.body)) | {
        "post": comment.post_id,
        "answer": comment.answer_id,
        "kind": comment.kind,
        "resolved_at": comment.resolved_at,
    }


def _text(content: Post | Answer | Comment, words: Words) -> dict[str, Any]:
    return {
        "id": content.pk,
        "author": person_out(content.author),
        "body": content.body,
        "html": content.html,
        "text_version": words.fingerprint,
        "licence": content.licence,
        "origin_url": content.origin_url,
        "created_at": content.created_at,
        "edited_at": content.edited_at,
        "url": absolute(content.get_absolute_url()),
    }


def _comments(**of: Any) -> Coalesce:
    """How many stand below a text of a query."""
    counted = Comment.objects.filter(NOT_DELETED, **of).order_by().values("post").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)
