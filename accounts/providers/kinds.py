"""The providers: what each says of a person, and how much of it we keep and believe.

Kept is a number or name that stays the same, and what the person calls that account. Addresses are believed to be
theirs only where Google or GitHub has checked them; all others get a code from us.
"""

from secrets import token_urlsafe
from typing import Any

from allauth.account.models import EmailAddress
from allauth.socialaccount.app_settings import UID_MAX_LENGTH
from allauth.socialaccount.models import SocialApp, SocialLogin
from allauth.socialaccount.providers.github.provider import GitHubProvider
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from django.http import HttpRequest, HttpResponse

from accounts.providers.ways import GitHubWay, OpenIDWay

SHOWN_MAX = 100
NO_MAILBOX = "@users.noreply.github.com"

Said = dict[str, Any]


def text_of(said: Said, *names: str) -> str:
    """The first of these that is words."""
    found = (said.get(name) for name in names)
    return next((value.strip() for value in found if isinstance(value, str) and value.strip()), "")


def address_of(email: object, *, verified: bool) -> list[EmailAddress]:
    """None but plain ones: letters that look like others would lead to another mailbox when they are made small."""
    if not isinstance(email, str) or not email.isascii() or email.lower().endswith(NO_MAILBOX):
        return []
    return [EmailAddress(email=email, verified=verified, primary=True)]


class GitHub(GitHubProvider):
    oauth2_adapter_class = GitHubWay
    brought_as, is_brought_once = "access_token", False  # it stands for a stay, not for one sign-in

    def brought(self, request: HttpRequest, token: str) -> SocialLogin:
        """Of a program that signed in with GitHub by itself. Raises as ways do."""
        return self.sociallogin_from_response(request, self.get_oauth2_adapter(request).said(token))

    def extract_uid(self, data: Said) -> str:
        if not isinstance(data.get("id"), int):
            raise OAuth2Error("GitHub did not say who it is")
        return str(data["id"])

    def extract_extra_data(self, data: Said) -> dict[str, str]:
        return {"username": text_of(data, "login")[:SHOWN_MAX]}

    def extract_common_fields(self, data: Said) -> dict[str, str]:
        return {"username": text_of(data, "login"), "name": text_of(data, "name")}

    def extract_email_addresses(self, data: Said) -> list[EmailAddress]:
        """One: a verified one before others, and the primary before others."""
        listed = [one for one in data["emails"] if isinstance(one, dict)]
        listed.sort(key=lambda one: (one.get("verified") is True, one.get("primary") is True), reverse=True)
        found = [
            address for one in listed for address in address_of(one.get("email"), verified=one.get("verified") is True)
        ]
        return found[:1]


class OpenID(OpenIDConnectProvider):
    oauth2_adapter_class = OpenIDWay
    brought_as, is_brought_once = "id_token", True
    believes_verified = False

    def redirect(
        self, request: HttpRequest, process: str, next_url: str | None = None, data: Any = None, **kwargs: Any
    ) -> HttpResponse:
        nonce = token_urlsafe(24)
        asked = self.get_auth_params() | {"nonce": nonce}
        response: HttpResponse = super().redirect(
            request, process, next_url, data, nonce=nonce, auth_params=asked, **kwargs
        )
        return response

    def serialize(self) -> dict[str, Any]:
        """By the name that it has alone: two of them may know us by the same id."""
        return {"id": self.sub_id}

    def brought(self, request: HttpRequest, token: str) -> SocialLogin:
        """Of a program that signed in with the provider by itself. Raises as ways do."""
        return self.sociallogin_from_response(request, self.get_oauth2_adapter(request).said(token))

    def extract_uid(self, data: Said) -> str:
        uid = data["sub"]
        if not isinstance(uid, str) or not 0 < len(uid) <= UID_MAX_LENGTH:
            raise OAuth2Error("the provider did not say who it is")
        return uid

    def extract_extra_data(self, data: Said) -> dict[str, str]:
        return {"username": text_of(data, "preferred_username", "email", "name")[:SHOWN_MAX]}

    def extract_common_fields(self, data: Said) -> dict[str, str]:
        return {"username": text_of(data, "preferred_username", "nickname"), "name": text_of(data, "name")}

    def extract_email_addresses(self, data: Said) -> list[EmailAddress]:
        return address_of(data.get("email"), verified=self.believes_verified and data.get("email_verified") is True)


class Google(OpenID):
    believes_verified = True


def provider_of(request: HttpRequest, app: SocialApp) -> GitHub | OpenID:
    if app.provider == "github":
        return GitHub(request, app=app)
    return (Google if app.provider_id == "google" else OpenID)(request, app=app)
