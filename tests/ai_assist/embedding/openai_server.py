"""A server that answers for embeddings in OpenAI's protocol: a vector for each text, the same for the same words."""

import json
import threading
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


class OpenAIServer:
    """`status` is what it answers; `asked` what it was sent. While `is_hanging` nobody is answered.

    It speaks as Ollama does, too, where it is asked so.
    """

    def __init__(self) -> None:
        self.status = 200
        self.is_hanging = False
        self.stopped = threading.Event()
        self.asked: list[dict[str, Any]] = []
        self.http = ThreadingHTTPServer(("127.0.0.1", 0), handler_of(self))
        self.thread = threading.Thread(target=self.http.serve_forever, args=(0.05,), daemon=True)
        self.thread.start()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.http.server_port}/v1"

    def stop(self) -> None:
        self.stopped.set()
        self.http.shutdown()
        self.http.server_close()
        self.thread.join()


def handler_of(server: OpenAIServer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            asked = json.loads(self.rfile.read(int(self.headers["content-length"])))
            server.asked.append(asked)
            if server.is_hanging:
                server.stopped.wait(30)
                self.close_connection = True
                return
            vectors = [bag_of_words(text, asked.get("dimensions", 16)) for text in asked["input"]]
            answer = {
                "object": "list",
                "model": asked["model"],
                "embeddings": vectors,  # Ollama's word
                "data": [{"object": "embedding", "index": n, "embedding": v} for n, v in enumerate(vectors)],
                "usage": {"prompt_tokens": 1, "total_tokens": 1},
            }
            said = json.dumps(answer if server.status == 200 else {"error": {"message": "on demand"}}).encode()
            self.send_response(server.status)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(said)))
            self.end_headers()
            self.wfile.write(said)

        def log_message(self, *args: Any) -> None: ...

    return Handler


def bag_of_words(text: str, dimensions: int) -> list[float]:
    """Not of length 1."""
    vector = [0.1] * dimensions
    for word in text.casefold().split():
        vector[sha256(word.encode()).digest()[0] % dimensions] += 1
    return vector
