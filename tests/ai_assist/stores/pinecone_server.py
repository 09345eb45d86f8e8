"""A server that speaks as much of Pinecone's protocol as Cairn uses, and fails on demand.

The SDK that talks to it is the real one.
"""

import json
import threading
import time
from collections import deque
from copy import deepcopy
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

Space = dict[str, dict[str, Any]]


class PineconeServer:
    """`faults` are taken one by one, each by the next request to the data: a status, or seconds to be silent for.

    While `is_stale`, reads see what was there before.
    """

    def __init__(self) -> None:
        self.indexes: dict[str, dict[str, Any]] = {}
        self.spaces: dict[str, Space] = {}
        self.seen: dict[str, Space] | None = None
        self.faults: deque[int | float] = deque()
        self.requests: list[str] = []
        self.keys: set[str] = set()
        self.lock = threading.Lock()
        self.http = ThreadingHTTPServer(("127.0.0.1", 0), handler_of(self))
        self.thread = threading.Thread(target=self.http.serve_forever, args=(0.05,), daemon=True)
        self.thread.start()

    @property
    def address(self) -> str:
        return f"http://localhost:{self.http.server_port}"

    @property
    def is_stale(self) -> bool:
        return self.seen is not None

    @is_stale.setter
    def is_stale(self, value: bool) -> None:
        self.seen = deepcopy(self.spaces) if value else None

    def stop(self) -> None:
        self.http.shutdown()
        self.http.server_close()
        self.thread.join()

    def answer(self, method: str, path: str, query: dict[str, list[str]], body: dict[str, Any]) -> tuple[int, Any]:
        if path == "/indexes" and method == "POST":
            return self.create(body)
        if path.startswith("/indexes/"):
            name = path.removeprefix("/indexes/")
            return (200, self.indexes[name]) if name in self.indexes else missing(f"index {name}")
        if path.startswith("/namespaces/"):
            name = unquote(path.removeprefix("/namespaces/"))
            return (200, {}) if self.spaces.pop(name, None) is not None else missing(f"namespace {name}")
        if path == "/vectors/fetch":
            space = self.read(query.get("namespace", [""])[0])
            return 200, {"vectors": {key: space[key] for key in query["ids"] if key in space}}
        if path == "/vectors/list":
            return self.list(query)
        return getattr(self, path.removeprefix("/vectors").removeprefix("/"))(body)

    def create(self, body: dict[str, Any]) -> tuple[int, Any]:
        if body["name"] in self.indexes:
            return 409, {"error": {"code": "ALREADY_EXISTS", "message": "it is there"}, "status": 409}
        self.indexes[body["name"]] = {
            "name": body["name"],
            "host": self.address,
            "status": {"ready": True, "state": "Ready"},
            "schema": body["schema"],
            "deployment": body["deployment"],
            "deletion_protection": "disabled",
        }
        return 201, self.indexes[body["name"]]

    def upsert(self, body: dict[str, Any]) -> tuple[int, Any]:
        space = self.spaces.setdefault(body.get("namespace", ""), {})
        space.update({vector["id"]: vector for vector in body["vectors"]})
        return 200, {"upsertedCount": len(body["vectors"])}

    def query(self, body: dict[str, Any]) -> tuple[int, Any]:
        space = self.read(body.get("namespace", ""))
        found = [one for one in space.values() if matches(one, body.get("filter", {}))]
        scored = [{"id": one["id"], "score": cosine(body["vector"], one["values"])} for one in found]
        scored.sort(key=lambda match: -match["score"])
        return 200, {"matches": scored[: body["topK"]], "namespace": body.get("namespace", "")}

    def update(self, body: dict[str, Any]) -> tuple[int, Any]:
        found = [one for one in self.spaces.get(body["namespace"], {}).values() if matches(one, body["filter"])]
        for one in found:
            one["metadata"] = one["metadata"] | body["setMetadata"]
        return 200, {"matchedRecords": len(found)}

    def list(self, query: dict[str, list[str]]) -> tuple[int, Any]:
        """Two at a time, so that there are several pages."""
        start = int(query.get("paginationToken", ["0"])[0])
        ids = sorted(self.read(query["namespace"][0]))
        further = {"pagination": {"next": str(start + 2)}} if start + 2 < len(ids) else {}
        return 200, {
            "vectors": [{"id": one} for one in ids[start : start + 2]],
            "namespace": query["namespace"][0],
        } | further

    def delete(self, body: dict[str, Any]) -> tuple[int, Any]:
        if body["namespace"] not in self.spaces:
            return missing(f"namespace {body['namespace']}")
        for key in body["ids"]:
            self.spaces[body["namespace"]].pop(key, None)
        return 200, {}

    def describe_index_stats(self, body: dict[str, Any]) -> tuple[int, Any]:
        counts = {name: {"vectorCount": len(space)} for name, space in self.spaces.items()}
        return 200, {"namespaces": counts, "dimension": 0, "totalVectorCount": 0, "indexFullness": 0}

    def read(self, name: str) -> Space:
        return (self.spaces if self.seen is None else self.seen).get(name, {})


def handler_of(server: PineconeServer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do(self) -> None:
            parts = urlsplit(self.path)
            length = int(self.headers.get("content-length") or 0)
            body = json.loads(self.rfile.read(length) or b"{}")
            fault: int | float | None = None
            with server.lock:
                server.requests.append(f"{self.command} {parts.path}")
                server.keys.add(self.headers.get("api-key", ""))
                if server.faults and not parts.path.startswith("/indexes"):
                    fault = server.faults.popleft()
            if isinstance(fault, float):
                time.sleep(fault)
            with server.lock:
                status, answer = (
                    (fault, {"error": {"code": "FAULT", "message": "on demand"}, "status": fault})
                    if isinstance(fault, int)
                    else server.answer(self.command, parts.path, parse_qs(parts.query), body)
                )
                said = json.dumps(answer).encode()
            try:
                self.send_response(status)
                self.send_header("content-type", "application/json")
                self.send_header("content-length", str(len(said)))
                self.end_headers()
                self.wfile.write(said)
            except OSError:
                self.close_connection = True  # who asked has gone

        def do_GET(self) -> None:
            self.do()

        def do_POST(self) -> None:
            self.do()

        def do_DELETE(self) -> None:
            self.do()

        def log_message(self, *args: Any) -> None: ...

    return Handler


def missing(what: str) -> tuple[int, Any]:
    return 404, {"error": {"code": "NOT_FOUND", "message": f"no {what}"}, "status": 404}


def matches(one: dict[str, Any], among: dict[str, dict[str, Any]]) -> bool:
    values = one.get("metadata", {})
    return all(values.get(name) in (test["$in"] if "$in" in test else [test["$eq"]]) for name, test in among.items())


def cosine(one: list[float], other: list[float]) -> float:
    lengths = sum(a * a for a in one) * sum(b * b for b in other)
    return sum(a * b for a, b in zip(one, other, strict=True)) / lengths**0.5
