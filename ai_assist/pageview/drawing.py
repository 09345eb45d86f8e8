"""Pages that have a look of their own, those of PDFs and pictures: drawn at the first look, then kept beside the file.

Of each is kept one file: a line of JSON that says how large it is and where its words are, then the picture.
"""

import json
import logging
from collections.abc import Callable
from contextlib import suppress
from dataclasses import astuple
from pathlib import Path
from threading import Lock

from django.core.cache import cache
from django.core.files.base import ContentFile

from ai_assist import parsing, rules
from ai_assist.models import Document, State
from ai_assist.parsing import Drawn, Placed, Unreadable

ONE_AT_A_TIME = Lock()
"""In each process, because of the memory."""
NOT_TRIED_AGAIN = 24 * 3600
"""Seconds, for a page that cannot be drawn."""


logger = logging.getLogger(__name__)


class Undrawn(Exception):
    """There is no picture of this page: never, or when it `is_busy` not yet."""

    def __init__(self, *, is_busy: bool = False) -> None:
        super().__init__()
        self.is_busy = is_busy


def has_look(document: Document) -> bool:
    """The others are shown as text."""
    filetype = parsing.TYPES.get(f".{document.format}")
    return filetype is not None and filetype.reader in parsing.DRAWN


def drawn(document: Document, number: int, *, before: Callable[[], None]) -> Drawn:
    """The page as it looks. `before` is called when it must be drawn, which takes a second.

    Raises Undrawn, and what `before` raises.
    """
    if kept := _kept(document, number):
        return kept
    if cache.get(_failed(document, number)):
        raise Undrawn
    before()
    if not ONE_AT_A_TIME.acquire(timeout=rules.DRAWING_PATIENCE):
        raise Undrawn(is_busy=True)
    try:
        return _kept(document, number) or _draw(document, number)
    finally:
        ONE_AT_A_TIME.release()


def forget_drawings(document: Document) -> None:
    """Of all its pages."""
    for name in (*_names(document), _folder(document)):
        document.file.storage.delete(name)


def _draw(document: Document, number: int) -> Drawn:
    try:
        page = parsing.render(Path(document.file.path), document.filename, number, width=rules.DRAWN_WIDTH)
    except (Unreadable, FileNotFoundError):
        cache.set(_failed(document, number), True, NOT_TRIED_AGAIN)
        raise Undrawn from None
    _make_room(document)
    facts = {"width": page.width, "height": page.height, "words": [astuple(word) for word in page.words]}
    _keep(document, number, json.dumps(facts).encode() + b"\n" + page.content)
    if not Document.objects.filter(pk=document.pk).exclude(state=State.DELETING).exists():
        forget_drawings(document)  # who deletes it may have looked for drawings before this one was there
    return page


def _keep(document: Document, number: int, content: bytes) -> None:
    """Where there is no room it is drawn anew for the next one who looks."""
    name = _name(document, number)
    try:
        document.file.storage.save(name, ContentFile(content))
    except OSError:
        document.file.storage.delete(name)
        logger.exception("a drawn page was not kept")


def _kept(document: Document, number: int) -> Drawn | None:
    try:
        with document.file.storage.open(_name(document, number)) as file:
            head, _, content = file.read().partition(b"\n")
    except FileNotFoundError:
        return None
    facts = json.loads(head)
    return Drawn(content, facts["width"], facts["height"], [Placed(*word) for word in facts["words"]])


def _make_room(document: Document) -> None:
    """The oldest goes: it can be drawn anew."""
    names = _names(document)
    if len(names) >= rules.PAGES_DRAWN:
        storage = document.file.storage
        storage.delete(min(names, key=storage.get_created_time))


def _names(document: Document) -> list[str]:
    folder = _folder(document)
    names: list[str] = []
    with suppress(FileNotFoundError):
        names = document.file.storage.listdir(folder)[1]
    return [f"{folder}/{name}" for name in names]


def _name(document: Document, number: int) -> str:
    return f"{_folder(document)}/{number}"


def _folder(document: Document) -> str:
    return f"{document.file.name}-pages"


def _failed(document: Document, number: int) -> str:
    return f"undrawn:{document.pk}:{number}"
