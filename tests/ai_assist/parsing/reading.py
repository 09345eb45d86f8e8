"""Reads a document as the pipeline does and tells what came of it."""

import time

import pytest

from ai_assist.parsing import Block, Code, Count, Facts, Page, Unreadable, read


def pages_of(content: bytes, filename: str, **options) -> list[Page]:
    return [thing for thing in read(content, filename, **options) if isinstance(thing, Page)]


def order_of(content: bytes, filename: str) -> list[int | str]:
    """Numbers of pages as they are announced, and the pages themselves as `p1`."""
    things = [thing for thing in read(content, filename) if not isinstance(thing, Facts)]
    return [thing.pages if isinstance(thing, Count) else f"p{thing.number}" for thing in things]


def facts_of(content: bytes, filename: str, **options) -> Facts:
    *_, facts = read(content, filename, **options)
    return facts


def blocks_of(content: bytes, filename: str, **options) -> list[tuple[str, str]]:
    """Kind and text of all blocks, whatever page they are on."""
    return [(block.kind, block.text) for page in pages_of(content, filename, **options) for block in page.blocks]


def only_block(content: bytes, filename: str) -> Block:
    [page] = pages_of(content, filename)
    [block] = page.blocks
    return block


def refused(content: bytes, filename: str, *, within: float = 20, **options) -> Code:
    """The code, if it comes in time."""
    began = time.monotonic()
    with pytest.raises(Unreadable) as refusal:
        list(read(content, filename, **options))
    assert time.monotonic() - began < within
    return refusal.value.code


def outcome(content: bytes, filename: str) -> Code | None:
    """The code, or None when it could be read after all."""
    try:
        blocks_of(content, filename)
    except Unreadable as refusal:
        return refusal.code
    return None
