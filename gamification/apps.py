from django.apps import AppConfig


class GamificationConfig(AppConfig):
    name = "gamification"

    def ready(self) -> None:
        from accounts.slots import fill
        from gamification import receivers  # noqa: F401  (connects what it defines)
        from gamification.achievements.showing import profile_showcase
        from gamification.menu import menu_items, settings_link
        from gamification.players import unless_quiet
        from gamification.profile import profile_xp
        from gamification.telling import level_toast

        fill("profile_side", unless_quiet(profile_xp))
        fill("profile_side", unless_quiet(profile_showcase))
        fill("toasts", unless_quiet(level_toast))
        fill("my_menu", unless_quiet(menu_items))
        fill("settings_side", settings_link)  # the way back from quiet
