"""What comes of mentoring."""

from django.utils.translation import gettext_lazy as _

from gamification.achievements.kinds import Achievement, from_bronze
from gamification.models import Tier


class FirstMentee(Achievement):
    key = "first-mentee"
    name = _("First Mentee")
    deed = _("a mentorship completed")


class Mentor(Achievement):
    key = "mentor"
    name = _("Mentor")
    deed = _("mentorships completed with different people, nine of ten content")
    tiers = from_bronze(5, 15, 50, 100)


class SuperMentor(Achievement):
    key = "super-mentor"
    name = _("Super-mentor")
    deed = _("mentorships completed, nearly everybody content")
    tiers = {Tier.PLATINUM: 100}


class Growing(Achievement):
    key = "growing"
    name = _("Growing")
    deed = _("mentorships completed as a mentee")
    tiers = from_bronze(1, 3, 5)


class QuickToReply(Achievement):
    key = "quick-to-reply"
    name = _("Quick to Reply")
    deed = _("requests in 90 days, answered within a day in the middle")
    tiers = from_bronze(5, 15, 40)


class TorchPassed(Achievement):
    key = "torch-passed"
    name = _("Torch Passed")
    deed = _("mentees of yours who completed mentoring somebody")
    tiers = from_bronze(1, 5, 15)


ACHIEVEMENTS = (FirstMentee(), Mentor(), SuperMentor(), Growing(), QuickToReply(), TorchPassed())
