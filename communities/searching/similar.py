"""Posts of a community whose titles resemble one that is being written: by its words, then by its letters.

Each question to the database is bounded, in rows and in time, because it is asked while somebody types: what takes
too long is left out, however common the words are.
"""

from collections.abc import Iterator
from contextlib import suppress
from itertools import combinations
from time import monotonic
from typing import Any

from django.db import OperationalError, connection, transaction

from communities import rules
from communities.models import Community, Post
from communities.models.content import NOT_DELETED

TERMS = "SELECT tsvector_to_array(to_tsvector(%s::regconfig, translate(%s, './', '  ')))"
BY_WORDS = """
    SELECT post_id FROM communities_searchdocument
     WHERE community_id + 0 = %s AND title_words @@ %s::tsquery LIMIT %s
"""  # + 0: never by going through a whole community
BY_LETTERS = """
    SELECT id FROM communities_post
     WHERE community_id + 0 = %s AND title %% %s AND deleted_at IS NULL LIMIT %s
"""
NEAREST = """
    SELECT id FROM communities_post WHERE id = ANY(%s) AND deleted_at IS NULL
     ORDER BY similarity(title, %s) DESC, (accepted_at IS NULL), id DESC LIMIT %s
"""


def similar_posts(community: Community, title: str, body: str = "") -> list[Post]:
    """Up to five, the most similar first. The reader must be one who may see the community.

    When the title finds fewer, those follow whose title has two words of the title and `body` together.
    """
    found: set[int] = set()
    until = monotonic() + rules.SIMILAR_PATIENCE_MS / 1000
    for query in _queries(_terms(community, title)):
        found |= _look(until, BY_WORDS, community.pk, query, rules.SIMILAR_CANDIDATES)
        if len(found) >= rules.SIMILAR_SHOWN:
            break
    else:
        found |= _look(until, BY_LETTERS, community.pk, title, rules.SIMILAR_CANDIDATES)
    order = _nearest(found, title, rules.SIMILAR_SHOWN)
    if body and len(order) < rules.SIMILAR_SHOWN:
        pairs = _pairs(_terms(community, f"{title} {body[: rules.SIMILAR_BODY]}"))
        more = _look(until, BY_WORDS, community.pk, pairs, rules.SIMILAR_CANDIDATES) - found
        order += _nearest(more, title, rules.SIMILAR_SHOWN - len(order))
    posts = Post.objects.filter(NOT_DELETED, community=community).in_bulk(order)
    for post in posts.values():
        post.community = community
    return [posts[pk] for pk in order if pk in posts]


def _nearest(found: set[int], title: str, most: int) -> list[int]:
    return _found_in(rules.SIMILAR_LOOK_MS, NEAREST, list(found), title, most) if found else []


def _terms(community: Community, title: str) -> list[str]:
    """The words that count in the language of the community, the longest first: they say most."""
    with connection.cursor() as cursor:
        cursor.execute(TERMS, [community.language, title])
        (terms,) = cursor.fetchone()
    longest: list[str] = sorted(terms, key=lambda term: (-len(term), term))
    return longest[: rules.SIMILAR_WORDS]


def _queries(terms: list[str]) -> Iterator[str]:
    """All words, then all but one, then any two: each is asked only when those before gave too little. One word that
    many titles have says little; of two words one is enough."""
    if not terms:
        return
    quoted = _quoted(terms)
    yield " & ".join(quoted)
    if len(quoted) > 2:
        yield " | ".join("(" + " & ".join(quoted[:n] + quoted[n + 1 :]) + ")" for n in range(len(quoted)))
    if len(quoted) == 2:
        yield " | ".join(quoted)
    elif len(quoted) > 3:
        yield _pairs(terms)


def _pairs(terms: list[str]) -> str:
    """Any two of the words."""
    return " | ".join(" & ".join(pair) for pair in combinations(_quoted(terms), 2))


def _quoted(terms: list[str]) -> list[str]:
    return ["'" + term.replace("\\", "\\\\").replace("'", "''") + "'" for term in terms]


def _look(until: float, sql: str, *values: Any) -> set[int]:
    left = min(rules.SIMILAR_LOOK_MS, int(1000 * (until - monotonic())))
    return set(_found_in(left, sql, *values)) if left > 0 else set()


def _found_in(milliseconds: int, sql: str, *values: Any) -> list[int]:
    """What the database finds in time."""
    with suppress(OperationalError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('statement_timeout', %s, true)", [str(milliseconds)])
        cursor.execute(sql, values)
        return [pk for (pk,) in cursor.fetchall()]
    return []
