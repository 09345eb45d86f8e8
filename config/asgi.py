"""The door for web servers that keep connections open: `granian --interface asginl config.asgi:application`.

Streams go to Django's ASGI handler. Pages go to its WSGI handler in a few threads: under ASGI each would cost three
times as much.
"""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
os.environ.setdefault("CAIRN_PROCESS", "web")

from collections.abc import Awaitable, Callable
from typing import Any

from a2wsgi import WSGIMiddleware  # after the name of the process is set
from django.core.asgi import get_asgi_application

from config.wsgi import application as pages_application

PAGE_THREADS = 4
streams = get_asgi_application()
pages: Any = WSGIMiddleware(pages_application, workers=PAGE_THREADS)  # type: ignore[arg-type]  # Django's own


async def application(
    scope: dict[str, Any],
    receive: Callable[[], Awaitable[Any]],
    send: Callable[[Any], Awaitable[None]],
) -> None:
    async def receive_soon() -> Any:  # granian's own is awaitable, but a2wsgi wants a coroutine
        return await receive()

    if scope["type"] == "http" and not scope["path"].startswith("/streams/"):
        await pages(scope, receive_soon, send)
    else:
        await streams(scope, receive, send)
