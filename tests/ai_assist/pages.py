"""Pages of blocks as a parser gives them, written short."""

from dataclasses import dataclass
from typing import Any

from ai_assist.chunking import PageText


@dataclass(frozen=True)
class Block:
    kind: str
    text: str
    level: int = 0
    language: str = ""


def page(number: int, *blocks: tuple[Any, ...], label: str = "") -> PageText:
    """Each block as kind, text and what its kind needs besides."""
    return PageText(number, label, [Block(*block) for block in blocks])


def prose(number: int, *paragraphs: str) -> PageText:
    return page(number, *[("prose", paragraph) for paragraph in paragraphs])
