"""What the sign-in for programs says of itself: its routes are allauth's, which describe nothing in our words."""

from typing import Any

from allauth import app_settings as allauth_settings
from allauth.account import app_settings as account_settings

from net.problems import TYPE

Schema = dict[str, Any]

AUTH = "/api/auth/v1"
TAG = ["signing in"]
TOO_LARGE, TOO_OFTEN = "It is larger than what is taken at once.", "Too often for now; see `Retry-After`."
SCHEMAS: Schema = {
    "LoginIn": {
        "title": "LoginIn",
        "type": "object",
        "description": "The password, with one of the two others.",
        "required": ["password"],
        "properties": {
            "username": {"type": "string"},
            "email": {"type": "string", "format": "email"},
            "password": {"type": "string", "minLength": 1},
        },
    },
    "RefreshIn": {
        "title": "RefreshIn",
        "type": "object",
        "required": ["refresh_token"],
        "properties": {"refresh_token": {"type": "string"}},
    },
    "CodeIn": {
        "title": "CodeIn",
        "type": "object",
        "required": ["code"],
        "properties": {"code": {"type": "string", "minLength": 1}},
    },
    "AddressIn": {
        "title": "AddressIn",
        "type": "object",
        "required": ["email"],
        "properties": {"email": {"type": "string", "format": "email"}},
    },
    "PasskeyIn": {
        "title": "PasskeyIn",
        "type": "object",
        "required": ["credential"],
        "properties": {
            "credential": {"type": "object", "description": "What the device answered, as WebAuthn writes it in JSON."}
        },
    },
    "PasskeyAsked": {
        "title": "PasskeyAsked",
        "type": "object",
        "required": ["request_options"],
        "properties": {
            "request_options": {"type": "object", "description": "What the device is asked, as WebAuthn writes it."},
            "session_token": {"type": "string", "description": "Goes with the answer, in `X-Session-Token`."},
        },
    },
    "BroughtIn": {
        "title": "BroughtIn",
        "type": "object",
        "description": "`access_token` for GitHub, `id_token` for all others.",
        "required": ["provider"],
        "properties": {
            "provider": {"type": "string", "description": "`google`, `github`, or the short name here."},
            "id_token": {"type": "string", "description": "Written for our client id minutes ago; good once."},
            "access_token": {"type": "string", "description": "Given to our client id."},
        },
    },
    "TokensOut": {
        "title": "TokensOut",
        "type": "object",
        "required": ["access_token", "refresh_token", "expires_in", "token_type"],
        "properties": {
            "access_token": {"type": "string", "description": "Sent as `Authorization: Bearer …`."},
            "refresh_token": {"type": "string", "description": "Good once, for the next pair."},
            "expires_in": {"type": "integer", "description": "Seconds, of the access token."},
            "token_type": {"type": "string", "const": "Bearer"},
        },
    },
    "KeyOut": {
        "title": "KeyOut",
        "type": "object",
        "required": ["kty", "use", "alg", "kid", "n", "e"],
        "properties": {name: {"type": "string"} for name in ("kty", "use", "alg", "kid", "n", "e")},
    },
    "KeysOut": {
        "title": "KeysOut",
        "type": "object",
        "required": ["keys"],
        "properties": {"keys": {"type": "array", "items": {"$ref": "#/components/schemas/KeyOut"}}},
    },
}
STEP = {
    "name": "X-Session-Token",
    "in": "header",
    "required": False,
    "description": "The `session_token` of the step before.",
    "schema": {"type": "string", "pattern": "^[!-~]*$"},
    "example": "x0k3b9v7d2",
}


