"""Embedders that run elsewhere, through LangChain: OpenAI and all that speaks its protocol, Ollama, and others.

The name is LangChain's, and behind an @ how many dimensions to ask for: `openai:text-embedding-3-large@1024`. Keys and
addresses are read from the environment by the library of the provider.
"""

from collections.abc import Iterable, Iterator
from itertools import batched
from math import sqrt
from typing import Any

from langchain.embeddings import init_embeddings

from ai_assist.embedding.embedder import EmbedderAway, Vector
from net.breaker import Breaker

BATCH = 32
OPTIONS: dict[str, dict[str, Any]] = {
    # Without the last it fetches a table of tokens, to cut what is never so long.
    "openai": {"timeout": 20, "max_retries": 2, "check_embedding_ctx_length": False},
}


class Remote:
    unrelated, across = 0.0, 2.0  # nobody measured them

    def __init__(self, name: str, model: str) -> None:
        self.name = name
        self._breaker = Breaker()
        model, _, dimensions = model.partition("@")
        options = OPTIONS.get(model.partition(":")[0], {})
        try:
            if dimensions:
                options = options | {"dimensions": int(dimensions)}
            self._model = init_embeddings(model, **options)
        except (ImportError, ValueError) as error:
            raise EmbedderAway(f"{name}: {error}") from error
        self.dimension = int(dimensions) if dimensions else len(self.question("dimension"))

    def passages(self, texts: Iterable[str]) -> Iterator[Vector]:
        for some in batched(texts, BATCH):
            yield from self._ask(list(some))

    def question(self, text: str) -> Vector:
        return self._ask([text])[0]

    def _ask(self, texts: list[str]) -> list[Vector]:
        if self._breaker.is_open:
            raise EmbedderAway(f"{self.name} failed three times in a row and is left alone for a moment")
        try:
            vectors = self._model.embed_documents(texts)
        except Exception as error:  # each provider has its own
            self._breaker.failed()
            raise EmbedderAway(f"{self.name} does not answer: {type(error).__name__}") from error
        self._breaker.succeeded()
        return [unit(vector) for vector in vectors]


def unit(vector: list[float]) -> Vector:
    length = sqrt(sum(x * x for x in vector))
    return [x / length for x in vector]
