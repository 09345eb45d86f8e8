from allauth import app_settings as allauth_settings
from allauth.account import app_settings as account_settings
from allauth.headless.account import views as allauth_views
from allauth.headless.constants import Client
from django.urls import path

from accounts.headless import views

app_name = "auth"

urlpatterns = [
    path("jwks.json", views.jwks, name="jwks"),
    path("auth/v1/login", views.step(allauth_views.LoginView.as_api_view(client=Client.APP)), name="login"),
    path("auth/v1/refresh", views.refresh, name="refresh"),
    path("auth/v1/session", views.session, name="session"),
]

if account_settings.LOGIN_BY_CODE_ENABLED:
    request_code = allauth_views.RequestLoginCodeView.as_api_view(client=Client.APP)
    confirm_code = allauth_views.ConfirmLoginCodeView.as_api_view(client=Client.APP)
    urlpatterns += [
        path("auth/v1/code/request", views.step(request_code), name="code_request"),
        path("auth/v1/code/confirm", views.step(confirm_code), name="code_confirm"),
    ]

if allauth_settings.MFA_ENABLED:
    from allauth.headless.mfa import views as mfa_views  # its models are there only then

    from accounts.headless.passkeys import PasskeyAsSecondFactor, SignInByPasskey

    second_factor = mfa_views.AuthenticateView.as_api_view(client=Client.APP)
    passkey = SignInByPasskey.as_api_view(client=Client.APP)
    second_passkey = PasskeyAsSecondFactor.as_api_view(client=Client.APP)
    urlpatterns += [
        path("auth/v1/second-factor", views.step(second_factor), name="second_factor"),
        path("auth/v1/passkey", views.step(passkey, "GET", "POST"), name="passkey"),
        path("auth/v1/second-factor/passkey", views.step(second_passkey, "GET", "POST"), name="second_passkey"),
    ]

if allauth_settings.SOCIALACCOUNT_ENABLED:
    from accounts.headless.providers import ByProvider

    provider = ByProvider.as_api_view(client=Client.APP)
    urlpatterns.append(path("auth/v1/provider", views.step(provider), name="provider"))
