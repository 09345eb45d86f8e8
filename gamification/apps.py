from django.apps import AppConfig


class GamificationConfig(AppConfig):
    name = "gamification"

    def ready(self) -> None:
        from accounts.slots import fill
        from gamification import receivers  # noqa: F401  (connects what it defines)
        from gamification.profile import profile_xp

        fill("profile_side", profile_xp)
