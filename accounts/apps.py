from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "accounts"

    def ready(self) -> None:
        from accounts.factors.late import PASSKEYS, load_late

        load_late(PASSKEYS)  # before anything asks for it
        from allauth.mfa.models import Authenticator

        from accounts import receivers  # noqa: F401  (connects what it defines)
        from accounts.factors.wrapping import wrap
        from accounts.leaving import own as leaving
        from accounts.models import Export, Leaving
        from accounts.mydata import own
        from accounts.tasks import erase_member, make_export
        from outbox import sweep_with

        Authenticator.wrap = wrap
        own.contribute()
        leaving.register()
        sweep_with(make_export, Export.objects.waiting)
        sweep_with(erase_member, Leaving.objects.waiting)
