"""After an import, whole or interrupted: the counts of the community say what is there, and search finds it."""

from django.db import connection, transaction

from communities.counts import recount_community
from communities.imports.run import Run
from communities.searching.documents import write_documents_of

RECOUNT_ANSWERS = """
    UPDATE communities_post AS post
    SET answer_count = counted.answers, accepted_at = counted.accepted_at, version = post.version + 1
    FROM (
        SELECT post.id, count(answer.id) AS answers, max(answer.accepted_at) AS accepted_at
        FROM communities_post AS post
        LEFT JOIN communities_answer AS answer ON answer.post_id = post.id AND answer.deleted_at IS NULL
        WHERE post.community_id = %s
        GROUP BY post.id
    ) AS counted
    WHERE post.id = counted.id
        AND (post.answer_count, post.accepted_at) IS DISTINCT FROM (counted.answers, counted.accepted_at)
"""


def settle(run: Run) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(RECOUNT_ANSWERS, [run.community.pk])
        recount_community(run.community)
    write_documents_of(run.community.pk)
