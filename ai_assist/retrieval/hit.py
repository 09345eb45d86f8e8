"""A passage that was found."""

from dataclasses import dataclass, field

from ai_assist.models import Chunk


@dataclass(frozen=True)
class Hit:
    """`dense` is the cosine of passage and question, `coverage` how much of the question's words one sentence of it
    has, by their weight, and `score` what it is ranked by. `beside` stands before and after it in the document, and was
    found too."""

    chunk: Chunk
    score: float
    dense: float
    coverage: float
    beside: list[Chunk] = field(default_factory=list)

    @property
    def chunks(self) -> list[Chunk]:
        """All of it, in the order of the document."""
        return sorted([self.chunk, *self.beside], key=lambda chunk: chunk.ordinal)

    @property
    def text(self) -> str:
        return "\n\n".join(chunk.text for chunk in self.chunks)
