"""What tests of documents begin with."""

from collections.abc import Callable, Iterator

import pytest
from django.core.files.base import ContentFile

from accounts.models import User
from ai_assist.actions.uploading import add_document
from ai_assist.models import Document
from net.breaker import Breaker
from tests.ai_assist.embedding.openai_server import OpenAIServer
from tests.ai_assist.stores.pinecone_server import PineconeServer

NOTES = """# Cairns

A cairn is a pile of stones that walkers leave where a path is hard to see.
Each walker who comes by adds one stone, so that the pile stays visible in fog and snow.

## How high

The highest cairn on the northern moor stands 4 metres tall. It was begun in 1871 by the shepherd Elin Varga.

$$h = \\frac{1}{2} g t^2$$

## In code

```python
def stones(days: int) -> int:
    return days * 3
```
"""


@pytest.fixture
def upload() -> Callable[..., Document]:
    """A document as it is right after it was sent."""

    def add(by: User, text: str = NOTES, name: str = "cairns.md", **fields: object) -> Document:
        document, _ = add_document(ContentFile(text.encode(), name=name), by=by, name=name, **fields)
        return document

    return add


@pytest.fixture
def pinecone(settings, monkeypatch) -> Iterator[PineconeServer]:
    """Asked as in production, except that nobody waits long; whether it is the store, the test says."""
    server = PineconeServer()
    settings.PINECONE_API_KEY, settings.PINECONE_HOST = "a-key", server.address
    monkeypatch.setattr("ai_assist.stores.pinecone.breaker", Breaker())
    monkeypatch.setattr("ai_assist.stores.pinecone.PATIENCE", 0.5)
    yield server
    server.stop()


@pytest.fixture(params=["pgvector", "pinecone"])
def each_store(request, settings) -> str:
    """The test is run in each of them."""
    if request.param == "pinecone":
        request.getfixturevalue("pinecone")
    settings.VECTOR_STORE = request.param
    return request.param


@pytest.fixture
def openai(monkeypatch) -> Iterator[OpenAIServer]:
    """What LangChain takes for OpenAI."""
    server = OpenAIServer()
    monkeypatch.setenv("OPENAI_API_KEY", "a-key")
    monkeypatch.setenv("OPENAI_BASE_URL", server.address)
    monkeypatch.setattr("ai_assist.embedding._loaded", {})
    yield server
    server.stop()
