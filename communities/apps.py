from django.apps import AppConfig


class CommunitiesConfig(AppConfig):
    name = "communities"

    def ready(self) -> None:
        from accounts.slots import fill
        from communities import receivers  # noqa: F401  (connects what it defines)
        from communities.activity import profile_activity, profile_side

        fill("profile_activity", profile_activity)
        fill("profile_side", profile_side)
