"""What is searched of the load. Its texts come from a small pool: each is split into words once, not often.

The result says what `communities.searching.documents` would write, but for the positions of words.
"""

from typing import Any

from communities.models.community import Language
from communities.models.state import TRUSTED_FROM

POOL = """
    CREATE TEMPORARY TABLE words_of ON COMMIT DROP AS
    SELECT md5(source) AS digest, to_tsvector(%(language)s::regconfig, translate(source, './', '  ')) AS words
      FROM (
        SELECT title AS source FROM communities_post WHERE id >= %(post)s
        UNION
        SELECT body FROM communities_post WHERE id >= %(post)s
        UNION
        SELECT body FROM communities_answer WHERE id >= %(answer)s
      ) AS sources
"""
INDEX = "CREATE UNIQUE INDEX ON words_of (digest)"
TOGETHER = """
    CREATE AGGREGATE pg_temp.together (tsvector) (sfunc = tsvector_concat, stype = tsvector, initcond = '')
"""
WRITE = """
    INSERT INTO communities_searchdocument (post_id, community_id, title_words, words)
    SELECT post.id, community_id, title.words,
           setweight(title.words, 'A') || setweight(trusted, 'B') || setweight(body.words, 'C')
           || setweight(others, 'D')
      FROM communities_post AS post
      JOIN words_of AS title ON title.digest = md5(post.title)
      JOIN words_of AS body ON body.digest = md5(post.body)
     CROSS JOIN LATERAL (
        SELECT coalesce(pg_temp.together(words) FILTER (WHERE state >= %(trusted)s), '') AS trusted,
               coalesce(pg_temp.together(words) FILTER (WHERE state < %(trusted)s), '') AS others
          FROM communities_answer AS answer
          JOIN words_of ON words_of.digest = md5(answer.body)
         WHERE post_id = post.id
     ) AS answers
     WHERE post.id >= %(post)s
     ORDER BY post.id
"""


def write_documents(cursor: Any, *, post: int, answer: int) -> None:
    """Of the posts from id `post` on, with the answers from id `answer` on, all in English."""
    first = {"language": Language.ENGLISH.value, "post": post, "answer": answer, "trusted": TRUSTED_FROM.value}
    cursor.execute(POOL, first)
    cursor.execute(INDEX)
    cursor.execute("ANALYZE words_of")
    cursor.execute(TOGETHER)
    cursor.execute(WRITE, first)
    cursor.execute("DROP AGGREGATE pg_temp.together (tsvector)")
