"""The addresses by the names that allauth knows them by."""

from django.contrib.auth.decorators import login_required
from django.urls import path

from accounts.factors import passkeys, views

urlpatterns = [
    path("", login_required(views.index), name="mfa_index"),
    path("sign-in/", views.second_step, name="mfa_authenticate"),
    path("again/", views.again, name="mfa_reauthenticate"),
    path("app/", views.turn_on_app, name="mfa_activate_totp"),
    path("app/off/", views.turn_off_app, name="mfa_deactivate_totp"),
    path("recovery-codes/", views.spare_codes, name="mfa_view_recovery_codes"),
    path("recovery-codes/new/", views.new_spare_codes, name="mfa_generate_recovery_codes"),
    path("recovery-codes/file/", views.spare_codes_as_file, name="mfa_download_recovery_codes"),
    path("passkeys/new/", passkeys.add, name="mfa_add_webauthn"),
    path("passkeys/<int:pk>/name/", passkeys.rename, name="mfa_edit_webauthn"),
    path("passkeys/<int:pk>/remove/", passkeys.remove, name="mfa_remove_webauthn"),
    path("passkeys/sign-in/", passkeys.sign_in, name="mfa_login_webauthn"),
    path("passkeys/again/", passkeys.again, name="mfa_reauthenticate_webauthn"),
]
