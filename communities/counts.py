"""Counts are columns, recounted from the rows they count; the caller holds the lock."""

from collections.abc import Iterator

from django.db.models import Count, F, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from communities.models import Answer, Community, Membership, Post, PostTag, Tag, Vote
from communities.models.content import NOT_DELETED
from prepared import planned_cursor

RECOUNT = """
    UPDATE {content} AS content
       SET up = imported_up + counted.up, down = imported_down + counted.down, version = version + 1
      FROM (SELECT count(*) FILTER (WHERE value = 1) AS up, count(*) FILTER (WHERE value = -1) AS down
              FROM communities_vote WHERE {of_it}) AS counted
     WHERE id = %(id)s
 RETURNING content.up, content.down, version
"""  # one statement, because every vote pays for it
RECOUNT_ANSWER = RECOUNT.format(content="communities_answer", of_it="answer_id = %(id)s")
RECOUNT_POST = RECOUNT.format(content="communities_post", of_it="post_id = %(id)s AND answer_id IS NULL")


def recount_votes(content: Post | Answer) -> None:
    """Sums the votes on one post or answer, imported ones added, and marks it changed."""
    with planned_cursor() as cursor:
        cursor.execute(RECOUNT_ANSWER if isinstance(content, Answer) else RECOUNT_POST, {"id": content.pk})
        content.up, content.down, content.version = cursor.fetchone()


def recount_answers(post: Post) -> None:
    """How many answers stand, and since when one is accepted."""
    counted = post.answers.filter(NOT_DELETED).aggregate(count=Count("pk"), accepted_at=Max("accepted_at"))
    post.answer_count = counted["count"]
    post.accepted_at = counted["accepted_at"]
    Post.objects.filter(pk=post.pk).update(
        answer_count=post.answer_count, accepted_at=post.accepted_at, version=F("version") + 1
    )


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
