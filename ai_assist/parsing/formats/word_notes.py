"""Footnotes and endnotes of a Word document."""

from collections.abc import Iterator
from typing import Any

from lxml import etree

from .word_styles import W

RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_KINDS = {"/word/footnotes.xml": "footnote", "/word/endnotes.xml": "endnote"}


def notes_of(part: Any) -> Iterator[tuple[tuple[str, str], Any]]:
    """Each with its kind and id, if the part holds any; the lines that part them from the text are none."""
    kind = _KINDS.get(str(part.partname), "")
    if not kind:
        return
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    for note in etree.fromstring(part.blob, parser).iter(W + kind):
        if note.get(W + "type", "normal") == "normal":
            yield (kind, note.get(W + "id", "")), note
