"""What comes of looking after a community."""

from django.utils.translation import gettext_lazy as _

from gamification.achievements.kinds import Achievement, from_bronze, of_community


class Editor(Achievement):
    key = "editor"
    name = _("Editor")
    deed = _("suggested edits approved")
    icon = "pen"
    tiers = from_bronze(5, 50, 250)
    criterion = of_community("count(*)", "approved_edit", "true")


class GoodEye(Achievement):
    key = "good-eye"
    name = _("Good Eye")
    deed = _("flags upheld, four of five")
    tiers = from_bronze(5, 40, 200)


class Reviewer(Achievement):
    key = "reviewer"
    name = _("Reviewer")
    deed = _("reviews that agreed with the outcome")
    tiers = from_bronze(20, 200, 1000)


class Welcomer(Achievement):
    key = "welcomer"
    name = _("Welcomer")
    deed = _("first replies to the first posts of newcomers, helpful to them")
    tiers = from_bronze(5, 25, 100)


class Host(Achievement):
    key = "host"
    name = _("Host")
    deed = _("live rounds of questions with ten people")
    tiers = from_bronze(1, 5, 20)


ACHIEVEMENTS = (Editor(), GoodEye(), Reviewer(), Welcomer(), Host())
