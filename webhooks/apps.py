from django.apps import AppConfig


class WebhooksConfig(AppConfig):
    name = "webhooks"

    def ready(self) -> None:
        from accounts.slots import fill
        from outbox import sweep_with
        from webhooks import erasing, receivers  # noqa: F401  (connects what it defines)
        from webhooks.models import Webhook
        from webhooks.places import settings_link
        from webhooks.tasks import send_to_webhook

        erasing.register()
        fill("community_settings", settings_link)
        sweep_with(send_to_webhook, Webhook.objects.waiting)
