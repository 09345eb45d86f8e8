"""Passages that have words of the question, by PostgreSQL's full text search.

Any of its words will do: asked for all of them at once, three of four questions find nothing. How many passages have
a word PostgreSQL's statistics tell; where a question has rare words, those that have only common ones are not looked
at, so no question goes through a whole library.
"""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import F, FloatField, Func, Value

from ai_assist import rules
from ai_assist.models import IndexGeneration
from ai_assist.retrieval.among import Among

WEIGHTS = "{1, 1, 1, 1}"
LEXEMES = """
    SELECT lexeme, coalesce(max(share), 0) * (
        SELECT greatest(reltuples, 0) FROM pg_class WHERE oid = 'ai_assist_chunk'::regclass)
      FROM (SELECT DISTINCT unnest(tsvector_to_array(to_tsvector(language, %s))) AS lexeme
              FROM unnest(%s::regconfig[]) AS language) AS asked
      LEFT JOIN (
        SELECT word, share
          FROM pg_stats, unnest(most_common_elems::text::text[], most_common_elem_freqs) AS common (word, share)
         WHERE schemaname = current_schema() AND tablename = 'ai_assist_chunk' AND attname = 'words'
      ) AS common ON word = lexeme
     GROUP BY lexeme
     ORDER BY max(share) NULLS FIRST, lexeme
     LIMIT %s
"""
FIND = """
    SELECT id, ts_rank(%(weights)s, words, %(any)s::tsquery, 1) AS rank
      FROM (SELECT id, words FROM ai_assist_chunk
             WHERE words @@ %(wanted)s::tsquery
               AND generation_id = %(generation)s AND scope = ANY(%(scopes)s) {among}
             LIMIT %(most)s) AS candidate
     ORDER BY rank DESC, id
     LIMIT %(top)s
"""


@dataclass(frozen=True)
class Words:
    """Tsqueries: passages with `any` of the question's words rank, those that match `wanted` are looked at."""

    any: str
    wanted: str


def words_of(question: str, among: Among) -> Words | None:
    """None when the question has nothing but words that every text has."""
    with connection.cursor() as cursor:
        cursor.execute(LEXEMES, [question, among.languages, rules.WORDS_OF_QUESTION])
        counts = [(quoted(lexeme), count) for lexeme, count in cursor.fetchall()]
    if not counts:
        return None
    any_of_them = " | ".join(lexeme for lexeme, _ in counts)
    return Words(any_of_them, any_of_them if among.is_narrow else wanted(counts))


def wanted(counts: list[tuple[str, float]]) -> str:
    """The rarest words, as many as few passages have; or, if each is common, as many of them together."""
    rare: list[str] = []
    passages = 0.0
    for lexeme, count in counts:
        passages += count
        if passages > rules.CHUNKS_RANKED:
            break
        rare.append(lexeme)
    return " | ".join(rare) if rare else " & ".join(lexeme for lexeme, _ in counts[: rules.COMMON_WORDS_TOGETHER])


def find(words: Words, generation: IndexGeneration, among: Among, top: int) -> dict[UUID, float]:
    """The best passages and their rank, the best first."""
    values: dict[str, Any] = {
        "weights": WEIGHTS,
        "any": words.any,
        "wanted": words.wanted,
        "generation": generation.pk,
        "scopes": list(among.scopes),
        "documents": among.documents,
        "most": rules.CHUNKS_LOOKED_THROUGH if among.is_narrow else rules.CHUNKS_RANKED,
        "top": top,
    }
    sql = FIND.format(among="" if among.documents is None else "AND document_id = ANY(%(documents)s)")
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return dict(cursor.fetchall())


class Rank(Func):
    """The rank of a passage by these words, as `find` gives it."""

    function = "ts_rank"
    template = "%(function)s(%(expressions)s)"
    arg_joiner = ", "
    output_field = FloatField()

    def __init__(self, words: Words) -> None:
        query = Func(Value(words.any), template="(%(expressions)s)::tsquery")
        super().__init__(Value(WEIGHTS), F("words"), query, Value(1))


def quoted(lexeme: str) -> str:
    """As a tsquery names it."""
    return "'" + lexeme.replace("\\", "\\\\").replace("'", "''") + "'"
