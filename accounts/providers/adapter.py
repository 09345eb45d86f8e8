"""How signing in with a provider differs from what allauth does by itself: who is configured comes from the settings
alone, nobody gets into an account by its address, and what goes wrong is said calmly."""

import logging
from typing import Any

from allauth.account.utils import filter_users_by_email
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialApp, SocialLogin
from allauth.socialaccount.providers.base.constants import AuthError, AuthProcess
from django.conf import settings
from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from requests import RequestException

from accounts.models import User
from accounts.names import plain_line
from accounts.providers.id_tokens import BadToken
from accounts.providers.kinds import GitHub, OpenID, provider_of
from accounts.providers.suggested import suggested_username

logger = logging.getLogger(__name__)

ADDRESS_KNOWN = gettext_lazy(
    "There is an account with this address. Sign in to it, then connect %(provider)s under Settings, Security."
)


class ProviderAdapter(DefaultSocialAccountAdapter):
    error_messages = DefaultSocialAccountAdapter.error_messages | {
        "connected_other": gettext_lazy("Another member of Cairn signs in with this account already."),
        "invalid_token": gettext_lazy("The provider did not write this token for us, or it has expired."),
        "no_password": gettext_lazy("This is the only way into your account. Choose a password first."),
        "no_verified_email": gettext_lazy("This is the only way into your account. Confirm your e-mail address first."),
    }

    def list_apps(
        self, request: HttpRequest, provider: str | None = None, client_id: str | None = None
    ) -> list[SocialApp]:
        """Those of the environment; what stands in tables opens nothing."""
        apps = [
            SocialApp(provider=kind, **given)
            for kind, listed in settings.SOCIALACCOUNT_PROVIDERS.items()
            for given in listed["APPS"]
        ]
        return [
            app
            for app in apps
            if provider in (None, app.provider_id or app.provider) and client_id in (None, app.client_id)
        ]

    def list_providers(self, request: HttpRequest) -> list[GitHub | OpenID]:
        return [provider_of(request, app) for app in self.list_apps(request)]

    def get_provider(self, request: HttpRequest, provider: str, client_id: str | None = None) -> GitHub | OpenID:
        """Raises SocialApp.DoesNotExist."""
        for app in self.list_apps(request, provider, client_id):
            return provider_of(request, app)
        raise SocialApp.DoesNotExist

    def populate_user(self, request: HttpRequest, sociallogin: SocialLogin, data: dict[str, str]) -> User:
        user: User = sociallogin.user
        user.email = data.get("email", "")
        user.name = plain_line(data["name"])[:60].strip()
        user.username = suggested_username(data["username"], user.name, user.email.partition("@")[0])
        return user

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """An address that has an account opens it by no provider. Said only to whom the provider has proved to be the
        one who reads that mailbox; for others the mail there says it."""
        is_new = sociallogin.state.get("process") == AuthProcess.LOGIN and not sociallogin.is_existing
        proved = [address.email for address in sociallogin.email_addresses if address.verified]
        if not is_new or not any(filter_users_by_email(email) for email in proved):
            return
        sentence = ADDRESS_KNOWN % {"provider": sociallogin.provider.name}
        logger.info("sign-in with %s: the address has an account", sociallogin.provider.sub_id)
        raise ImmediateHttpResponse(sorry(request, sentence, 409))

    def on_authentication_error(
        self,
        request: HttpRequest,
        provider: GitHub | OpenID,
        error: str | None = None,
        exception: Exception | None = None,
        extra_context: dict[str, Any] | None = None,
    ) -> None:
        """Raises ImmediateHttpResponse, always."""
        raise ImmediateHttpResponse(failed(request, provider, error, exception))

    def get_connect_redirect_url(self, request: HttpRequest, socialaccount: object) -> str:
        return reverse("accounts:security")

    def save_user(self, request: HttpRequest, sociallogin: SocialLogin, form: Any = None) -> User:
        try:
            with transaction.atomic():
                saved: User = super().save_user(request, sociallogin, form)
        except IntegrityError as error:  # the same form sent twice at the same moment
            messages.error(request, _("Somebody joined like this a moment ago. If that was you, sign in."))
            raise ImmediateHttpResponse(redirect("account_login")) from error
        return saved


def failed(
    request: HttpRequest, provider: GitHub | OpenID, error: str | None = None, exception: Exception | None = None
) -> HttpResponse:
    """What somebody gets who comes back without having signed in there. The log has the reason, never what was sent."""
    reason = str(exception) if isinstance(exception, BadToken) else type(exception).__name__
    logger.warning("sign-in with %s failed: %s, %s", provider.sub_id, error or "", reason)
    named = {"provider": provider.name}
    if error == AuthError.CANCELLED:
        messages.info(request, _("You did not go on with %(provider)s, so nothing has changed.") % named)
        return redirect("accounts:security" if request.user.is_authenticated else "account_login")
    if isinstance(exception, RequestException):
        return sorry(request, _("%(provider)s does not answer just now. Try again in a moment.") % named, 503)
    return sorry(
        request, _("%(provider)s could not tell us who you are. Nothing has changed; begin again.") % named, 403
    )


def sorry(request: HttpRequest, sentence: str, status: int) -> HttpResponse:
    return render(request, "accounts/provider_refused_page.html", {"sentence": sentence}, status=status)
