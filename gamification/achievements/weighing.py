"""Who reached what: a function of the rows of questions, answers, edits and days, asked for some members at once.

Whatever is missing is given; nothing that was given is taken away. So it may run twice, at once and in any order.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from accounts.models import User
from communities.models import PostKind
from gamification import ledger, rules
from gamification.achievements.catalogue import ON
from gamification.achievements.kinds import DOUBTED, counts_as_accepted
from gamification.achievements.telling import tell_awarded
from gamification.ledger import Scope
from gamification.models import Activity, Award
from gamification.night import everybody, people_tonight
from gamification.streaks.reading import rhythm_of

_IS_QUESTION = f"post.kind = '{PostKind.QUESTION.value}' AND post.deleted_at IS NULL"
SOURCES = f"""
    doubted AS (
        SELECT entry.source_type, entry.source_id, count(DISTINCT vote.id) AS votes
          FROM gamification_entry entry
               LEFT JOIN communities_answer answer ON entry.rule = 'A2' AND answer.id = entry.source_id
               JOIN communities_vote vote
                 ON vote.post_id = coalesce(answer.post_id, entry.source_id) AND vote.voter_id = entry.actor_id
                AND vote.answer_id IS NOT DISTINCT FROM answer.id AND vote.value = 1
         WHERE entry.user_id = ANY(%(members)s) AND entry.rule IN ('Q2', 'A2') AND {DOUBTED}
         GROUP BY entry.source_type, entry.source_id
    ),
    question AS (
        SELECT post.id, post.author_id AS user_id, post.community_id, post.score - coalesce(doubted.votes, 0) AS score,
               post.created_at
          FROM communities_post post
               LEFT JOIN doubted ON doubted.source_type = 'post' AND doubted.source_id = post.id
         WHERE post.author_id = ANY(%(members)s) AND {_IS_QUESTION} AND post.origin_url IS NULL
    ),
    answer AS (
        SELECT answer.id, answer.author_id AS user_id, post.community_id, answer.post_id,
               answer.score - coalesce(doubted.votes, 0) AS score, answer.created_at,
               post.created_at AS asked_at, post.author_id AS asker_id,
               post.author_id = answer.author_id AS is_own, answer.accepted_at, answer.accepted_by_id,
               answer.accepted_by_id <> answer.author_id AND {counts_as_accepted("answer")} AS is_accepted
          FROM communities_answer answer JOIN communities_post post ON post.id = answer.post_id
               LEFT JOIN doubted ON doubted.source_type = 'answer' AND doubted.source_id = answer.id
         WHERE answer.author_id = ANY(%(members)s) AND answer.deleted_at IS NULL AND {_IS_QUESTION}
           AND answer.origin_url IS NULL
    ),
    approved_edit AS (
        SELECT suggestion.id, suggestion.author_id AS user_id, post.community_id
          FROM communities_suggestion suggestion JOIN communities_post post ON post.id = suggestion.post_id
         WHERE suggestion.author_id = ANY(%(members)s) AND suggestion.revision_id IS NOT NULL
    ),
    day AS (
        SELECT DISTINCT activity.user_id, activity.local_date FROM gamification_activity activity
         WHERE activity.user_id = ANY(%(members)s) AND activity.stands
    ),
    rhythm (user_id, weeks) AS (SELECT * FROM unnest(%(walked)s::bigint[], %(weeks)s::integer[]))
"""
"""What members wrote here, and what stands of it; what an import brought was reached elsewhere. Scores are without the
votes whose XP wait or are void: achievements have no cap, and no rule takes them back when those votes are judged.
Their active days, and the longest row of weeks in which they kept their plan.
"""

_CRITERIA = " UNION ALL ".join(
    f"(SELECT '{key}', amounts.* FROM ({kind.criterion}) amounts)" for key, kind in ON.items()
)
_REACHED = f"{SOURCES}, reached (key, user_id, community_id, amount) AS ({_CRITERIA})"
_LEAST = ", ".join(
    f"('{key}', {tier.value}, {least})" for key, kind in ON.items() for tier, least in kind.tiers.items()
)
AMOUNTS = f"WITH {_REACHED} SELECT key, community_id, amount FROM reached WHERE amount > 0"
GIVE = f"""
    WITH {_REACHED}
    INSERT INTO gamification_award (user_id, community_id, key, tier, at, revoked_for)
    SELECT reached.user_id, reached.community_id, reached.key, tier.tier, %(now)s, ''
      FROM reached JOIN (VALUES {_LEAST}) AS tier (key, tier, least) ON tier.key = reached.key
           JOIN accounts_user person ON person.id = reached.user_id AND person.is_active
     WHERE reached.amount >= tier.least
       AND NOT EXISTS (SELECT FROM gamification_award award
                        WHERE award.user_id = reached.user_id AND award.key = reached.key AND award.tier = tier.tier
                          AND award.community_id IS NOT DISTINCT FROM reached.community_id)
     ORDER BY reached.user_id, reached.key, tier.tier, reached.community_id
        ON CONFLICT ON CONSTRAINT award_once DO NOTHING
    RETURNING id
"""


@dataclass(frozen=True)
class Amount:
    """How much of the deed of an achievement somebody has, in a community or altogether."""

    key: str
    community: int | None
    amount: int


def weigh(
    members: Collection[int], *, is_told: bool = True, active_within: timedelta = rules.RHYTHM_LOOKS_BACK
) -> list[Award]:
    """Gives these members what they reached, with its XP, and tells them of it; returns what was given.

    Of several at once only one gives each award. Locks the awards, then the people. Only who was `active_within` may
    have kept another week; the others are spared the walk through their days.
    """
    with transaction.atomic():
        weeks = _weeks(members, active_within=active_within)
        given = [pk for (pk,) in _ask(GIVE, members, weeks)]
        if not given:
            return []
        ledger.settle(ledger.AWARDS, Scope(awards=given))
        awards = list(Award.objects.filter(pk__in=given).select_related("user").order_by("pk"))
        if is_told:
            tell_awarded(awards)
    return awards


def weigh_everybody(*, is_told: bool = True) -> None:
    for members in everybody():
        weigh(members, is_told=is_told)


def weigh_by_night() -> None:
    """What no fact told of, because time alone brought it, or because a worker was away."""
    for members in people_tonight():
        weigh(members)


def amounts_of(member: User) -> list[Amount]:
    """How far they are with everything."""
    return [Amount(*row) for row in _ask(AMOUNTS, [member.pk], _weeks([member.pk]))]


def _weeks(members: Collection[int], *, active_within: timedelta | None = None) -> dict[int, int]:
    """The longest row of weeks that each of them kept, who was active at all or lately."""
    walked = User.objects.filter(Exists(Activity.objects.standing().filter(user=OuterRef("pk"))), pk__in=members)
    if active_within is not None:
        since = timezone.now() - active_within
        walked = walked.filter(Exists(Activity.objects.standing().filter(user=OuterRef("pk"), at__gte=since)))
    return {user.pk: rhythm_of(user).longest for user in walked}


def _ask(statement: str, members: Collection[int], weeks: Mapping[int, int]) -> list[tuple[Any, ...]]:
    values: dict[str, Any] = {
        "members": list(members),
        "now": timezone.now(),
        "walked": list(weeks),
        "weeks": list(weeks.values()),
    }
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows
