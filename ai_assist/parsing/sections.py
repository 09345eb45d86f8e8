"""Cuts a text that has no pages into sections, so that there is something to open and to point to."""

from collections.abc import Iterable, Iterator

from .blocks import Block, Page
from .limits import SECTION_CHARACTERS

DEEPEST = 3
"""Headings of this level still begin a section of their own when the one before has become long enough."""
ENOUGH = SECTION_CHARACTERS // 4


def in_sections(blocks: Iterable[Block], *, first: int = 1) -> Iterator[Page]:
    """Pages numbered from `first`. A heading of the first or second level begins one, once there is more than headings
    before it; a section that has become too long goes on under the same name."""
    section: list[Block] = []
    label, number, length = "", first, 0
    for block in blocks:
        has_text = any(one.kind != "heading" for one in section)
        if has_text and _begins_section(block, length):
            yield Page(number, label, section)
            section, number, length = [], number + 1, 0
        if block.kind == "heading" and all(one.kind == "heading" for one in section):
            label = block.text
        section.append(block)
        length += len(block.text)
    if section:
        yield Page(number, label, section)


def _begins_section(block: Block, length: int) -> bool:
    if block.kind == "heading":
        return block.level <= 2 or (block.level <= DEEPEST and length > ENOUGH)
    return length > SECTION_CHARACTERS
