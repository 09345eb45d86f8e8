"""The votes as PostgreSQL counts and writes them; each round trip less is a tenth of what a vote costs."""

from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.utils import timezone

from communities import rules
from communities.models import Answer, Post, Vote
from prepared import as_model, columns, planned_cursor

VOTE_FIELDS = columns(Vote)
BALLOT_OF = """
    SELECT {fields},
           EXISTS (SELECT FROM communities_disassociation WHERE post_id = %(post)s AND person_id = %(voter)s),
           spent.*
      FROM (SELECT count(*) FILTER (WHERE community_id = %(community)s AND at > %(day)s),
                   count(*) FILTER (WHERE author_id = %(author)s AND at > %(day)s),
                   count(*) FILTER (WHERE author_id = %(author)s)
              FROM communities_votechange
             WHERE voter_id = %(voter)s AND at > %(week)s AND value = %(value)s) AS spent
 LEFT JOIN communities_vote AS vote
        ON vote.post_id = %(post)s AND vote.voter_id = %(voter)s
       AND vote.answer_id IS NOT DISTINCT FROM %(answer)s::bigint
"""  # one statement, because every vote pays for it
BALLOT = BALLOT_OF.format(fields=", ".join(f"vote.{field}" for field in VOTE_FIELDS))

WRITE = """
    WITH written AS (
        INSERT INTO communities_vote (voter_id, post_id, answer_id, value, reason, generation, created_at, changed_at)
        VALUES (%(voter)s, %(post)s, %(answer)s, %(value)s, %(reason)s, %(generation)s, %(created_at)s, %(changed_at)s)
        ON CONFLICT ON CONSTRAINT vote_once DO UPDATE
           SET value = excluded.value, reason = excluded.reason,
               generation = excluded.generation, changed_at = excluded.changed_at
        RETURNING id
    )
    INSERT INTO communities_votechange (vote_id, community_id, voter_id, author_id, value, at)
    SELECT id, %(community)s, %(voter)s, %(author)s, %(value)s, %(changed_at)s FROM written
    RETURNING vote_id
"""


@dataclass(frozen=True)
class Spent:
    """How often somebody cast one value lately, whatever became of it."""

    today: int
    on_author_today: int
    on_author_this_week: int


@dataclass(frozen=True)
class Ballot:
    """What somebody has cast on one thing so far, and how often they cast what they cast now.

    `asked_once`: who asked has taken their name off the post since.
    """

    vote: Vote | None
    asked_once: bool
    spent: Spent


def ballot_of(voter: int, content: Post | Answer, value: int) -> Ballot:
    """Of this person; how often is counted in the community of `content`, and on its author everywhere."""
    now, post = timezone.now(), _post(content)
    values: dict[str, Any] = {
        "community": post.community_id,
        "post": post.pk,
        "answer": content.pk if isinstance(content, Answer) else None,
        "voter": voter,
        "author": content.author_id,
        "value": value,
        "day": now - rules.VOTE_DAY,
        "week": now - rules.VOTE_WEEK,
    }
    with planned_cursor() as cursor:
        cursor.execute(BALLOT, values)
        *row, asked_once, today, on_author_today, on_author_this_week = cursor.fetchone()
    vote = as_model(Vote, VOTE_FIELDS, row) if any(row) else None
    return Ballot(vote, asked_once, Spent(today, on_author_today, on_author_this_week))


def write_vote(vote: Vote) -> None:
    """Saves it, new or changed, and logs its value. The caller holds the lock of what is voted on."""
    content = vote.answer or vote.post
    values = {
        "community": vote.post.community_id,
        "author": content.author_id,
        "voter": vote.voter_id,
        "post": vote.post_id,
        "answer": vote.answer_id,
        "value": vote.value,
        "reason": vote.reason,
        "generation": vote.generation,
        "created_at": vote.created_at,
        "changed_at": vote.changed_at,
    }
    with planned_cursor() as cursor:
        cursor.execute(WRITE, values)
        (vote.pk,) = cursor.fetchone()
    vote._state.adding, vote._state.db = False, connection.alias


def _post(content: Post | Answer) -> Post:
    return content.post if isinstance(content, Answer) else content
