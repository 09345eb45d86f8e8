"""A whole page with nothing in the cache, seen by a browser: bytes, requests, largest paint, layout shift.

Between browser and web processes stands what stands there in production: something that packs HTML.
"""

import gzip
import http.client
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from statistics import median

from playwright.sync_api import Browser, sync_playwright

from bench.measure import GZIP_LEVEL
from bench.place import Site
from tests.browser import chromium, launch_arguments

VISITS = 5
WATCH = """
window.seen = {paint: 0, shift: 0};
new PerformanceObserver(list => list.getEntries().forEach(e => window.seen.paint = e.startTime))
  .observe({type: "largest-contentful-paint", buffered: true});
new PerformanceObserver(list => list.getEntries().forEach(e => window.seen.shift += e.hadRecentInput ? 0 : e.value))
  .observe({type: "layout-shift", buffered: true});
"""


@dataclass(frozen=True)
class Visit:
    """One cold page; `assets` are the bytes of style sheets and scripts."""

    requests: int
    transferred: int
    assets: int
    paint_ms: float
    shift: float


def cold_visit(site: Site, path: str) -> Visit:
    """The median of some visits, each by a new browser profile."""
    with front(site) as port, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=launch_arguments())
        visits = [_visit(browser, f"http://localhost:{port}{path}") for _ in range(VISITS)]
        browser.close()
    return Visit(*(median(values) for values in zip(*(vars(visit).values() for visit in visits), strict=True)))


def _visit(browser: Browser, address: str) -> Visit:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.add_init_script(WATCH)
    page = context.new_page()
    network = context.new_cdp_session(page)
    network.send("Network.enable")
    sizes: dict[str, int] = {}
    kinds: dict[str, str] = {}
    network.on("Network.responseReceived", lambda event: kinds.update({event["requestId"]: event["type"]}))
    network.on("Network.loadingFinished", lambda event: sizes.update({event["requestId"]: event["encodedDataLength"]}))
    page.goto(address, wait_until="networkidle")
    seen = page.evaluate("window.seen")
    context.close()
    assets = sum(size for request, size in sizes.items() if kinds.get(request) in ("Stylesheet", "Script"))
    return Visit(len(sizes), int(sum(sizes.values())), int(assets), seen["paint"], seen["shift"])


@contextmanager
def front(site: Site) -> Iterator[int]:
    """The port of a small reverse proxy that says `https` and packs HTML."""

    class Forward(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            inside = http.client.HTTPConnection("127.0.0.1", site.port)
            headers = {name: value for name, value in self.headers.items() if name.lower() != "accept-encoding"}
            inside.request(
                "GET", self.path, headers=headers | {"X-Forwarded-Proto": "https", "Accept-Encoding": "gzip"}
            )
            answer = inside.getresponse()
            body = answer.read()
            inside.close()
            kept = [(name, value) for name, value in answer.getheaders() if name.lower() not in DROPPED]
            if answer.headers.get_content_type() == "text/html":
                body = gzip.compress(body, GZIP_LEVEL)
                kept.append(("Content-Encoding", "gzip"))
            self.send_response(answer.status)
            for name, value in kept:
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *said: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Forward)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server.server_port
    finally:
        server.shutdown()


DROPPED = {
    "content-length",
    "connection",
    "transfer-encoding",
    "server",
    "date",
    "strict-transport-security",  # this front speaks plain http
    "content-security-policy",  # its upgrade-insecure-requests would ask for https
}
