"""Which acts there are, and which of them stand: a function of posts, answers, comments and suggested edits."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from accounts.models import FORMER_MEMBER, User
from communities.models import Answer, Comment, PostKind, Suggestion
from gamification import rules
from gamification.dues import ROLLED_BACK
from gamification.models import Act, Activity
from gamification.streaks.days import APART
from gamification.streaks.days import Act as Counted
from gamification.streaks.reading import days_of
from prepared import planned_cursor

_IS_QUESTION = f"post.kind = '{PostKind.QUESTION.value}'"
_STANDS = "({0}.deleted_at IS NULL AND post.deleted_at IS NULL)"
_ACTS = f"""
    acts (source_type, source_id, user_id, community_id, at, begins, stands) AS (
        SELECT 'post', post.id, post.author_id, post.community_id, post.created_at,
               post.origin_url IS NULL, {_IS_QUESTION} AND post.deleted_at IS NULL
          FROM communities_post post WHERE post.id = ANY(%(posts)s::bigint[])
         UNION ALL
        SELECT 'answer', answer.id, answer.author_id, post.community_id, answer.created_at,
               answer.origin_url IS NULL, {_IS_QUESTION} AND {_STANDS.format("answer")}
          FROM communities_answer answer JOIN communities_post post ON post.id = answer.post_id
         WHERE answer.id = ANY(%(answers)s::bigint[])
         UNION ALL
        SELECT 'comment', comment.id, comment.author_id, post.community_id, comment.created_at,
               comment.origin_url IS NULL AND length(comment.body) >= {rules.COMMENT_FILLS_FROM},
               {_STANDS.format("comment")} AND answer.deleted_at IS NULL
          FROM communities_comment comment JOIN communities_post post ON post.id = comment.post_id
               LEFT JOIN communities_answer answer ON answer.id = comment.answer_id
         WHERE comment.id = ANY(%(comments)s::bigint[])
         UNION ALL
        SELECT 'suggestion', suggestion.id, suggestion.author_id, post.community_id, suggestion.decided_at,
               true, NOT {ROLLED_BACK}
          FROM communities_suggestion suggestion JOIN communities_post post ON post.id = suggestion.post_id
               JOIN communities_revision base ON base.id = suggestion.base_id
               JOIN communities_revision became ON became.id = suggestion.revision_id
         WHERE suggestion.id = ANY(%(suggestions)s::bigint[])
    )
"""
_NEW = f"""
    WITH {_ACTS}
    SELECT acts.user_id, acts.at, acts.source_type, acts.source_id, acts.community_id
      FROM acts JOIN accounts_user person ON person.id = acts.user_id
     WHERE acts.begins AND acts.stands AND person.origin_url IS DISTINCT FROM '{FORMER_MEMBER}'
       AND NOT EXISTS (SELECT FROM gamification_activity noted
                        WHERE noted.source_type = acts.source_type AND noted.source_id = acts.source_id)
     ORDER BY acts.user_id, acts.at, acts.source_type, acts.source_id
"""
_CHANGED = f"""
    WITH {_ACTS}
    UPDATE gamification_activity noted SET stands = NOT noted.stands
      FROM acts
     WHERE acts.source_type = noted.source_type AND acts.source_id = noted.source_id
       AND noted.stands <> (acts.stands AND acts.user_id = noted.user_id)
 RETURNING noted.user_id, noted.local_date
"""
_PEOPLE = f"""
    WITH {_ACTS}
    SELECT user_id FROM acts
     UNION
    SELECT noted.user_id FROM acts JOIN gamification_activity noted USING (source_type, source_id)
"""

Filled = set[tuple[int, date]]
"""People, and the days on which something of theirs came, went or came back."""


@dataclass(frozen=True)
class Sources:
    """Texts and edits by their ids."""

    posts: Collection[int] = ()
    answers: Collection[int] = ()
    comments: Collection[int] = ()
    suggestions: Collection[int] = ()

    @property
    def values(self) -> dict[str, list[int]]:
        return {
            "posts": list(self.posts),
            "answers": list(self.answers),
            "comments": list(self.comments),
            "suggestions": list(self.suggestions),
        }


def sources_in(posts: Collection[int]) -> Sources:
    """Everything in these posts."""
    inside = (model._base_manager.filter(post__in=posts) for model in (Answer, Comment, Suggestion))
    return Sources(posts, *(list(rows.values_list("pk", flat=True)) for rows in inside))


def people_in(sources: Sources) -> set[int]:
    """Whose acts these are, and were."""
    with planned_cursor() as cursor:
        cursor.execute(_PEOPLE, sources.values)
        return {user for (user,) in cursor.fetchall()}


def note(user: User, source: Act, pk: int, community: int, at: datetime) -> Filled:
    """Writes down what somebody has just done. Idempotent."""
    return _note(user, [(at, source.value, pk, community)])


def note_all(sources: Sources) -> Filled:
    """Makes the activities say which of these acts there are, and which stand. The caller holds their people."""
    with planned_cursor() as cursor:
        cursor.execute(_CHANGED, sources.values)
        filled = set(cursor.fetchall())
        cursor.execute(_NEW, sources.values)
        new = cursor.fetchall()
    people = User.objects.in_bulk({row[0] for row in new})
    for user, rows in groupby(new, key=lambda row: row[0]):
        filled |= _note(people[user], [row[1:] for row in rows])
    return filled


def _note(user: User, acts: Sequence[tuple[datetime, str, int, int]]) -> Filled:
    """The oldest first."""
    days = days_of(user)
    first, last = acts[0][0], acts[-1][0]
    near = Activity.objects.of(user).standing().filter(at__gt=first - APART, at__lte=last)
    counted = [Counted(at, day) for at, day in near.values_list("at", "local_date")]
    rows = []
    for at, source, pk, community in acts:
        day = days.day_for(at, counted)
        counted.append(Counted(at, day))
        rows.append(
            Activity(user=user, source_type=source, source_id=pk, community_id=community, at=at, local_date=day)
        )
    Activity.objects.bulk_create(rows, ignore_conflicts=True)
    return {(user.pk, row.local_date) for row in rows}
