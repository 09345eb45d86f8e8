"""Counts are columns, recounted from the rows they count; the caller holds the lock."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from communities import rules
from communities.models import Answer, Community, Membership, Post, PostTag, Tag, Vote
from communities.models.content import NOT_DELETED
from prepared import planned_cursor

RECOUNT = """
    UPDATE {content} AS content
       SET up = imported_up + counted.up, down = imported_down + counted.down, version = version + 1
      FROM (SELECT count(*) FILTER (WHERE value = 1) AS up, count(*) FILTER (WHERE value = -1) AS down
              FROM communities_vote WHERE {of_it}) AS counted
     WHERE id = %(id)s
 RETURNING content.up, content.down, version{more}
"""  # one statement, because every vote pays for it
RECOUNT_ANSWER = RECOUNT.format(content="communities_answer", of_it="answer_id = %(id)s", more=", state")
RECOUNT_POST = RECOUNT.format(content="communities_post", of_it="post_id = %(id)s AND answer_id IS NULL", more="")

OF_ANSWERS = ("answer_count", "accepted_at", "answer_state", "is_answered")
ANSWERS_COUNTED = f"""
    count(answer.id), max(answer.accepted_at), max(answer.state),
    coalesce(bool_or(answer.score >= {rules.HELPFUL_AT_NET} OR answer.accepted_at IS NOT NULL
                     OR answer.endorsed_at IS NOT NULL), false)
"""
OF_ONE_POST = """
    UPDATE communities_post AS post
       SET ({columns}) = (
               SELECT {counted} FROM communities_answer AS answer
                WHERE answer.post_id = post.id AND answer.deleted_at IS NULL
           ),
           version = post.version + 1
     WHERE post.id = %s
 RETURNING {columns}, version
"""
OF_A_COMMUNITY = """
    UPDATE communities_post AS post
       SET ({columns}) = ROW (counted.*), version = post.version + 1
      FROM communities_post AS before,
           LATERAL (
               SELECT {counted} FROM communities_answer AS answer
                WHERE answer.post_id = before.id AND answer.deleted_at IS NULL
           ) AS counted
     WHERE post.id = before.id AND before.community_id = %s
       AND ROW ({shown}) IS DISTINCT FROM ROW (counted.*)
"""
WORDS = {
    "columns": ", ".join(OF_ANSWERS),
    "shown": ", ".join(f"before.{column}" for column in OF_ANSWERS),
    "counted": ANSWERS_COUNTED,
}
RECOUNT_ANSWERS, RECOUNT_ALL_ANSWERS = OF_ONE_POST.format(**WORDS), OF_A_COMMUNITY.format(**WORDS)


def recount_votes(content: Post | Answer) -> None:
    """Sums the votes on one post or answer, imported ones added, and marks it changed.

    The post of an answer, locked too, is recounted only when it would show the difference: most votes change nothing
    there.
    """
    if isinstance(content, Post):
        content.up, content.down, content.version = _one_row(RECOUNT_POST, {"id": content.pk})
        return
    before = (content.state, content.is_helpful)
    content.up, content.down, content.version, content.state = _one_row(RECOUNT_ANSWER, {"id": content.pk})
    if (content.state, content.is_helpful) != before:
        recount_answers(content.post)


def recount_answers(post: Post) -> None:
    """How many answers stand, since when one is accepted, how far the best can be trusted, whether one is helpful."""
    for column, value in zip((*OF_ANSWERS, "version"), _one_row(RECOUNT_ANSWERS, [post.pk]), strict=True):
        setattr(post, column, value)


def _one_row(sql: str, values: Any) -> tuple[Any, ...]:
    with planned_cursor() as cursor:
        cursor.execute(sql, values)
        row: tuple[Any, ...] = cursor.fetchone()
    return row


def recount_all_answers(community: Community) -> None:
    """`recount_answers` for every post of the community that differs, after rows came in bulk."""
    with planned_cursor() as cursor:
        cursor.execute(RECOUNT_ALL_ANSWERS, [community.pk])


def recount_community(community: Community) -> None:
    community.member_count = Membership.objects.filter(community=community, user__is_active=True).count()
    community.post_count = Post.objects.filter(NOT_DELETED, community=community).count()
    community.save(update_fields=["member_count", "post_count"])
    recount_tags(Tag.objects.filter(community=community))


def recount_tags(tags: QuerySet[Tag]) -> None:
    """How many posts that stand carry each of them."""
    carrying = PostTag.objects.filter(tag=OuterRef("pk"), post__deleted_at=None).order_by().values("tag")
    tags.update(post_count=Coalesce(Subquery(carrying.annotate(n=Count("pk")).values("n")), 0))


def with_drifted_votes(model: type[Post] | type[Answer]) -> Iterator[int]:
    """Ids of posts or answers whose columns differ from their votes, found in one pass."""
    mine = {"answer": OuterRef("pk")} if model is Answer else {"post": OuterRef("pk"), "answer": None}
    votes = Vote.objects.filter(**mine).order_by().values("post")
    counted_up = Subquery(votes.annotate(n=Count("pk", filter=Q(value=1))).values("n"))
    counted_down = Subquery(votes.annotate(n=Count("pk", filter=Q(value=-1))).values("n"))
    rows = model._base_manager.annotate(
        counted_up=Coalesce(counted_up, 0) + F("imported_up"),
        counted_down=Coalesce(counted_down, 0) + F("imported_down"),
    )
    drifted = rows.exclude(up=F("counted_up"), down=F("counted_down"))
    return drifted.values_list("pk", flat=True).iterator()
