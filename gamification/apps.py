from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class GamificationConfig(AppConfig):
    name = "gamification"

    def ready(self) -> None:
        from accounts.settings_pages import SettingsPage, add_settings_page
        from accounts.slots import fill
        from accounts.welcome import Step, add_step
        from gamification import erasing, exports, receivers  # noqa: F401  (connects what it defines)
        from gamification.achievements.showing import privacy_of_earned, profile_showcase
        from gamification.boards.places import goal_card, link_to_board
        from gamification.menu import menu_items
        from gamification.models import Rescore
        from gamification.players import unless_quiet
        from gamification.profile import profile_xp, profile_year
        from gamification.streaks.flame import header_flame
        from gamification.tasks import refresh_scores
        from gamification.telling import level_toast
        from gamification.views.welcome import is_played
        from outbox import sweep_with

        fill("site_header", unless_quiet(header_flame))
        fill("profile_side", unless_quiet(profile_xp))
        fill("profile_side", unless_quiet(profile_showcase))
        fill("profile_activity", unless_quiet(profile_year))
        fill("privacy", unless_quiet(privacy_of_earned))
        fill("toasts", unless_quiet(level_toast))
        fill("my_menu", unless_quiet(menu_items))
        add_settings_page(SettingsPage("gamification:quiet", _("Quiet mode")))  # the way back from quiet
        add_step(Step("gamification:welcome_plan", _("Your week"), is_played))
        fill("community_pages", unless_quiet(link_to_board))
        fill("community_side", unless_quiet(goal_card))
        sweep_with(refresh_scores, Rescore.objects.waiting)
        exports.contribute()
        erasing.register()
