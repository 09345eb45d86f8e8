"""A browser without scripts in the hand of a member, against the pages of `bench.served`."""

import http.client
import os
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode, urlsplit
from uuid import UUID, uuid4

FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True)
class Browser:
    """One that knows no scripts, in which somebody has signed in."""

    headers: dict[str, str]

    def post(self, path: str, body: bytes, content_type: str) -> http.client.HTTPResponse:
        return self._asked("POST", path, body, {"Content-Type": content_type})

    def get(self, path: str) -> http.client.HTTPResponse:
        return self._asked("GET", path, None, {})

    def ask(self, fields: dict[str, str]) -> UUID:
        """The question that is answered now: sent, waited for, and its page loaded."""
        waits = self.begin(fields)
        there = self.get(waits).headers["Location"]
        page = self.get(there.partition("#")[0])
        if page.status != 200:
            raise SystemExit(f"{there} answered {page.status}.")
        return UUID(waits.split("/")[3])

    def begin(self, fields: dict[str, str]) -> str:
        """Where the question that was sent is answered."""
        sent = self.post("/conversations/new/", urlencode(fields).encode(), FORM)
        if sent.status != 302:
            raise SystemExit(f"A question was refused ({sent.status}): {fields}")
        return sent.headers["Location"] or ""

    def upload(self, slug: str, folder: int | str, name: str, content: bytes) -> None:
        """As the page of a library sends it."""
        boundary = uuid4().hex
        fields = {"audience": "community", "folder": str(folder)}
        parts = [
            f'--{boundary}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n'.encode()
            for key, value in fields.items()
        ]
        head = f'--{boundary}\r\nContent-Disposition: form-data; name="documents"; filename="{name}"\r\n\r\n'
        body = b"".join([*parts, head.encode(), content, f"\r\n--{boundary}--\r\n".encode()])
        answer = self.post(f"/c/{slug}/library/upload/", body, f"multipart/form-data; boundary={boundary}")
        if answer.status != 302:
            raise SystemExit(f"{name} was refused: {answer.status}")

    def _asked(self, method: str, path: str, body: bytes | None, more: dict[str, str]) -> http.client.HTTPResponse:
        connection = http.client.HTTPConnection(urlsplit(os.environ["SITE_URL"]).netloc, timeout=60)
        connection.request(method, path, body, self.headers | more)
        answer = connection.getresponse()
        answer.text = answer.read().decode()  # type: ignore[attr-defined]
        connection.close()
        return answer


def browser(person: Any) -> Browser:
    from bench.people import signed_in

    return Browser(signed_in(person))
