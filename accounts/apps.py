from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "accounts"

    def ready(self) -> None:
        from accounts.models import Export
        from accounts.mydata import own
        from accounts.tasks import make_export
        from outbox import sweep_with

        own.contribute()
        sweep_with(make_export, Export.objects.waiting)
