"""The busiest questions, kept written: a post and its answers, what one member did there, a feed."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from django.contrib.auth.models import AnonymousUser
from django.db.models import BigIntegerField, FilteredRelation, Q, QuerySet, Value

from accounts.models import User
from communities.linked import Linked, ends_of_links, linked_posts
from communities.models import (
    Answer,
    Bookmark,
    Comment,
    Community,
    Draft,
    DraftKind,
    Endorsement,
    Follow,
    Level,
    Membership,
    Post,
    Reaction,
    Vote,
)
from communities.models.content import NOT_DELETED
from prepared import Prepared, as_model, columns, planned_cursor

DEEDS_OF_A_MEMBER = 7_301  # names the lock among those of this database that lock no row
TURNS = 2**31  # as many numbers it has for people
POST_FIELDS = columns(
    Post,
    *("id", "community_id", "author_id", "version", "kind", "title", "answer_count"),
    *("up", "down", "created_at", "accepted_at", "deleted_at"),
)
COMMUNITY_FIELDS = columns(
    Community,
    *("id", "slug", "name", "tagline", "visibility", "member_count", "post_count", "downvotes", "language"),
    "has_ai_use",
)
AROUND_POST = (*POST_FIELDS, *(f"community__{field}" for field in COMMUNITY_FIELDS))
ORDER_FIELDS = columns(
    Answer,
    *("id", "post_id", "version", "up", "down", "author_id"),
    *("created_at", "edited_at", "deleted_at", "accepted_at", "accepted_by_id", "endorsed_at", "stale_at", "state"),
)


MEMBERSHIP_FIELDS = columns(Membership)
HOLD = """
      WITH turn AS MATERIALIZED (SELECT pg_advisory_xact_lock({lock}, %(turn)s::integer))
    SELECT {fields}
      FROM turn, communities_membership AS member
     WHERE member.user_id = %(person)s AND member.community_id = %(community)s
       FOR KEY SHARE OF member
"""
HOLD_MEMBERSHIP = HOLD.format(
    lock=DEEDS_OF_A_MEMBER, fields=", ".join(f"member.{field}" for field in MEMBERSHIP_FIELDS)
)


class PostPage(NamedTuple):
    """`linked` are the posts that stand below it, `me` is the reader's membership in its community."""

    post: Post
    linked: list[Linked]
    me: Membership | None


def _reader(pk: int | None) -> User | AnonymousUser:
    return AnonymousUser() if pk is None else User(pk=pk)


def _post(pk: int, reader: int | None) -> QuerySet[Post, tuple]:
    posts = Post.objects.visible_to(_reader(reader)).filter(pk=pk)
    return posts.values_list(*AROUND_POST)


def _post_page(pk: int, reader: int | None) -> QuerySet[Post, tuple]:
    forth, back = ends_of_links(_reader(reader))
    mine = FilteredRelation("community__memberships", condition=Q(community__memberships__user=reader))
    posts = _post(pk, reader).annotate(forth=forth, back=back, mine=mine)
    return posts.values_list(*AROUND_POST, *(f"mine__{field}" for field in MEMBERSHIP_FIELDS), "forth", "back")


def _answer(pk: int, reader: int | None) -> QuerySet[Answer, tuple]:
    answers = Answer.objects.visible_to(_reader(reader)).filter(pk=pk)
    return answers.values_list(*ORDER_FIELDS, *(f"post__{field}" for field in AROUND_POST))


def _community(slug: str, reader: int | None) -> QuerySet[Community, tuple]:
    return Community.objects.visible_to(_reader(reader)).filter(slug=slug).values_list(*columns(Community))


def _membership(user: int, community: int) -> QuerySet[Membership, tuple]:
    return Membership.objects.filter(user=user, community=community).values_list(*MEMBERSHIP_FIELDS)


def _answers(post: int) -> QuerySet[Answer, tuple]:
    return Answer.objects.filter(NOT_DELETED, post=post).values_list(*ORDER_FIELDS)


def _deeds(post: int, member: int) -> QuerySet[Vote, tuple]:
    """Answer (None = the post itself), sort of deed, and its number: the value of a vote, the id of a comment."""
    votes = Vote.objects.filter(post=post, voter=member).values_list("answer_id", Value("vote"), "value")
    comments = Comment.objects.filter(NOT_DELETED, post=post, author=member)
    drafts = Draft.objects.filter(post=post, author=member, kind=DraftKind.ANSWER, deleted_at=None)
    follows = Follow.objects.filter(post=post, follower=member, level=Level.ALL)
    reactions = Reaction.objects.filter(answer__post=post, by=member, cleared_at=None)
    endorsements = Endorsement.objects.standing().filter(answer__post=post, by=member)
    return votes.union(
        comments.values_list("answer_id", Value("comment"), "pk"),
        drafts.values_list(Value(None, BigIntegerField()), Value("draft"), "pk"),
        follows.values_list(Value(None, BigIntegerField()), Value("follows"), Value(0)),
        reactions.values_list("answer_id", "outcome", Value(0)),
        endorsements.values_list("answer_id", Value("endorsed"), Value(0)),
        Bookmark.objects.filter(post=post, owner=member, removed_at=None).values_list(
            "answer_id", Value("bookmarked"), Value(0)
        ),
        all=True,
    )


