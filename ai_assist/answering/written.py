"""What a worker hands back for a question."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from ai_assist.answering.extractive import Quote
from ai_assist.models import MessageState
from ai_assist.retrieval import Hit


@dataclass(frozen=True)
class Written:
    """`text` is Markdown whose marker `[n]` is the n-th quote; `hits` are all the passages that it was made from."""

    state: MessageState
    hits: Sequence[Hit]
    text: str = ""
    quotes: Sequence[Quote] = field(default_factory=list)
    note: str = ""
    model: str = ""
    tokens_in: int = 0
    tokens_out: int = 0

    @property
    def nearest(self) -> list[int]:
        """The documents of the best passages."""
        return list(dict.fromkeys(hit.chunk.document_id for hit in self.hits))
