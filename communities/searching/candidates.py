"""Which posts may be meant: the newest that match, never more than a fixed number, however common a word is.

A rare word is looked up in its index. For a common one the index would name half of all posts, so the newest posts
are gone through instead, until there are enough. Which of the two it is, a look at the very newest tells.
"""

from dataclasses import dataclass, replace
from typing import Any, Literal

from django.db import connection

from communities import rules
from communities.models.post import PostQuerySet

Column = Literal["title_words", "words"]

IN_INDEX = """
    SELECT post_id FROM communities_searchdocument AS document
     WHERE community_id {places} {matching} {among}
     ORDER BY post_id + 0 DESC LIMIT %s
"""  # + 0: never by going through all posts in their order
AMONG = "AND post_id IN ({posts})"
IN_NEWEST = """
    SELECT post_id
      FROM (SELECT post_id, title_words, words FROM communities_searchdocument
             WHERE community_id {places} ORDER BY post_id DESC LIMIT %s) AS document
     WHERE true {matching} LIMIT %s
"""
IN_NEWEST_SUCH = """
    SELECT id
      FROM (SELECT * FROM communities_post
             WHERE community_id {places} AND deleted_at IS NULL ORDER BY {newest} LIMIT %s) AS communities_post
     CROSS JOIN LATERAL (SELECT FROM communities_searchdocument WHERE post_id = id {matching} LIMIT 1) AS document
     WHERE {conditions}
     ORDER BY {newest} LIMIT %s
"""  # a post is looked at before its words, because most fulfil no condition
ONE, MANY = "= %s", "= ANY(%s)"
NEWEST_OF = {ONE: "created_at DESC, id DESC", MANY: "id DESC"}
"""Of one community its own index tells which are the newest, and only without ANY."""


@dataclass(frozen=True)
class Wanted:
    """Posts of these communities, which speak one language; `query` is a tsquery in it, "" for all posts.

    `posts` are those that fulfil further conditions, None when there are none. `is_narrow`: they are few, and an
    index knows them. `post_count` is how many posts the communities have.
    """

    communities: list[int]
    post_count: int
    query: str
    posts: PostQuerySet | None = None
    is_narrow: bool = False


@dataclass(frozen=True)
class Matches:
    """The newest first; `is_complete` when there are no others."""

    posts: list[int]
    is_complete: bool


def newest(wanted: Wanted, column: Column, most: int) -> Matches:
    """Posts that match, up to `most` of them."""
    is_small = wanted.post_count <= rules.SEARCH_SAMPLE
    if wanted.is_narrow or not (is_small or _is_common(wanted, column)):
        return _in_index(wanted, column, most)
    return _in_newest(wanted, column, most)


def _is_common(wanted: Wanted, column: Column) -> bool:
    if not wanted.query:
        return True
    words = replace(wanted, posts=None)
    return len(_in_newest(words, column, rules.SEARCH_COMMON, rules.SEARCH_SAMPLE).posts) == rules.SEARCH_COMMON


def _in_index(wanted: Wanted, column: Column, most: int) -> Matches:
    among = ""
    values: tuple[Any, ...] = ()
    if wanted.posts is not None:
        posts, values = wanted.posts.order_by().values("id").query.sql_with_params()
        among = AMONG.format(posts=posts)
    places, communities = _places(wanted)
    sql = IN_INDEX.format(places=places, matching=_matching(wanted, column), among=among)
    found = _ids(sql, [communities, *_query(wanted), *values, most])
    return Matches(found, is_complete=len(found) < most)


def _in_newest(wanted: Wanted, column: Column, most: int, depth: int | None = None) -> Matches:
    depth = depth or rules.SEARCH_DEPTH
    places, communities = _places(wanted)
    words = {"places": places, "newest": NEWEST_OF[places], "matching": _matching(wanted, column)}
    if wanted.posts is None:
        found = _ids(IN_NEWEST.format(**words), [communities, depth, *_query(wanted), most])
    else:
        conditions, values = _conditions(wanted.posts)
        sql = IN_NEWEST_SUCH.format(**words, conditions=conditions)
        found = _ids(sql, [communities, depth, *_query(wanted), *values, most])
    return Matches(found, is_complete=len(found) < most and wanted.post_count <= depth)


def _places(wanted: Wanted) -> tuple[str, int | list[int]]:
    if len(wanted.communities) == 1:
        return ONE, wanted.communities[0]
    return MANY, wanted.communities


def _matching(wanted: Wanted, column: Column) -> str:
    return f"AND {column} @@ %s::tsquery" if wanted.query else ""


def _query(wanted: Wanted) -> list[str]:
    return [wanted.query] if wanted.query else []


def _conditions(posts: PostQuerySet) -> tuple[str, list[Any]]:
    """What stands behind WHERE."""
    compiler = posts.query.get_compiler(connection=connection)
    compiler.setup_query()
    sql, values = compiler.compile(posts.query.where)
    return sql, list(values)


def _ids(sql: str, parameters: list[Any]) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return [post for (post,) in cursor.fetchall()]
