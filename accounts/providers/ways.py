"""How we talk with a provider: where it is, what we ask it, and what of its answers we believe.

Raises OAuth2Error, or what `requests` raises when nobody answers in time.
"""

from http import HTTPStatus
from typing import Any

from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialApp, SocialLogin, SocialToken
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2Adapter
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from accounts.providers.id_tokens import BadToken, said_in

NEEDED = ("issuer", "authorization_endpoint", "token_endpoint", "jwks_uri")


def fetched(url: str, *, token: str = "", kind: type = dict, may_lack: bool = False) -> Any:
    """The JSON at an address of a provider, of this kind; None where it may lack and does."""
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    with get_adapter().get_requests_session() as session:
        answer = session.get(url, headers=headers)
        if may_lack and answer.status_code == HTTPStatus.NOT_FOUND:
            return None
        answer.raise_for_status()
        said = answer.json()
    if not isinstance(said, kind):
        raise OAuth2Error("the provider answered something else than was asked")
    return said


class GitHubWay(OAuth2Adapter):
    """GitHub has no OpenID Connect: its API is asked who the token belongs to."""

    provider_id = "github"
    nonce = ""

    def _place(self, name: str, usual: str) -> str:
        address: str = self.get_provider().app.settings.get(name, usual)
        return address

    @property
    def authorize_url(self) -> str:
        return self._place("web", "https://github.com") + "/login/oauth/authorize"

    @property
    def access_token_url(self) -> str:
        return self._place("web", "https://github.com") + "/login/oauth/access_token"

    headers = {"Accept": "application/json"}

    def get_callback_url(self, request: HttpRequest, app: SocialApp) -> str:
        return settings.SITE_URL + reverse("github_callback")

    def complete_login(self, request: HttpRequest, app: SocialApp, token: SocialToken, **kwargs: Any) -> SocialLogin:
        api = self._place("api", "https://api.github.com")
        said = fetched(f"{api}/user", token=token.token)
        said["emails"] = fetched(f"{api}/user/emails", token=token.token, kind=list, may_lack=True) or []
        return self.get_provider().sociallogin_from_response(request, said)

    def said(self, access_token: str) -> dict[str, Any]:
        """Who a token belongs to that GitHub gave to our own program: with another's, anybody could be anybody."""
        app = self.get_provider().app
        address = f"{self._place('api', 'https://api.github.com')}/applications/{app.client_id}/token"
        with get_adapter().get_requests_session() as session:
            answer = session.post(address, json={"access_token": access_token}, auth=(app.client_id, app.secret))
            if answer.status_code in (HTTPStatus.NOT_FOUND, HTTPStatus.UNPROCESSABLE_ENTITY):
                raise BadToken("access_token refused: GitHub did not give it to this program")
            answer.raise_for_status()
            found = answer.json()
        user = found.get("user") if isinstance(found, dict) else None
        if not isinstance(user, dict):
            raise OAuth2Error("GitHub did not say who it is")
        return user | {"emails": []}


class OpenIDWay(OpenIDConnectOAuth2Adapter):
    """Whoever speaks OpenID Connect, Google included: what counts is the id_token, checked as if anybody had brought
    it."""

    nonce = ""

    @property
    def openid_config(self) -> dict[str, Any]:
        if not hasattr(self, "_known"):
            self._known = self._found()
        return self._known

    def _found(self) -> dict[str, Any]:
        provider = self.get_provider()
        config: dict[str, Any] = fetched(provider.server_url)
        if not all(isinstance(config.get(name), str) for name in NEEDED):
            raise OAuth2Error("the provider does not say where its parts are")
        if config["issuer"].rstrip("/") != provider.app.settings["server_url"]:
            raise OAuth2Error("the provider calls itself something else than OIDC_PROVIDERS does")
        return config

    def get_callback_url(self, request: HttpRequest, app: SocialApp) -> str:
        return settings.SITE_URL + reverse("openid_connect_callback", args=[self.provider_id])

    def said(self, id_token: object, *, nonce: str | None = None) -> dict[str, Any]:
        """The claims of a token for us. Raises BadToken."""
        config = self.openid_config
        if not isinstance(id_token, str):
            raise BadToken("the provider sent no id_token")
        return said_in(
            id_token,
            keys=fetched(config["jwks_uri"]),
            issuer=config["issuer"],
            audience=self.get_provider().app.client_id,
            nonce=nonce,
        )

    def complete_login(self, request: HttpRequest, app: SocialApp, token: SocialToken, **kwargs: Any) -> SocialLogin:
        said = self.said(kwargs["response"].get("id_token"), nonce=self.nonce)
        if "email" not in said and "userinfo_endpoint" in self.openid_config:
            more = fetched(self.openid_config["userinfo_endpoint"], token=token.token)
            if more.get("sub") != said["sub"]:
                raise BadToken("the provider told about somebody else")
            said = more | said
        return self.get_provider().sociallogin_from_response(request, said)