_post_question, _answer_question, _community_question = Prepared(_post), Prepared(_answer), Prepared(_community)
_post_page_question = Prepared(_post_page)
_answers_question, _deeds_question = Prepared(_answers), Prepared(_deeds)
_membership_question = Prepared(_membership)
_post_locked = Prepared(lambda pk: Post.objects.filter(pk=pk).select_for_update(no_key=True).values_list(*POST_FIELDS))
_answer_locked = Prepared(
    lambda pk: (
        Post.objects.filter(answers=pk)  # begins with the post, so the post is locked first
        .select_for_update(no_key=True)
        .values_list("deleted_at", *(f"answers__{field}" for field in ORDER_FIELDS))
    )
)


def post_to_read(pk: int, reader: User | AnonymousUser) -> Post | None:
    """What its page shows around the cached parts; None when the reader may not see it."""
    for row in _post_question.rows(pk, reader.pk):
        return _post_in_community(row)
    return None


def page_of_post(pk: int, reader: User | AnonymousUser) -> PostPage | None:
    """`post_to_read` with what else its page asks for; None when the reader may not see it."""
    for *row, forth, back in _post_page_question.rows(pk, reader.pk):
        post, mine = _post_in_community(row[: len(AROUND_POST)]), row[len(AROUND_POST) :]
        me = as_model(Membership, MEMBERSHIP_FIELDS, mine) if any(mine) else None
        return PostPage(post, linked_posts(post, forth, back), me)
    return None


def answer_to_read(pk: int, reader: User | AnonymousUser) -> Answer | None:
    """One answer without its text, and its post; None when the reader may not see it."""
    for row in _answer_question.rows(pk, reader.pk):
        answer = as_model(Answer, ORDER_FIELDS, row[: len(ORDER_FIELDS)])
        answer.post = _post_in_community(row[len(ORDER_FIELDS) :])
        return answer
    return None


def _post_in_community(row: Sequence[Any]) -> Post:
    post = as_model(Post, POST_FIELDS, row[: len(POST_FIELDS)])
    post.community = as_model(Community, COMMUNITY_FIELDS, row[len(POST_FIELDS) :])
    return post


def community_to_read(slug: str, reader: User | AnonymousUser) -> Community | None:
    """None when the reader may not see it."""
    for row in _community_question.rows(slug, reader.pk):
        return as_model(Community, columns(Community), row)
    return None


def membership(person: User | AnonymousUser, community: int) -> Membership | None:
    """`Membership.objects.of`, prepared."""
    for row in _membership_question.rows(person.pk, community) if person.pk else ():
        return as_model(Membership, MEMBERSHIP_FIELDS, row)
    return None


def hold_membership(person: User, community: int) -> Membership | None:
    """As it is now. Until the transaction ends they stay a member, and no other deed of theirs that holds it begins.

    Not a lock of the row: what they earn is written there while texts are locked, and in no order with this.
    """
    with planned_cursor() as cursor:
        turn = person.pk % TURNS
        cursor.execute(HOLD_MEMBERSHIP, {"turn": turn, "person": person.pk, "community": community})
        for row in cursor.fetchall():
            return as_model(Membership, MEMBERSHIP_FIELDS, row)
    return None


def lock_voted(content: Post | Answer) -> Post | Answer:
    """As it is now, without its text, locked until the transaction ends; an answer together with its post."""
    if isinstance(content, Post):
        post = as_model(Post, POST_FIELDS, _one(_post_locked.rows(content.pk), Post))
        post.community = content.community
        return post
    post_deleted_at, *row = _one(_answer_locked.rows(content.pk), Answer)
    answer = as_model(Answer, ORDER_FIELDS, row)
    answer.post = content.post
    answer.post.deleted_at = post_deleted_at
    return answer


def asker_spoke_after(post: Post, moment: datetime) -> bool:
    """Whether who asked has edited, answered or commented there since."""
    if post.edited_at is not None and post.edited_at > moment:
        return True
    theirs = {"post": post, "author": post.author_id, "created_at__gt": moment}
    return Comment.objects.filter(**theirs).exists() or Answer.objects.filter(**theirs).exists()


def _one(rows: list[tuple], model: type[Post | Answer]) -> tuple:
    if not rows:
        raise model.DoesNotExist
    return rows[0]


def answers_to_order(post: Post) -> list[Answer]:
    """All that stand, each with its post, in no order."""
    answers = [as_model(Answer, ORDER_FIELDS, row) for row in _answers_question.rows(post.pk)]
    for answer in answers:
        answer.post = post
    return answers


def deeds(post: Post, member: int) -> Iterable[tuple[int | None, str, int]]:
    """Answer (None = the post itself), sort of deed, and its number: the value of a vote, the id of a comment."""
    return _deeds_question.rows(post.pk, member)
