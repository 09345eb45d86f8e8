"""Passages that stand beside each other in a document are one hit."""

from collections.abc import Iterable
from dataclasses import replace

from ai_assist.retrieval.hit import Hit


def together(hits: Iterable[Hit], top: int) -> list[Hit]:
    """The best `top`; one that continues a better one, under the same heading, is put to it and counts no more."""
    best: list[Hit] = []
    for hit in hits:
        if len(best) == top:
            break
        place = next((n for n, better in enumerate(best) if is_beside(better, hit)), None)
        if place is None:
            best.append(hit)
        else:
            best[place] = replace(best[place], beside=[*best[place].beside, hit])
    return best


def is_beside(better: Hit, hit: Hit) -> bool:
    """Before or after the best passage itself: else a hit would grow into a chapter."""
    one, other = better.chunk, hit.chunk
    is_near = one.document_id == other.document_id and abs(one.ordinal - other.ordinal) == 1
    return is_near and one.heading_path == other.heading_path and one.kind == other.kind == "prose"
