"""To a provider, and back from it."""

from typing import Any

from allauth.account.utils import get_next_redirect_url
from allauth.decorators import rate_limit
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.base.constants import AuthProcess
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from allauth.socialaccount.views import SignupView
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET
from requests import RequestException

from accounts.providers.adapter import failed
from accounts.providers.forms import JoinWithForm
from accounts.providers.kinds import GitHub, OpenID
from accounts.providers.ways import GitHubWay, OpenIDWay


class Callback(OAuth2CallbackView):
    def _get_state(self, request: HttpRequest, provider: GitHub | OpenID) -> tuple[dict[str, Any] | None, Any]:
        """What was kept when it began, once; with it the nonce that the id_token must have."""
        state, instead = super()._get_state(request, provider)
        self.adapter.nonce = (state or {}).get("nonce", "")
        return state, instead


@never_cache
@rate_limit(action="login")
def begin(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Only a press of the button begins anything: an address that somebody was lured to does not."""
    if request.method != "POST":
        return redirect("account_login")
    if request.user.is_authenticated:
        return redirect("home")
    return leaving(request, provider_id, AuthProcess.LOGIN, get_next_redirect_url(request))


def leaving(request: HttpRequest, provider_id: str, process: str, next_url: str | None) -> HttpResponse:
    """A page that leads on by itself. Not a redirect: our rule that forms go nowhere else holds for where they are sent
    on to, as well."""
    provider = _provider(request, provider_id)
    try:
        to = provider.redirect(request, process, next_url=next_url)["Location"]
    except (OAuth2Error, RequestException) as error:
        return failed(request, provider, exception=error)
    response = render(request, "accounts/provider_leaving_page.html", {"name": provider.name, "to": to})
    response.headers["Refresh"] = f"0; url={to}"
    return response


@never_cache
@require_GET
def back_from_github(request: HttpRequest) -> HttpResponse:
    return _back(request, _provider(request, "github"), GitHubWay(request))


@never_cache
@require_GET
def back_from_openid(request: HttpRequest, provider_id: str) -> HttpResponse:
    return _back(request, _provider(request, provider_id), OpenIDWay(request, provider_id))


def _back(request: HttpRequest, provider: GitHub | OpenID, way: GitHubWay | OpenIDWay) -> HttpResponse:
    try:
        response: HttpResponse = Callback.adapter_view(way)(request)
    except (OAuth2Error, RequestException, KeyError, ValueError, TypeError) as error:  # also for words of another shape
        return failed(request, provider, exception=error)
    return response


def _provider(request: HttpRequest, provider_id: str) -> GitHub | OpenID:
    try:
        provider: GitHub | OpenID = get_adapter(request).get_provider(request, provider_id)
    except SocialApp.DoesNotExist:
        raise Http404 from None
    return provider


@method_decorator([never_cache, rate_limit(action="signup")], name="dispatch")
class JoinWith(SignupView):
    form_class = JoinWithForm
    template_name = "accounts/join_with_page.html"

    def get_form_class(self) -> type[JoinWithForm]:
        return JoinWithForm

    def get_authenticated_redirect_url(self) -> str:
        return reverse("home")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        given: dict[str, Any] = super().get_context_data(**kwargs)
        return given | {"provider": self.sociallogin.provider.name}
