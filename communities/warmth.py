"""When a post was active last, and how hot it is."""

from django.db import connection
from django.utils import timezone

from communities import rules
from communities.models import Community, Post

HEAT = """
    WITH heated AS (
        SELECT post.id, viewers.count AS viewers,
               CASE WHEN post.created_at <= %(since)s THEN 0 ELSE
                   (2 * ln(1 + viewers.count) + 3 * score + answers.score_sum + 2 * followers.count)
                   / power(extract(epoch FROM %(now)s - post.created_at) / 3600 + 2, 1.5)
               END AS hot
          FROM (SELECT id, score, created_at FROM communities_post
                 WHERE deleted_at IS NULL AND (created_at > %(since)s OR hot > 0)
                 ORDER BY id FOR NO KEY UPDATE SKIP LOCKED) AS post,
               LATERAL (SELECT count(*) FROM communities_visit WHERE post_id = post.id) AS viewers,
               LATERAL (SELECT coalesce(sum(least(answer.score, 5)), 0) AS score_sum FROM communities_answer AS answer
                         WHERE answer.post_id = post.id AND answer.deleted_at IS NULL) AS answers,
               LATERAL (SELECT count(*) FROM communities_follow
                         WHERE post_id = post.id AND level <> 'off') AS followers
    )
    UPDATE communities_post AS post SET hot = greatest(heated.hot, 0), viewers = heated.viewers
      FROM heated
     WHERE post.id = heated.id AND (post.hot, post.viewers) IS DISTINCT FROM (greatest(heated.hot, 0), heated.viewers)
"""
LAST_ACTIVE = """
    UPDATE communities_post AS post SET active_at = greatest(post.created_at, coalesce(last.at, post.created_at))
      FROM (SELECT post.id, max(answer.created_at) AS at
              FROM communities_post AS post
              LEFT JOIN communities_answer AS answer ON answer.post_id = post.id AND answer.deleted_at IS NULL
             WHERE post.community_id = %(community)s AND post.edited_at IS NULL
             GROUP BY post.id) AS last
     WHERE post.id = last.id
"""


def mark_active(post: Post) -> None:
    """Something happened here that is worth another look. The caller holds the lock of the post."""
    post.active_at = timezone.now()
    Post.objects.filter(pk=post.pk).update(active_at=post.active_at)


def recount_activity(community: Community) -> None:
    """Of posts that came with their answers, all at once."""
    with connection.cursor() as cursor:
        cursor.execute(LAST_ACTIVE, {"community": community.pk})


def heat_posts() -> None:
    """Counts how hot the posts of the last days are; older ones are cold. A post that is being changed waits a turn."""
    now = timezone.now()
    with connection.cursor() as cursor:
        cursor.execute(HEAT, {"now": now, "since": now - rules.HOT_FOR})
