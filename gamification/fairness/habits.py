"""Who voted for whom, how often, and how often one would expect it. Read from the ledger; changes nothing.

A class at one address that votes a lot is no pattern. So a share counts only when it is more than one would expect:
from how much of what somebody could vote for the other one wrote, and how others like it; and from how much of what
others got came from that voter. No devices or addresses are looked at: Cairn keeps none that could be compared.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.utils import timezone

from communities.models import PostKind
from gamification import rules
from gamification.dues import ENTRY_STANDS, interval

_STANDING = f"""
    {ENTRY_STANDS} AND entry.status <> 'void' AND entry.actor_id <> entry.user_id
    AND NOT EXISTS (SELECT FROM gamification_heldentry held JOIN gamification_case judged ON judged.id = held.case_id
                    WHERE held.entry_id = entry.id AND judged.decided_at IS NOT NULL)
"""
"""What a person has judged is not judged again."""

_QUICK = f"""
    EXISTS (SELECT FROM communities_answer answer
             WHERE answer.id = entry.source_id
               AND answer.accepted_at - answer.created_at <= {interval(rules.QUICK_WITHIN)})
"""

_SINCE = f"%(now)s - {interval(rules.HABITS_WITHIN)}"
_IS_QUESTION = f"post.kind = '{PostKind.QUESTION.value}'"
HABITS = f"""
    WITH given AS (
        SELECT entry.id, entry.actor_id AS giver, entry.user_id AS receiver, entry.community_id,
               entry.amount > 0 AS is_up, entry.occurred_at, {{matters}} AS matters
          FROM gamification_entry entry
         WHERE entry.rule = ANY(%(rules)s) AND entry.occurred_at > {_SINCE} AND {_STANDING}
    ),
    paced AS (
        SELECT given.*, count(*) OVER (PARTITION BY giver, receiver ORDER BY occurred_at
                                       RANGE BETWEEN {interval(rules.BURST_WITHIN)} PRECEDING AND CURRENT ROW) AS pace
          FROM given WHERE matters
    ),
    pair AS (
        SELECT giver, receiver, count(*) AS votes, count(*) FILTER (WHERE is_up) AS ups, array_agg(id) AS entries,
               count(DISTINCT occurred_at::date) FILTER (WHERE pace >= {rules.BURST_VOTES}
                                                           AND occurred_at > %(now)s - {interval(rules.BURSTS_WITHIN)})
                   AS bursts,
               min(occurred_at) AS first, max(occurred_at) AS last
          FROM paced GROUP BY giver, receiver HAVING count(*) >= {rules.FAVOUR_FROM}
    ),
    by_giver AS (
        SELECT giver, community_id, count(*) AS votes, count(*) FILTER (WHERE is_up) AS ups
          FROM given GROUP BY giver, community_id
    ),
    by_receiver AS (
        SELECT receiver, community_id, count(*) AS votes, count(*) FILTER (WHERE is_up) AS ups
          FROM given GROUP BY receiver, community_id
    ),
    by_community AS (
        SELECT community_id, sum(votes) AS votes, sum(ups) AS ups FROM by_receiver GROUP BY community_id
    ),
    written AS (
        SELECT community_id, author_id, count(*) AS texts
          FROM (SELECT post.community_id, post.author_id FROM communities_post post
                 WHERE {_IS_QUESTION} AND post.created_at > {_SINCE} AND post.deleted_at IS NULL
                 UNION ALL
                SELECT post.community_id, answer.author_id
                  FROM communities_answer answer JOIN communities_post post ON post.id = answer.post_id
                 WHERE {_IS_QUESTION} AND answer.created_at > {_SINCE}
                   AND answer.deleted_at IS NULL) AS texts
         GROUP BY community_id, author_id
    ),
    in_community AS (SELECT community_id, sum(texts) AS texts FROM written GROUP BY community_id),
    where_given AS (
        SELECT pair.giver, pair.receiver, sum(by_giver.votes) AS votes,
               sum(his.texts) / nullif(sum(in_community.texts - coalesce(own.texts, 0)), 0) AS offered,
               (sum(his_votes.votes) - min(pair.votes)) / nullif(sum(by_community.votes) - sum(by_giver.votes), 0)
                   AS liked
          FROM pair JOIN by_giver ON by_giver.giver = pair.giver
               JOIN by_community ON by_community.community_id = by_giver.community_id
               LEFT JOIN in_community ON in_community.community_id = by_giver.community_id
               LEFT JOIN written his ON his.community_id = by_giver.community_id AND his.author_id = pair.receiver
               LEFT JOIN written own ON own.community_id = by_giver.community_id AND own.author_id = pair.giver
               LEFT JOIN by_receiver his_votes ON his_votes.community_id = by_giver.community_id
                                              AND his_votes.receiver = pair.receiver
         GROUP BY pair.giver, pair.receiver
    ),
    where_got AS (
        SELECT where_given.*, sum(by_receiver.ups) AS ups, sum(by_giver.ups) AS giver_ups,
               sum(by_community.ups) AS all_ups
          FROM where_given JOIN by_receiver ON by_receiver.receiver = where_given.receiver
               JOIN by_community ON by_community.community_id = by_receiver.community_id
               LEFT JOIN by_giver ON by_giver.community_id = by_receiver.community_id
                                 AND by_giver.giver = where_given.giver
         GROUP BY where_given.giver, where_given.receiver, where_given.votes, where_given.offered, where_given.liked
    )
    SELECT pair.giver, pair.receiver, pair.votes, pair.ups, pair.bursts, pair.first, pair.last, pair.entries,
           shared.votes::integer, shared.ups::integer,
           coalesce(shared.offered, 0)::float, coalesce(shared.liked, 0)::float,
           coalesce((shared.giver_ups - pair.ups) / nullif(shared.all_ups - shared.ups, 0), 0)::float
      FROM pair JOIN where_got shared ON (shared.giver, shared.receiver) = (pair.giver, pair.receiver)
     ORDER BY pair.giver, pair.receiver
