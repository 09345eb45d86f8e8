"""A program of somebody else: a real server on this machine, which remembers what it was told."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

Answer = Callable[[Any], None]


class Listener(BaseHTTPRequestHandler):
    """Answers with what the server was told to."""

    server: "Listening"

    def do_POST(self) -> None:
        length = int(self.headers["Content-Length"])
        self.server.came.append((self.path, dict(self.headers), self.rfile.read(length)))
        self.server.answer(self)

    def log_message(self, *_: object) -> None:
        """Nothing."""


class Listening(HTTPServer):
    """`came` has path, headers and body of each request."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Listener)
        self.came: list[tuple[str, dict[str, str], bytes]] = []
        self.answer = answering()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/in"


def answering(status: int = 200, body: bytes = b"thanks", **headers: str) -> Answer:
    def answer(handler: Listener) -> None:
        handler.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(body)

    return answer


@contextmanager
def listening() -> Iterator[Listening]:
    with Listening() as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield server
        server.shutdown()
        thread.join()
