"""What tests of documents begin with."""

from collections.abc import Callable

import pytest
from django.core.files.base import ContentFile

from accounts.models import User
from ai_assist.actions.uploading import add_document
from ai_assist.models import Document

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
