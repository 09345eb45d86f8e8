from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "accounts"

    def ready(self) -> None:
        from accounts.factors.late import PASSKEYS, load_late

        load_late(PASSKEYS)  # before anything asks for it
        from allauth.mfa.models import Authenticator

        from accounts import receivers  # noqa: F401  (connects what it defines)
        from accounts.factors.wrapping import wrap
        from accounts.models import Export
        from accounts.mydata import own
        from accounts.tasks import make_export
        from outbox import sweep_with

        Authenticator.wrap = wrap
        own.contribute()
        sweep_with(make_export, Export.objects.waiting)
