"""A chat model on a local port, which speaks as three providers do and says what a test wants, or fails as it wants."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Say = Callable[[str], list[str]]
TOKENS_IN, TOKENS_OUT = 321, 45


@dataclass
class Served:
    """`say` turns the prompt into words; `fault` is a status, "hang" (before the first word) or "cut" (after it).

    `asked` are the prompts that came; so many pieces leave, then the rest once `held` is set.
    """

    address: str
    say: Say
    fault: str = ""
    pause: float = 0
    asked: list[str] = field(default_factory=list)
    held: threading.Event = field(default_factory=threading.Event)
    holds_after: int = 0

    def answer(self, prompt: str) -> list[str]:
        self.asked.append(prompt)
        return self.say(prompt)


class Handler(BaseHTTPRequestHandler):
    served: Served
    protocol_version = "HTTP/1.1"  # whose streams say where they end

    def do_POST(self) -> None:
        asked: dict[str, Any] = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        prompt = f"{asked.get('system', '')}\n" + "\n".join(str(one["content"]) for one in asked["messages"])
        served = self.served
        words = served.answer(prompt)
        if served.fault.isdigit():
            self.send_response(int(served.fault))
            body = b'{"error": {"message": "not now", "type": "server_error"}}'
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)
            return
        if served.fault == "hang":
            served.held.wait(30)
            self.close_connection = True
            return
        speak = SPEAKERS[self.path.rpartition("/")[2]]
        self.send_response(200)
        is_lines = self.path.endswith("/chat")
        self.send_header("Content-Type", "application/x-ndjson" if is_lines else "text/event-stream")
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        for number, piece in enumerate(speak(words)):
            if served.fault == "cut" and number > 2:
                self.close_connection = True
                return
            if words and served.holds_after and number == served.holds_after:
                served.held.wait(30)
            time.sleep(served.pause)
            self._write(piece.encode())
        self._write(b"")

    def _write(self, piece: bytes) -> None:
        self.wfile.write(b"%x\r\n%s\r\n" % (len(piece), piece))
        self.wfile.flush()

    def log_message(self, *_: object) -> None:
        pass


def openai(words: list[str]) -> Iterator[str]:
    about = {"id": "x", "object": "chat.completion.chunk", "created": 0, "model": "m"}

    def chunk(**fields: Any) -> str:
        return f"data: {json.dumps({**about, **fields})}\n\n"

    for word in words:
        yield chunk(choices=[{"index": 0, "delta": {"role": "assistant", "content": word}, "finish_reason": None}])
    yield chunk(choices=[{"index": 0, "delta": {}, "finish_reason": "stop"}])
    usage = {"prompt_tokens": TOKENS_IN, "completion_tokens": TOKENS_OUT, "total_tokens": TOKENS_IN + TOKENS_OUT}
    yield chunk(choices=[], usage=usage)
    yield "data: [DONE]\n\n"


def anthropic(words: list[str]) -> Iterator[str]:
    def event(kind: str, **fields: Any) -> str:
        return f"event: {kind}\ndata: {json.dumps({'type': kind, **fields})}\n\n"

    usage = {"input_tokens": TOKENS_IN, "output_tokens": 0}
    message = {"id": "x", "type": "message", "role": "assistant", "model": "m", "content": [], "usage": usage}
    yield event("message_start", message={**message, "stop_reason": None, "stop_sequence": None})
    yield event("content_block_start", index=0, content_block={"type": "text", "text": ""})
    for word in words:
        yield event("content_block_delta", index=0, delta={"type": "text_delta", "text": word})
    yield event("content_block_stop", index=0)
    stop = {"stop_reason": "end_turn", "stop_sequence": None}
    yield event("message_delta", delta=stop, usage={"input_tokens": TOKENS_IN, "output_tokens": TOKENS_OUT})
    yield event("message_stop")


def ollama(words: list[str]) -> Iterator[str]:
    about = {"model": "m", "created_at": "2026-01-01T00:00:00Z"}
    for word in words:
        yield json.dumps({**about, "message": {"role": "assistant", "content": word}, "done": False}) + "\n"
    end = {"done": True, "done_reason": "stop", "prompt_eval_count": TOKENS_IN, "eval_count": TOKENS_OUT}
    yield json.dumps({**about, "message": {"role": "assistant", "content": ""}, **end}) + "\n"


SPEAKERS = {"completions": openai, "messages": anthropic, "chat": ollama}
"""By the end of the address that each asks."""


@contextmanager
def serve_model(say: Say) -> Iterator[Served]:
    served = Served("", say)
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Mine", (Handler,), {"served": served}))
    server.daemon_threads = True
    served.address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield served
    finally:
        served.held.set()
        server.shutdown()
        server.server_close()
        thread.join()
