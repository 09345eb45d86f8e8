"""Inside the process: one document, from its bytes to lines of JSON, whatever its format."""

import json
from collections.abc import Iterator
from dataclasses import replace
from importlib import import_module
from typing import Any, BinaryIO

from .blocks import Block, Count, Facts, Thing, Unreadable, as_json
from .characters import cleaned
from .formats import Upload
from .limits import CHARACTERS_MAX, PAGES_MAX


def prepare(job: dict[str, Any]) -> None:
    _reader(job)


def run(job: dict[str, Any], document: BinaryIO, output: BinaryIO) -> None:
    upload = Upload(document.read(), job["password"], job["start"], job["language"])
    for thing in _checked(_reader(job).read(upload), start=job["start"]):
        output.write(json.dumps(as_json(thing)).encode() + b"\n")
        output.flush()


def _reader(job: dict[str, Any]) -> Any:
    return import_module(f"{__package__}.formats.{job['reader']}")


def _checked(things: Iterator[Thing], *, start: int) -> Iterator[Thing]:
    """Pages without what nobody sees and within the limits, then the facts, which know how many there were."""
    last = characters = 0
    is_empty = start == 1
    for thing in things:
        if isinstance(thing, Facts):
            if is_empty:
                raise Unreadable("empty")
            yield replace(thing, title=cleaned(thing.title), pages=max(thing.pages, last))
            return
        if isinstance(thing, Count):
            yield thing
            continue
        last = thing.number
        if last > PAGES_MAX:
            raise Unreadable("too_many_pages")
        if last < start:
            continue
        page = replace(thing, label=cleaned(thing.label), blocks=_cleaned(thing.blocks))
        characters += sum(len(block.text) for block in page.blocks)
        if characters > CHARACTERS_MAX:
            raise Unreadable("too_large_unpacked")
        is_empty = is_empty and not page.blocks and not page.needs_ocr
        yield page


def _cleaned(blocks: list[Block]) -> list[Block]:
    clean = (replace(block, text=cleaned(block.text)) for block in blocks)
    return [block for block in clean if block.text.strip()]
