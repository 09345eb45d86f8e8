"""A person's browser: real Chromium, which writes down all that a page must not do."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, WebError

from accounts.models import User

DESK = {"width": 1280, "height": 900}
PHONE = {"width": 320, "height": 640}
WIDER_PHONE = {"width": 390, "height": 844}
PATIENCE_MS = 30_000
# What htmx says of a request that ends because its page was left. A request that fails says htmx:sendError besides.
LEAVING = ("htmx:afterRequest, ", "htmx:sendAbort, ")


class Window:
    """One browser profile with one tab in it. `complaints` are what its console said; `foreign` left the site."""

    def __init__(self, context: BrowserContext, address: str) -> None:
        self.context = context
        self.address = address
        self.complaints: list[str] = []
        self.foreign: list[str] = []
        context.on("console", self._hear)
        context.on("weberror", self._note_error)
        context.on("request", self._note_request)
        self.page: Page = context.new_page()

    def sign_in(self, person: User) -> None:
        """By the session's cookie alone."""
        client = Client()
        client.force_login(person)
        name = settings.SESSION_COOKIE_NAME
        self.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": self.address}])

    def lose_session(self) -> None:
        self.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)

    def expect_complaints(self, *texts: str) -> None:
        """Takes away the complaints that hold one of these texts; of each there must be one."""
        for text in texts:
            kept = [complaint for complaint in self.complaints if text not in complaint]
            assert len(kept) < len(self.complaints), f"nothing in the console says {text!r}: {self.complaints}"
            self.complaints = kept

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and not message.text.startswith(LEAVING):
            self.complaints.append(f"{message.text} ({message.location.get('url', '')})")

    def _note_error(self, error: WebError) -> None:
        self.complaints.append(str(error.error))

    def _note_request(self, request: Request) -> None:
        if not request.url.startswith(self.address + "/"):
            self.foreign.append(request.url)


@contextmanager
def window(browser: Browser, address: str, person: User | None = None, **options: Any) -> Iterator[Window]:
    """A fresh profile. Fails at the end if the console had anything to say or a request left the site."""
    options = {"viewport": DESK, "reduced_motion": "reduce", "locale": "en-GB"} | options
    context = browser.new_context(base_url=address, **options)
    context.set_default_timeout(PATIENCE_MS)
    opened = Window(context, address)
    if person is not None:
        opened.sign_in(person)
    try:
        yield opened
        wrong = opened.complaints + [f"asked {url}" for url in opened.foreign]
        assert not wrong, "\n".join(wrong)
    finally:
        context.close()
