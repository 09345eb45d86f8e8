from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CommunitiesConfig(AppConfig):
    name = "communities"

    def ready(self) -> None:
        from accounts.circles import add_circle
        from accounts.slots import fill
        from accounts.welcome import Step, add_step
        from communities import erasing, exports, receivers  # noqa: F401  (connects what it defines)
        from communities.activity import profile_activity, profile_acts, profile_honours, profile_side
        from communities.models import Callout, Rewording, Telling
        from communities.models.community import sharing_a_community
        from communities.tasks import reword_posts, tell_everyone, tell_followers
        from outbox import sweep_with

        sweep_with(reword_posts, Rewording.objects.waiting)
        sweep_with(tell_everyone, Callout.objects.waiting)
        sweep_with(tell_followers, Telling.objects.waiting)
        add_step(Step("communities:welcome_topics", _("Topics")))
        add_step(Step("communities:welcome_community", _("Your first community")))
        add_circle(sharing_a_community)
        fill("profile_acts", profile_acts)
        fill("profile_activity", profile_activity)
        fill("profile_side", profile_side)
        fill("profile_side", profile_honours)
        exports.contribute()
        erasing.register()
