"""Reads who else may say who somebody is: Google, GitHub, and any provider that speaks OpenID Connect."""

import json
import re
from typing import Any
from urllib.parse import urlsplit

from config import env
from config.env import WrongValue

OIDC = "OIDC_PROVIDERS"
FIELDS = {"name", "issuer", "client_id", "client_secret"}
OURS = {"google", "github"}
NAME_MAX = 40

App = dict[str, Any]


def sign_in_providers(*, is_local: bool) -> dict[str, dict[str, list[App]]]:
    """As allauth wants them. What has no keys is not there."""
    google = _keys("GOOGLE", env.variable("GOOGLE_CLIENT_ID", ""), env.variable("GOOGLE_CLIENT_SECRET", ""))
    github = _keys("GITHUB", env.variable("GITHUB_CLIENT_ID", ""), env.variable("GITHUB_CLIENT_SECRET", ""))
    speaking_oidc = [openid("google", "Google", "https://accounts.google.com", **google)] if google else []
    for provider_id, given in _listed(env.variable("OIDC_PROVIDERS", "")).items():
        speaking_oidc.append(_openid_of(provider_id, given, is_local=is_local))
    return {
        "openid_connect": {"APPS": speaking_oidc},
        "github": {"APPS": [{"name": "GitHub", "settings": {"oauth_pkce_enabled": True}, **github}] if github else []},
    }


def openid(provider_id: str, name: str, issuer: str, *, client_id: str, secret: str) -> App:
    settings = {"server_url": issuer.rstrip("/"), "oauth_pkce_enabled": True}
    return {"provider_id": provider_id, "name": name, "client_id": client_id, "secret": secret, "settings": settings}


def _keys(name: str, client_id: str, secret: str) -> dict[str, str]:
    if bool(client_id) != bool(secret):
        there, lacking = ("ID", "SECRET") if client_id else ("SECRET", "ID")
        raise WrongValue(f"{name}_CLIENT_{there} is set without {name}_CLIENT_{lacking}; they belong together.")
    return {"client_id": client_id, "secret": secret} if client_id else {}


def _listed(text: str) -> dict[str, Any]:
    try:
        listed = json.loads(text or "{}")
    except ValueError:
        listed = None
    if not isinstance(listed, dict):
        raise WrongValue(f"{OIDC} is no JSON object; .env.example shows one.")  # not its value: secrets are in it
    return listed


def _openid_of(provider_id: str, given: Any, *, is_local: bool) -> App:
    if not re.fullmatch(r"[a-z][a-z0-9-]{0,29}", provider_id) or provider_id in OURS:
        raise WrongValue(
            f"{OIDC} calls a provider {provider_id!r}; it must be small letters, digits and hyphens, and "
            "another name than google or github."
        )
    if not isinstance(given, dict) or set(given) != FIELDS or not all(_is_said(value) for value in given.values()):
        raise WrongValue(f"{OIDC} must give {provider_id!r} a name, an issuer, a client_id and a client_secret.")
    issuer = urlsplit(given["issuer"])
    schemes = ("https", "http") if is_local else ("https",)
    if issuer.scheme not in schemes or not issuer.netloc or issuer.query or issuer.fragment:
        raise WrongValue(f"{OIDC} gives {provider_id!r} an issuer that is no address; it must begin with https:.")
    if len(given["name"]) > NAME_MAX:
        raise WrongValue(
            f"{OIDC} gives {provider_id!r} a name that is too long; {NAME_MAX} characters fit on a button."
        )
    return openid(
        provider_id, given["name"], given["issuer"], client_id=given["client_id"], secret=given["client_secret"]
    )


def _is_said(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())
