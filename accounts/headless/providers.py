"""A provider for programs: they let their member sign in there, and bring what the provider then wrote for us.

Nobody joins and nothing is connected here: that is done on the pages, once.
"""

from hashlib import sha256
from typing import Any

from allauth.account.adapter import get_adapter as get_account_adapter
from allauth.headless.base.response import AuthenticationResponse
from allauth.headless.base.views import APIView
from allauth.headless.internal.restkit import inputs
from allauth.headless.socialaccount.internal import complete_token_login
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialLogin
from allauth.socialaccount.providers.base.constants import AuthProcess
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _
from requests import RequestException

from accounts.providers.id_tokens import FRESH, LEEWAY, BadToken
from net.limits import Rate, spend
from net.problems import Problem

BRINGING = Rate(60, 60)  # for an address: a school has one; each asks the provider
TOKEN_MAX = 10_000  # characters


class BroughtInput(inputs.Input):
    provider = inputs.CharField(max_length=200)
    id_token = inputs.CharField(max_length=TOKEN_MAX, required=False)
    access_token = inputs.CharField(max_length=TOKEN_MAX, required=False)

    def clean_provider(self) -> Any:
        try:
            return get_adapter().get_provider(None, self.cleaned_data["provider"])
        except SocialApp.DoesNotExist as error:
            raise ValidationError(_("Nobody signs in here with this provider.")) from error

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        name = cleaned["provider"].brought_as if "provider" in cleaned else ""
        if name and name not in self.errors and not cleaned[name]:
            self.add_error(name, _("This provider gives a program an %(name)s: send it.") % {"name": name})
        return cleaned


class ByProvider(APIView):
    input_class = {"POST": BroughtInput}

    def handle(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        spend("provider", get_account_adapter(request).get_client_ip(request), BRINGING)
        response: HttpResponseBase = super().handle(request, *args, **kwargs)
        return response

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        login = self._brought(request)
        if not SocialAccount.objects.filter(provider=login.account.provider, uid=login.account.uid).exists():
            raise Problem(409, _("This opens no account. Join with it on the pages, or connect it there first."))
        login.state["process"] = AuthProcess.LOGIN
        response: HttpResponse = AuthenticationResponse.from_response(request, complete_token_login(request, login))
        return response

    def _brought(self, request: HttpRequest) -> SocialLogin:
        """Whom the token is about. Raises Problem."""
        provider = self.input.cleaned_data["provider"]
        token = self.input.cleaned_data[provider.brought_as]
        try:
            login: SocialLogin = provider.brought(request, token)
            if provider.is_brought_once:
                _use_up(token)
        except OAuth2Error as error:
            raise Problem(401, _("The provider did not write this token for us, or it has expired.")) from error
        except RequestException as error:
            sentence = _("%(provider)s does not answer just now. Try again in a moment.") % {"provider": provider.name}
            raise Problem(503, sentence, retry_after=10) from error
        return login


def _use_up(id_token: str) -> None:
    """Who finds one on its way can do nothing with it. Raises BadToken."""
    if not cache.add(f"id_token:{sha256(id_token.encode()).hexdigest()}", 1, FRESH + LEEWAY):
        raise BadToken("id_token refused: it was brought before")
