"""What comes of learning, and of keeping at it."""

from django.utils.translation import gettext_lazy as _

from gamification.achievements.kinds import Achievement, altogether, from_bronze


class ExplainsItBack(Achievement):
    key = "explains-it-back"
    name = _("Explains It Back")
    deed = _("explanations in your own words, confirmed")
    tiers = from_bronze(3, 20, 100)


class GoalGetter(Achievement):
    key = "goal-getter"
    name = _("Goal Getter")
    deed = _("learning goals completed with evidence")
    tiers = from_bronze(1, 5, 20)


class DeepWork(Achievement):
    key = "deep-work"
    name = _("Deep Work")
    deed = _("focus blocks completed")
    tiers = from_bronze(10, 50, 250)


class SteadyRhythm(Achievement):
    key = "steady-rhythm"
    name = _("Steady Rhythm")
    deed = _("weeks in a row in which you kept your plan")
    icon = "metronome"
    tiers = from_bronze(4, 12, 26, 52)
    criterion = altogether("max(weeks)", "rhythm", "true")


class DaysOfLearning(Achievement):
    key = "days-of-learning"
    name = _("Days of Learning")
    deed = _("active days, in a row or not")
    icon = "calendar"
    tiers = from_bronze(30, 100, 365, 1000)
    criterion = altogether("count(*)", "day", "true")


class WelcomeBack(Achievement):
    key = "welcome-back"
    name = _("Welcome Back")
    deed = _("three active days in the week after a month away")
    icon = "door"
    criterion = altogether(
        "count(*)",
        """(SELECT user_id, local_date - lag(local_date) OVER of_member AS apart,
                  count(*) OVER (of_member RANGE BETWEEN CURRENT ROW AND interval '6 days' FOLLOWING) AS days
             FROM day WINDOW of_member AS (PARTITION BY user_id ORDER BY local_date)) back""",
        "apart > 30 AND days >= 3",
    )


ACHIEVEMENTS = (ExplainsItBack(), GoalGetter(), DeepWork(), SteadyRhythm(), DaysOfLearning(), WelcomeBack())
