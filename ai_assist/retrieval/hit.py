"""A passage that was found."""

from dataclasses import dataclass, field

from ai_assist.models import Chunk


@dataclass(frozen=True)
class Hit:
    """`dense` is the cosine of passage and question, counted from that of texts that have nothing in common, 0 where
    nobody could tell; `coverage` says how much of the question's words, by their weight, one sentence of it has; and
    `score` is what it is ranked by. `beside` stands before or after it in the document, and was found too. `is_near`:
    so near that it answers in any language."""

    chunk: Chunk
    score: float
    dense: float
    coverage: float
    beside: list["Hit"] = field(default_factory=list)
    is_near: bool = False

    @property
    def parts(self) -> list["Hit"]:
        """All of it, in the order of the document."""
        return sorted([self, *self.beside], key=lambda hit: hit.chunk.ordinal)

    @property
    def chunks(self) -> list[Chunk]:
        return [hit.chunk for hit in self.parts]

    @property
    def text(self) -> str:
        return "\n\n".join(chunk.text for chunk in self.chunks)
