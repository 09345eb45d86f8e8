"""What comes of answering others."""

from django.utils.translation import gettext_lazy as _

from gamification.achievements.kinds import Achievement, altogether, from_bronze, of_community
from gamification.rules import xp_of

_ACCEPTED = "is_accepted AND NOT is_own"
_IS_FIRST = """NOT is_own AND NOT EXISTS (
    SELECT FROM communities_answer before
     WHERE before.post_id = answer.post_id AND before.deleted_at IS NULL
       AND (before.created_at, before.id) < (answer.created_at, answer.id))"""
_NEWCOMERS_UP_TO = 3  # the level of who asked, when they accepted


class HelpingHand(Achievement):
    key = "helping-hand"
    name = _("Helping Hand")
    deed = _("answers that others voted up")
    icon = "hand"
    tiers = from_bronze(5, 25, 100, 500)
    criterion = of_community("count(*)", "answer", "score >= 1 AND NOT is_own")


class Accepted(Achievement):
    key = "accepted"
    name = _("Accepted")
    deed = _("answers that others accepted")
    icon = "seal"
    tiers = from_bronze(3, 15, 75, 300)
    criterion = of_community("count(*)", "answer", _ACCEPTED)


class GreatAnswer(Achievement):
    key = "great-answer"
    name = _("Great Answer")
    deed = _("one answer’s score")
    icon = "star"
    tiers = from_bronze(10, 25, 50, 100)
    criterion = of_community("max(score)", "answer", "score > 0")


class FirstResponder(Achievement):
    key = "first-responder"
    name = _("First Responder")
    deed = _("first answers within an hour, voted up")
    icon = "desk-bell"
    tiers = from_bronze(3, 20, 100)
    criterion = of_community(
        "count(*)", "answer", f"score >= 1 AND created_at < asked_at + interval '1 hour' AND {_IS_FIRST}"
    )


class Rescuer(Achievement):
    key = "rescuer"
    name = _("Rescuer")
    deed = _("first answers after a week, accepted or with a score of 2")
    icon = "lifebuoy"
    tiers = from_bronze(1, 10, 50, 200)
    criterion = of_community(
        "count(*)",
        "answer",
        f"(is_accepted OR score >= 2) AND created_at >= asked_at + interval '7 days' AND {_IS_FIRST}",
    )


class Archaeologist(Achievement):
    key = "archaeologist"
    name = _("Archaeologist")
    deed = _("answers with a score of 5 to questions half a year old")
    icon = "trowel"
    tiers = from_bronze(1, 5, 20)
    criterion = of_community(
        "count(*)", "answer", "score >= 5 AND created_at >= asked_at + interval '180 days' AND NOT is_own"
    )


class SecondLook(Achievement):
    key = "second-look"
    name = _("Second Look")
    deed = _("answers that outscore the accepted one by 5")
    icon = "two-ways"
    tiers = from_bronze(1, 5, 15)
    criterion = of_community(
        "count(*)",
        "answer",
        """EXISTS (SELECT FROM communities_answer accepted
                    WHERE accepted.post_id = answer.post_id AND accepted.accepted_at IS NOT NULL
                      AND accepted.author_id <> answer.user_id AND answer.score >= accepted.score + 5)""",
    )


class PatientTeacher(Achievement):
    key = "patient-teacher"
    name = _("Patient Teacher")
    deed = _("answers accepted by askers at level 3 or below")
    icon = "sprout"
    tiers = from_bronze(5, 25, 100)
    criterion = of_community(
        "count(*)",
        "answer",
        f"""{_ACCEPTED} AND accepted_by_id = asker_id AND {xp_of(_NEWCOMERS_UP_TO + 1)} > (
                SELECT coalesce(sum(day.effective), 0) FROM gamification_dailyxp day
                 WHERE day.user_id = asker_id AND day.community_id = answer.community_id
                   AND day.utc_date <= (accepted_at AT TIME ZONE 'UTC')::date)""",
    )


class CrossPollinator(Achievement):
    key = "cross-pollinator"
    name = _("Cross-Pollinator")
    deed = _("communities with five accepted answers of yours")
    icon = "bee"
    tiers = from_bronze(2, 4, 8)
    criterion = altogether(
        "count(*)", f"({of_community('count(*) AS amount', 'answer', _ACCEPTED)}) here", "amount >= 5"
    )


class TopicExpert(Achievement):
    """The amount is held below a tier until the score is there, too."""

    key = "topic-expert"
    name = _("Topic Expert")
    deed = _("answers in one tag, with a score of 50, then 200, then 750 altogether")
    icon = "compass"
    tiers = from_bronze(10, 40, 100)
    criterion = of_community(
        "max(least(amount, CASE WHEN score >= 750 THEN amount WHEN score >= 200 THEN 99 WHEN score >= 50 THEN 39 "
        "ELSE 9 END))",
        """(SELECT answer.user_id, answer.community_id, count(*) AS amount, sum(answer.score) AS score
              FROM answer JOIN communities_posttag tagged ON tagged.post_id = answer.post_id
                   JOIN communities_tag tag ON tag.id = tagged.tag_id AND tag.approved_at IS NOT NULL
             WHERE NOT answer.is_own
             GROUP BY answer.user_id, answer.community_id, tag.id) tagged""",
        "true",
    )


ACHIEVEMENTS = (
    HelpingHand(),
    Accepted(),
    GreatAnswer(),
    FirstResponder(),
    Rescuer(),
    Archaeologist(),
    SecondLook(),
    PatientTeacher(),
    CrossPollinator(),
    TopicExpert(),
)
