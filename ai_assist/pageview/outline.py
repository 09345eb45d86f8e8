"""What a document is made of: its headings and the names of its pages, each with the page that it begins on."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from django.core.cache import cache
from django.db.models import Func, JSONField

from ai_assist import rules
from ai_assist.models import Document

KEPT_SECONDS = 24 * 3600
DEEPEST = 3


class Entry(NamedTuple):
    page: int
    depth: int
    """From 1."""
    text: str


class HeadingsIn(Func):
    template = """jsonb_path_query_array(%(expressions)s, '$[*] ? (@.kind == "heading")')"""
    output_field = JSONField()


def outline(document: Document) -> list[Entry]:
    """As deep as it does not become too long."""
    key = f"outline:{document.pk}:{document.parser_version}:{document.pages}:{document.lease}"
    entries: list[Entry] | None = cache.get(key)
    if entries is None:
        entries = _shortened(list(_entries(document)))
        cache.set(key, entries, KEPT_SECONDS)
    return [Entry(*entry) for entry in entries]


def _entries(document: Document) -> Iterator[Entry]:
    pages = document.page_set.order_by("number").values_list("number", "label", HeadingsIn("blocks"))
    last = ""
    for number, label, headings in pages:
        if label and label != last and not any(heading["text"] == label for heading in headings):
            yield Entry(number, 1, label)
        last = label
        for heading in headings:
            yield Entry(number, max(heading["level"], 1), heading["text"][: rules.LABEL_MAX])


def _shortened(entries: Sequence[Entry]) -> list[Entry]:
    top = min((entry.depth for entry in entries), default=1) - 1
    found = [entry._replace(depth=entry.depth - top) for entry in entries if entry.depth - top <= DEEPEST]
    while len(found) > rules.OUTLINE_ENTRIES and (deepest := max(entry.depth for entry in found)) > 1:
        found = [entry for entry in found if entry.depth < deepest]
    return found[: rules.OUTLINE_ENTRIES]
