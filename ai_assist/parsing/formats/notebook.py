"""Jupyter notebooks: texts as Markdown, code as it stands, and what it printed last."""

import re
from collections.abc import Iterator
from typing import Any

import nbformat

from ..blocks import Block, Facts, Page
from ..encodings import decoded
from ..sections import in_sections
from . import Upload, load_whole, markdown

OUTPUT_CHARACTERS = 2_000
_COLOURS = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")
_PICTURE = re.compile(r"^<.{1,200}>$", re.DOTALL)
"""`<Figure size 640x480 with 1 Axes>`: says only that there is something to see."""
_OLDEST = '{"nbformat": 3, "nbformat_minor": 0, "metadata": {}, "worksheets": []}'

load_whole(nbformat)
nbformat.reads(_OLDEST, as_version=4)  # type: ignore[no-untyped-call] # loads the schemas of both versions


def read(upload: Upload) -> Iterator[Page | Facts]:
    text = decoded(upload.content)
    notebook = nbformat.reads(text, as_version=4, capture_validation_error={})  # type: ignore[no-untyped-call]
    about = notebook.get("metadata", {})
    language = about.get("language_info", {}).get("name") or about.get("kernelspec", {}).get("language") or ""
    yield from in_sections(block for cell in notebook["cells"] for block in _blocks(cell, str(language)))
    yield Facts(title=str(about.get("title") or ""), is_paged=False)


def _blocks(cell: Any, language: str) -> Iterator[Block]:
    source = _joined(cell.get("source"))
    if cell["cell_type"] == "markdown":
        yield from markdown.blocks_of(source)
    elif cell["cell_type"] == "code":
        yield Block("code", source, language=language)
        for output in cell.get("outputs", []):
            yield from _output(output)
    else:
        yield Block("prose", source)


def _output(output: Any) -> Iterator[Block]:
    data = output.get("data", {})
    tex = _joined(data.get("text/latex")).strip().strip("$").strip()
    if tex:
        yield Block("math", tex.removeprefix("\\displaystyle").strip())
        return
    failure = f"{output['ename']}: {output.get('evalue', '')}" if output.get("ename") else ""
    said = _COLOURS.sub("", _joined(output.get("text") or data.get("text/plain")) or failure).strip()
    if said and not _PICTURE.match(said):
        yield Block("code", said[:OUTPUT_CHARACTERS], label="output")


def _joined(text: Any) -> str:
    """They may keep texts as lists of lines."""
    return "".join(map(str, text)) if isinstance(text, list) else str(text or "")
