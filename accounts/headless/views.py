"""Signing in, going on and signing out, for programs. What is wrong is said as everywhere in the API."""

import json
from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.core.exceptions import ImmediateHttpResponse
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from accounts.bearer import bearer_of
from accounts.headless.grants import end_grant, grant_behind, renew_grant
from accounts.headless.keys import keys
from accounts.tokens import TokenRefused
from net.problems import Problem, problem

WRONG = ("email_password_mismatch", "username_password_mismatch", "incorrect_code")
"""What allauth calls a secret that is not the right one."""

View = Callable[..., HttpResponseBase]


def step(view: View, *methods: str) -> View:
    """A step of a sign-in as allauth has it: another step is needed, or here are the tokens. By POST, and by GET where
    a device is to be asked something first."""
    methods = methods or ("POST",)

    @csrf_exempt
    @never_cache
    @wraps(view)
    def taken(request: HttpRequest) -> HttpResponse:
        if not settings.JWT_KEYS:
            return problem(404, _("Programs cannot sign in here. Send a personal token."))
        if request.method not in methods:
            return _not_allowed(", ".join(methods))
        try:
            response = view(request)
        except ImmediateHttpResponse as instead:
            response = instead.response
        except Problem as refused:
            return refused.document
        return _answer(response)

    return taken


@csrf_exempt
@never_cache
def refresh(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return _not_allowed("POST")
    token = _sent(request).get("refresh_token")
    if not isinstance(token, str):
        sentence = _("Send the refresh token.")
        return problem(422, sentence, errors=[{"where": ["body", "refresh_token"], "detail": sentence}])
    try:
        return JsonResponse(renew_grant(token).as_sent())
    except TokenRefused as refused:
        return problem(401, str(refused))


@csrf_exempt
@never_cache
def session(request: HttpRequest) -> HttpResponse:
    """Signs out the program whose access token this is."""
    if request.method != "DELETE":
        return _not_allowed("DELETE")
    try:
        end_grant(grant_behind(bearer_of(request) or ""))
    except TokenRefused as refused:
        return problem(401, str(refused))
    return HttpResponse(status=204)


@csrf_exempt
def jwks(request: HttpRequest) -> HttpResponse:
    """With these keys others can check who signed a token."""
    if request.method not in ("GET", "HEAD"):
        return _not_allowed("GET, HEAD")
    headers = {"Cache-Control": "public, max-age=300"}
    return JsonResponse({"keys": [key.jwk for key in keys().values()]}, headers=headers)


def _sent(request: HttpRequest) -> dict[str, Any]:
    try:
        sent = json.loads(request.body)
    except ValueError:
        return {}
    return sent if isinstance(sent, dict) else {}


def _answer(response: HttpResponseBase) -> HttpResponse:
    said = _read(response)
    meta = said.get("meta", {})
    if response.status_code == 200 and "access_token" in meta:
        tokens = ("access_token", "refresh_token", "expires_in", "token_type")
        return JsonResponse({name: meta[name] for name in tokens})
    if response.status_code == 200 and "request_options" in said.get("data", {}):
        asked = {"request_options": said["data"]["request_options"], "session_token": meta.get("session_token")}
        return JsonResponse({name: value for name, value in asked.items() if value})
    steps = [flow["id"] for flow in said.get("data", {}).get("flows", []) if flow.get("is_pending")]
    if response.status_code == 401 and steps:
        again = {name: meta[name] for name in ("session_token",) if name in meta}
        return problem(401, _("Another step is needed."), steps=steps, **again)
    return _refusal(response, said.get("errors", []))


def _refusal(response: HttpResponseBase, errors: list[dict[str, str]]) -> HttpResponse:
    if any(error["code"] in WRONG for error in errors):
        return problem(401, " ".join(error["message"] for error in errors))
    if errors:
        faults = [
            {"where": ["body", *([error["param"]] if "param" in error else [])], "detail": error["message"]}
            for error in errors
        ]
        return problem(422, " ".join(error["message"] for error in errors), errors=faults)
    sentences = {
        400: _("This is not JSON that can be read."),
        409: _("There is nothing to go on with. Begin to sign in."),
        429: _("That was a lot at once. Please try again later."),
    }
    status = {200: 409, 410: 401}.get(response.status_code, response.status_code)
    answer = problem(status, sentences.get(status, _("Sign in first.")))
    if "Retry-After" in response.headers:
        answer.headers["Retry-After"] = response.headers["Retry-After"]
    return answer


def _read(response: HttpResponseBase) -> dict[str, Any]:
    if isinstance(response, JsonResponse):
        said: dict[str, Any] = json.loads(response.content)
        return said
    return {}


def _not_allowed(method: str) -> HttpResponse:
    response = problem(405, _("This address takes %(method)s.") % {"method": method})
    response.headers["Allow"] = method
    return response
