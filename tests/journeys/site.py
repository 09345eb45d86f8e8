"""The site as a browser meets it: the WSGI application on a real socket, and a Celery worker, in threads of this process."""

from __future__ import annotations

import queue
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from celery.contrib.testing.worker import start_worker
from celery.signals import task_success
from django.core.handlers.wsgi import WSGIHandler
from django.core.servers.basehttp import ThreadedWSGIServer
from django.test.testcases import QuietWSGIRequestHandler

from config.celery import app
from config.local.ports import free_port_from

LOWEST_PORT = 18000


class Server(ThreadedWSGIServer):
    daemon_threads = True


@contextmanager
def serve() -> Iterator[str]:
    """Serves pages and static files; gives the address."""
    port = free_port_from(LOWEST_PORT)
    server = Server(("127.0.0.1", port), QuietWSGIRequestHandler)
    server.set_app(WSGIHandler())
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://localhost:{port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class Worker:
    """Tells which tasks the running worker has done."""

    def __init__(self) -> None:
        self._done: queue.Queue[str] = queue.Queue()

    def note(self, sender: Any, **_: Any) -> None:
        self._done.put(sender.name)

    def wait_for(self, task: str, *, seconds: float = 30) -> None:
        """Returns when the next task of this name is done; raises queue.Empty when none is in time."""
        while self._done.get(timeout=seconds) != task:
            pass


@contextmanager
def work() -> Iterator[Worker]:
    worker = Worker()
    task_success.connect(worker.note)
    try:
        with start_worker(app, perform_ping_check=False):
            yield worker
    finally:
        task_success.disconnect(worker.note)
