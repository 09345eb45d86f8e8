from django.apps import AppConfig


class OutboxConfig(AppConfig):
    name = "outbox"

    def ready(self) -> None:
        from outbox import sweep_with
        from outbox.models import Mail
        from outbox.tasks import send_mail

        sweep_with(send_mail, Mail.objects.waiting)
