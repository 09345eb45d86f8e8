"""Writes what is searched: a title weighs A, answers that are trusted B, its text C, other answers D.

Whoever calls has changed texts and is in the same transaction still: an action after its last change, an import.
"""

from collections.abc import Iterable
from itertools import batched

from django.db import connection, transaction

from communities.models import Post, SearchDocument
from communities.models.content import NOT_DELETED
from communities.models.state import TRUSTED_FROM

# Without `translate`, `list.append` would be one word, the name of a computer.
WRITE = """
    WITH gone AS (
        DELETE FROM communities_searchdocument AS document USING communities_post AS post
         WHERE document.post_id = post.id AND post.id = ANY(%(posts)s) AND post.deleted_at IS NOT NULL
    )
    INSERT INTO communities_searchdocument (post_id, community_id, title_words, words)
    SELECT post.id, post.community_id,
           to_tsvector(language, translate(title, './', '  ')),
           setweight(to_tsvector(language, translate(title, './', '  ')), 'A')
           || setweight(to_tsvector(language, coalesce(answers.trusted, '')), 'B')
           || setweight(to_tsvector(language, translate(left(body, %(longest)s), './', '  ')), 'C')
           || setweight(to_tsvector(language, coalesce(answers.rest, '')), 'D')
      FROM communities_post AS post
      JOIN (SELECT id, language::regconfig AS language FROM communities_community) AS community
        ON community.id = post.community_id
      LEFT JOIN LATERAL (
        SELECT left(string_agg(words, ' ' ORDER BY quality DESC, id) FILTER (WHERE is_trusted), %(longest)s) AS trusted,
               left(string_agg(words, ' ' ORDER BY quality DESC, id) FILTER (WHERE NOT is_trusted), %(longest)s) AS rest
          FROM (SELECT id, quality, translate(answer.body, './', '  ') AS words,
                       state >= %(trusted)s AS is_trusted
                  FROM communities_answer AS answer WHERE post_id = post.id AND deleted_at IS NULL) AS standing
      ) AS answers ON true
     WHERE post.id = ANY(%(posts)s) AND post.deleted_at IS NULL
        ON CONFLICT (post_id) DO UPDATE
       SET community_id = excluded.community_id, title_words = excluded.title_words, words = excluded.words
"""
LONGEST = 50_000  # characters of each part: PostgreSQL keeps no more than a megabyte of words
BATCH = 500


def write_document(post: int) -> None:
    """What is searched says what the post and its answers say now; a deleted post is not found."""
    write_documents([post])


def write_documents(posts: Iterable[int]) -> None:
    """Locks the documents, last of all locks: who comes second reads the answers as the first one left them."""
    pks = sorted(posts)
    with transaction.atomic(), connection.cursor() as cursor:
        list(SearchDocument.objects.filter(pk__in=pks).order_by("pk").select_for_update().values_list("pk"))
        cursor.execute(WRITE, {"posts": pks, "longest": LONGEST, "trusted": TRUSTED_FROM.value})


def write_documents_of(community: int) -> int:
    """Those of all its posts, some at a time; tells how many."""
    posts = Post.objects.filter(NOT_DELETED, community=community).order_by("pk").values_list("pk", flat=True)
    count = 0
    for some in batched(posts.iterator(), BATCH):
        write_documents(some)
        count += len(some)
    return count
