"""What begins something."""

from django.utils.translation import gettext_lazy as _

from gamification import rules
from gamification.achievements.kinds import Achievement, altogether


class FirstQuestion(Achievement):
    key = "first-question"
    name = _("First Question")
    deed = _("a question that stood for a day")
    icon = "bubble-ask"
    criterion = altogether(
        "count(*)",
        "question",
        f"score >= 0 AND created_at <= %(now)s - interval '{int(rules.SETTLED_AFTER.total_seconds())} seconds'",
    )


class FirstAnswer(Achievement):
    key = "first-answer"
    name = _("First Answer")
    deed = _("an answer that somebody voted up")
    icon = "bubble-check"
    criterion = altogether("count(*)", "answer", "score >= 1")


class Introduced(Achievement):
    key = "introduced"
    name = _("Introduced")
    deed = _("a profile with some words, a goal and a time zone")


class HouseRules(Achievement):
    key = "house-rules"
    name = _("House Rules")
    deed = _("all five questions about the guidelines answered")


class FirstThanks(Achievement):
    key = "first-thanks"
    name = _("First Thanks")
    deed = _("an answer accepted, and explained back in your own words")


class FirstCitation(Achievement):
    key = "first-citation"
    name = _("First Citation")
    deed = _("a document of yours cited in an answer that helped somebody else")


ACHIEVEMENTS = (FirstQuestion(), FirstAnswer(), Introduced(), HouseRules(), FirstThanks(), FirstCitation())
