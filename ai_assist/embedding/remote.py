"""Embedders that run elsewhere, through LangChain: OpenAI and all that speaks its protocol, Ollama, and others.

The name is LangChain's, and behind an @ how many dimensions to ask for: `openai:text-embedding-3-large@1024`. Keys and
addresses are read from the environment by the library of the provider.
"""

from collections.abc import Iterable, Iterator
from itertools import batched
from math import sqrt
from typing import Any

from langchain.embeddings import init_embeddings
from langchain_core.embeddings import Embeddings

from ai_assist.embedding.embedder import EmbedderAway, Vector
from net.breaker import Breaker

BATCH = 32
CONNECT, ANSWER, PASSAGES = 3.0, 4.5, 30.0
"""Seconds for one try: to be heard at all, for the vector of a question, and for those of a batch of passages. With the
second try somebody who asks waits ten seconds at most."""


def options(provider: str, seconds: float, again: int) -> dict[str, Any]:
    """Each library has its own word for patience; what no library is told has no end."""
    patience = (CONNECT, seconds, seconds, seconds)  # to connect, read, write and for a free connection
    if provider == "openai":
        # Without the last it fetches a table of tokens, to cut what is never so long.
        return {"timeout": patience, "max_retries": again, "check_embedding_ctx_length": False}
    if provider == "ollama":
        return {"client_kwargs": {"timeout": patience}}
    return {}


class Remote:
    unrelated, across = 0.0, 2.0  # nobody measured them

    def __init__(self, name: str, model: str) -> None:
        self.name = name
        self._breaker = Breaker()
        model, _, dimensions = model.partition("@")
        provider = model.partition(":")[0]
        try:
            wanted: dict[str, Any] = {"dimensions": int(dimensions)} if dimensions else {}
            self._asked = init_embeddings(model, **options(provider, ANSWER, again=1), **wanted)
            self._indexed = init_embeddings(model, **options(provider, PASSAGES, again=2), **wanted)
        except (ImportError, ValueError) as error:
            raise EmbedderAway(f"{name}: {error}") from error
        self.dimension = int(dimensions) if dimensions else len(self.question("dimension"))

    def passages(self, texts: Iterable[str]) -> Iterator[Vector]:
        for some in batched(texts, BATCH):
            yield from self._ask(self._indexed, list(some))

    def question(self, text: str) -> Vector:
        return self._ask(self._asked, [text])[0]

    def _ask(self, model: Embeddings, texts: list[str]) -> list[Vector]:
        if self._breaker.is_open:
            raise EmbedderAway(f"{self.name} failed three times in a row and is left alone for a moment")
        try:
            vectors = model.embed_documents(texts)
        except Exception as error:  # each provider has its own
            self._breaker.failed()
            raise EmbedderAway(f"{self.name} does not answer: {type(error).__name__}") from error
        self._breaker.succeeded()
        return [unit(vector) for vector in vectors]


def unit(vector: list[float]) -> Vector:
    length = sqrt(sum(x * x for x in vector))
    return [x / length for x in vector]