"""
"""Each sum is joined as a whole, and one join after another: asked for each pair anew, or joined where PostgreSQL takes
the pairs for few, it takes minutes in a large ledger.
"""


@dataclass(frozen=True)
class Habit:
    """What one person gave another in the time looked at. `bursts`: days with many votes within minutes.

    `of_giver`, `of_receiver`: all that the one gave, and all up votes that the other got. `offered`: the share of the
    receiver in what the giver could vote for; `liked`: their share in the votes of others; `usual`: the share of the
    giver in what others got.
    """

    giver: int
    receiver: int
    votes: int
    ups: int
    bursts: int
    first: datetime
    last: datetime
    entries: list[int]
    of_giver: int
    of_receiver: int
    offered: float
    liked: float
    usual: float

    @property
    def share(self) -> float:
        return self.votes / self.of_giver

    @property
    def share_of_receiver(self) -> float:
        return self.ups / self.of_receiver if self.of_receiver else 0

    @property
    def is_favour(self) -> bool:
        """More than what the receiver wrote, and how others like it, leads one to expect."""
        return self.share >= rules.FAVOUR_TIMES_EXPECTED * max(self.offered, self.liked)

    @property
    def is_serial(self) -> bool:
        is_much = self.votes >= rules.SERIAL_VOTES and self.share >= rules.SERIAL_SHARE and self.is_favour
        is_most = (
            self.ups >= rules.SERIAL_VOTES
            and self.share_of_receiver > rules.SERIAL_SHARE_OF_RECEIVER
            and self.share_of_receiver >= rules.FAVOUR_TIMES_EXPECTED * self.usual
        )
        return self.bursts >= rules.BURST_DAYS or is_much or is_most

    @property
    def is_half_a_pair(self) -> bool:
        return self.votes >= rules.PAIR_VOTES and self.share > rules.PAIR_SHARE and self.is_favour


def voting_habits() -> list[Habit]:
    """Of everybody who gave somebody more than a few votes in the last days."""
    return _asked("true", "Q2", "Q3", "A2", "A3")


def accepting_habits() -> list[Habit]:
    """The same of answers that were accepted within minutes of being written; shares are of all that were accepted."""
    return _asked(_QUICK, "A4")


def _asked(matters: str, *of_rules: str) -> list[Habit]:
    with connection.cursor() as cursor:
        cursor.execute(HABITS.format(matters=matters), {"rules": list(of_rules), "now": timezone.now()})
        return [Habit(*row) for row in cursor.fetchall()]
