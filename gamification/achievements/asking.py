"""What comes of asking well."""

from django.utils.translation import gettext_lazy as _

from gamification.achievements.kinds import Achievement, counts_as_accepted, from_bronze, of_community

_ANSWERED = f"""(
    SELECT question.user_id, question.community_id, coalesce(bool_or(reply.is_thanked), false) AS is_closed
      FROM question
           JOIN LATERAL (
               SELECT reply.created_at,
                      reply.accepted_by_id = question.user_id
                      AND reply.accepted_at <= reply.created_at + interval '7 days'
                      AND {counts_as_accepted("reply")} AS is_thanked
                 FROM communities_answer reply
                WHERE reply.post_id = question.id AND reply.author_id <> question.user_id AND reply.deleted_at IS NULL
           ) reply ON true
     GROUP BY question.id, question.user_id, question.community_id
    HAVING bool_or(reply.is_thanked) OR min(reply.created_at) <= %(now)s - interval '7 days'
) answered"""
"""Questions that others answered, but for those that may still be closed in time."""


class GoodQuestion(Achievement):
    key = "good-question"
    name = _("Good Question")
    deed = _("one question’s score")
    icon = "lamp"
    tiers = from_bronze(5, 15, 40, 100)
    criterion = of_community("max(score)", "question", "score > 0")


class ClearAsker(Achievement):
    key = "clear-asker"
    name = _("Clear Asker")
    deed = _("questions with an accepted answer of somebody else")
    icon = "lens"
    tiers = from_bronze(5, 25, 100)
    criterion = of_community(
        "count(*)",
        "question",
        f"""EXISTS (SELECT FROM communities_answer reply WHERE reply.post_id = question.id
                      AND reply.author_id <> question.user_id AND {counts_as_accepted("reply")})""",
    )


class ClosesTheLoop(Achievement):
    key = "closes-the-loop"
    name = _("Closes the Loop")
    deed = _("answers accepted within a week, for four of five of your answered questions")
    icon = "ring"
    tiers = from_bronze(10, 30, 100)
    criterion = of_community(
        "CASE WHEN 5 * count(*) FILTER (WHERE is_closed) >= 4 * count(*) THEN count(*) FILTER (WHERE is_closed) "
        "ELSE 0 END",
        _ANSWERED,
        "true",
    )


class SelfSolver(Achievement):
    key = "self-solver"
    name = _("Self-Solver")
    deed = _("questions of yours that you answered with a score of 3")
    icon = "key"
    tiers = from_bronze(1, 5, 20)
    criterion = of_community("count(DISTINCT post_id)", "answer", "is_own AND score >= 3")


ACHIEVEMENTS = (GoodQuestion(), ClearAsker(), ClosesTheLoop(), SelfSolver())