def paths() -> Schema:
    """As far as the settings have them."""
    login = "Needs `username` or `email`. 401 with `steps` when another step is needed."
    refresh = "The old one is used up; sent again, it ends the whole sign-in."
    found = {
        f"{AUTH}/login": {"post": _step("login", "Sign in with a password", login, "LoginIn")},
        f"{AUTH}/refresh": {"post": _request("refresh", "Go on: a new pair of tokens", refresh, "RefreshIn")},
        f"{AUTH}/session": {"delete": _sign_out()},
        "/api/jwks.json": {"get": _keys()},
    }
    if account_settings.LOGIN_BY_CODE_ENABLED:
        request, confirm = "Sends a code to the address.", "The code that was sent."
        found[f"{AUTH}/code/request"] = {"post": _step("code_request", "Ask for a code", request, "AddressIn")}
        found[f"{AUTH}/code/confirm"] = {"post": _step("code_confirm", "Sign in with a code", confirm, "CodeIn")}
    if allauth_settings.MFA_ENABLED:
        second = "The next step after `login` where it asks for one."
        found[f"{AUTH}/second-factor"] = {"post": _step("second_factor", "Give the second factor", second, "CodeIn")}
        found[f"{AUTH}/passkey"] = {
            "get": _asked("passkey_options", "What a passkey is asked", "Any passkey of this place may answer."),
            "post": _step("passkey", "Sign in with a passkey", "What the device answered.", "PasskeyIn"),
        }
        found[f"{AUTH}/second-factor/passkey"] = {
            "get": _asked("second_passkey_options", "What a passkey is asked as second factor", second),
            "post": _step("second_passkey", "Give a passkey as second factor", second, "PasskeyIn"),
        }
    if allauth_settings.SOCIALACCOUNT_ENABLED:
        brought = "For members who joined with the provider, or connected it, on the pages. 409 for all others."
        said = _step("provider", "Sign in with what a provider gave to the program", brought, "BroughtIn")
        said["responses"] |= _refusals({"503": "The provider does not answer."})
        found[f"{AUTH}/provider"] = {"post": said}
    return found


def _request(name: str, summary: str, note: str, sent: str) -> Schema:
    """What gives tokens for something that is sent."""
    refused = {
        "400": "It is not JSON that can be read.",
        "401": "It is not right, or another step is needed (`steps`).",
        "404": "This place has no keys: nobody signs in here.",
        "409": "There is nothing to go on with.",
        "413": TOO_LARGE,
        "415": "It is not JSON.",
        "422": "Something is missing; `errors` names the places.",
        "429": TOO_OFTEN,
    }
    content = {"application/json": {"schema": _ref(sent)}}
    return {
        "operationId": name,
        "summary": summary,
        "description": note,
        "tags": TAG,
        "parameters": [],
        "requestBody": {"required": True, "content": content},
        "responses": {"200": _answer("The tokens.", "TokensOut"), **_refusals(refused)},
        "security": [{}],
    }


def _step(name: str, summary: str, note: str, sent: str) -> Schema:
    """Several of them may make a sign-in."""
    return _request(name, summary, note, sent) | {"parameters": [STEP]}


def _asked(name: str, summary: str, note: str) -> Schema:
    refused = {
        "401": "The sign-in is over.",
        "404": "This place has no keys: nobody signs in here.",
        "409": "There is nothing to go on with.",
        "429": TOO_OFTEN,
    }
    return {
        "operationId": name,
        "summary": summary,
        "description": note,
        "tags": TAG,
        "parameters": [STEP],
        "responses": {"200": _answer("What to ask.", "PasskeyAsked"), **_refusals(refused)},
        "security": [{}],
    }


def _sign_out() -> Schema:
    return {
        "operationId": "sign_out",
        "summary": "Sign the program out",
        "description": "That whose access token is sent.",
        "tags": TAG,
        "parameters": [],
        "responses": {"204": {"description": "It is signed out."}, **_refusals({"401": "The token is not good."})},
        "security": [{"BearerToken": []}],
    }


def _keys() -> Schema:
    return {
        "operationId": "jwks",
        "summary": "The keys that sign tokens",
        "description": "Their public halves, with which others can check who signed a token.",
        "tags": TAG,
        "parameters": [],
        "responses": {"200": _answer("The keys.", "KeysOut")},
        "security": [{}],
    }


def _answer(note: str, schema: str) -> Schema:
    return {"description": note, "content": {"application/json": {"schema": _ref(schema)}}}


def _refusals(notes: dict[str, str]) -> Schema:
    content = {TYPE: {"schema": _ref("Problem")}}
    return {status: {"description": note, "content": content} for status, note in notes.items()}


def _ref(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}
