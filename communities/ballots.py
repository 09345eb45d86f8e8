"""Writes a vote and the line of its log in one statement: each round trip less is a tenth of what a vote costs."""

from django.db import connection

from communities.models import Vote
from prepared import planned_cursor

WRITE = """
    WITH written AS (
        INSERT INTO communities_vote (voter_id, post_id, answer_id, value, generation, created_at, changed_at)
        VALUES (%(voter)s, %(post)s, %(answer)s, %(value)s, %(generation)s, %(created_at)s, %(changed_at)s)
        ON CONFLICT ON CONSTRAINT vote_once DO UPDATE
           SET value = excluded.value, generation = excluded.generation, changed_at = excluded.changed_at
        RETURNING id
    )
    INSERT INTO communities_votechange (vote_id, value, at)
    SELECT id, %(value)s, %(changed_at)s FROM written
    RETURNING vote_id
"""


def write_vote(vote: Vote) -> None:
    """Saves it, new or changed, and logs its value. The caller holds the lock of what is voted on."""
    values = {
        "voter": vote.voter_id,
        "post": vote.post_id,
        "answer": vote.answer_id,
        "value": vote.value,
        "generation": vote.generation,
        "created_at": vote.created_at,
        "changed_at": vote.changed_at,
    }
    with planned_cursor() as cursor:
        cursor.execute(WRITE, values)
        (vote.pk,) = cursor.fetchone()
    vote._state.adding, vote._state.db = False, connection.alias
