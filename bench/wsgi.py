"""Cairn's own application, and beside it in the same process the constant view and a counter of queries.

`/_constant` passes the middleware of a new Django project, so that middleware of ours cannot make it dearer and
our ratios smaller. `/_constant_in_cairn` passes ours.
"""

from collections.abc import Callable, Iterable
from typing import Any

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.db import connection

from communities.rules import RATES
from config.wsgi import application as cairn
from net.limits import Rate

NEW_PROJECT = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
COUNT = "HTTP_X_BENCH_COUNT"
RATES["search signed out"] = RATES["similar"] = Rate(10**9, 60)  # nobody else asks so often


class ConstantRequest(WSGIRequest):
    urlconf = "bench.urls"


class ConstantHandler(WSGIHandler):
    request_class = ConstantRequest


constant_in_cairn = ConstantHandler()
ours, settings.MIDDLEWARE = settings.MIDDLEWARE, NEW_PROJECT
constant = ConstantHandler()  # reads the setting only now
settings.MIDDLEWARE = ours
HANDLERS = {"/_constant": constant, "/_constant_in_cairn": constant_in_cairn}


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    if COUNT in environ:
        return counted(environ, start_response)
    return HANDLERS.get(environ["PATH_INFO"], cairn)(environ, start_response)


def counted(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Adds a header that says how many statements the page sent to the database."""
    statements: list[str] = []

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        statements.append(sql)
        return execute(sql, params, many, context)

    def start(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
        return start_response(status, [*headers, ("X-Bench-Statements", str(len(statements)))], *rest)

    with connection.execute_wrapper(note):
        return cairn(environ, start)
