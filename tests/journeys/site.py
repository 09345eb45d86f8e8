"""The site as a browser meets it: on a real socket, in a thread of this process or in a process of its own."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.core.servers.basehttp import ThreadedWSGIServer
from django.db import connection
from django.test.testcases import QuietWSGIRequestHandler


class Server(ThreadedWSGIServer):
    daemon_threads = True


@contextmanager
def serve() -> Iterator[str]:
    """Serves pages and static files; gives the address."""
    server = Server(("127.0.0.1", 0), QuietWSGIRequestHandler)
    server.set_app(WSGIHandler())
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://localhost:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@contextmanager
def serve_streams() -> Iterator[str]:
    """As it runs: pages and streams behind one door, in a process of their own."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    address = f"http://localhost:{port}"
    base = os.environ["DATABASE_URL"].rpartition("/")[0]
    given = {"DATABASE_URL": f"{base}/{connection.settings_dict['NAME']}", "MEDIA_ROOT": str(settings.MEDIA_ROOT)}
    server = [sys.executable, "-m", "granian", "--interface", "asginl", "config.asgi:application", "--port", port]
    process = subprocess.Popen([*server, "--log-level", "warning"], env=os.environ | given)
    try:
        until = time.monotonic() + 60
        while time.monotonic() < until:
            with suppress(OSError), urllib.request.urlopen(f"{address}/healthz", timeout=5):
                break
            time.sleep(0.2)
        yield address
    finally:
        process.terminate()
        process.wait(20)
