"""What the styles of a Word document say about its paragraphs: headings, lists, code, and what is hidden."""

import re
from collections import defaultdict
from typing import Any

from .fonts import is_fixed

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_HEADING = re.compile(r"^heading (\d)$")
_OFF = ("0", "false", "off", "none")
_SMALLEST = 4
"""Half points. Smaller text is no text to anybody."""
_DEEPEST_STYLE = 12


class Styles:
    def __init__(self, styles: Any, numbering: Any) -> None:
        self.styles = {style.get(W + "styleId"): style for style in styles.iter(W + "style")}
        self.formats = _formats(numbering) if numbering is not None else {}
        self.lists = _lists(numbering) if numbering is not None else {}
        self.starts = _starts(numbering) if numbering is not None else {}
        self.counts: defaultdict[tuple[str, int], int] = defaultdict(int)

    def heading_level(self, paragraph: Any) -> int:
        """0: none."""
        for properties in self._of(paragraph, "pPr"):
            outline = _value(properties, "outlineLvl")
            if outline.isdigit():
                return min(int(outline) + 1, 6) if int(outline) < 9 else 0
        for name in self._names(paragraph):
            said = _HEADING.match(name)
            if said:
                return min(max(int(said[1]), 1), 6)
            if name == "title":
                return 1
        return 0

    def marker(self, paragraph: Any) -> str:
        """The bullet or number before it with its indent, or nothing when it is in no list."""
        number = level = ""
        for properties in self._of(paragraph, "pPr"):
            inside = properties.find(W + "numPr")
            if inside is not None:
                number, level = number or _value(inside, "numId"), level or _value(inside, "ilvl")
        depth = min(int(level), 8) if level.isdigit() else 0
        if number in ("", "0"):
            is_list = any(name.startswith("list bullet") for name in self._names(paragraph))
            return "- " if is_list else ""
        if self.formats.get((number, depth), "bullet") in ("bullet", "none"):
            return "  " * depth + "- "
        counted = self.lists.get(number, number)
        if (number, depth) in self.starts:
            self.counts[counted, depth] = self.starts.pop((number, depth)) - 1
        self.counts[counted, depth] += 1
        for deeper in range(depth + 1, 9):
            self.counts[counted, deeper] = 0
        return "  " * depth + f"{self.counts[counted, depth]}. "

    def is_hidden(self, run: Any, paragraph: Any) -> bool:
        for properties in (*self._of(run, "rPr"), *self._of(paragraph, "rPr")[1:]):
            vanish = properties.find(W + "vanish")
            if vanish is not None:
                return vanish.get(W + "val", "1") not in _OFF
        size = _value(run.find(W + "rPr"), "sz")
        return size.isdigit() and int(size) < _SMALLEST

    def is_code(self, run: Any, paragraph: Any) -> bool:
        for properties in (*self._of(run, "rPr"), *self._of(paragraph, "rPr")[1:]):
            fonts = properties.find(W + "rFonts")
            if fonts is not None and fonts.get(W + "ascii"):
                return is_fixed(fonts.get(W + "ascii"))
        return False

    def _names(self, paragraph: Any) -> list[str]:
        return [name.lower() for style in self._chain(paragraph, "pPr") if (name := _value(style, "name"))]

    def _of(self, element: Any, kind: str) -> list[Any]:
        """The properties of a paragraph (`pPr`) or run (`rPr`): its own, then those of its style and what that is
        based on. The first is empty when it has none of its own."""
        own = element.find(W + kind)
        of_styles = (style.find(W + kind) for style in self._chain(element, "pPr" if element.tag == W + "p" else "rPr"))
        return [own if own is not None else _NOTHING, *(each for each in of_styles if each is not None)]

    def _chain(self, element: Any, kind: str) -> list[Any]:
        chain: list[Any] = []
        name = _value(element.find(W + kind), "pStyle" if kind == "pPr" else "rStyle")
        while name in self.styles and len(chain) < _DEEPEST_STYLE:
            chain.append(self.styles[name])
            name = _value(chain[-1], "basedOn")
        return chain


def _value(element: Any, name: str) -> str:
    found = element.find(W + name) if element is not None else None
    return str(found.get(W + "val", "")) if found is not None else ""


class _Nothing:
    """Properties without a property."""

    def find(self, name: str) -> None:
        return None


_NOTHING = _Nothing()


def _formats(numbering: Any) -> dict[tuple[str, int], str]:
    """Of each level of each list: `bullet`, `decimal` …"""
    levels = {
        definition.get(W + "abstractNumId"): {
            level.get(W + "ilvl", "0"): _value(level, "numFmt") for level in definition.iter(W + "lvl")
        }
        for definition in numbering.iter(W + "abstractNum")
    }
    return {
        (number.get(W + "numId"), int(level)): kind
        for number in numbering.iter(W + "num")
        for level, kind in levels.get(_value(number, "abstractNumId"), {}).items()
        if level.isdigit()
    }


def _lists(numbering: Any) -> dict[str, str]:
    """Several may be one: they are counted on."""
    return {number.get(W + "numId"): _value(number, "abstractNumId") for number in numbering.iter(W + "num")}


def _starts(numbering: Any) -> dict[tuple[str, int], int]:
    """Where one begins anew, when it is first used."""
    return {
        (number.get(W + "numId"), int(override.get(W + "ilvl"))): int(start)
        for number in numbering.iter(W + "num")
        for override in number.iter(W + "lvlOverride")
        if (start := _value(override, "startOverride")).isdigit() and override.get(W + "ilvl", "").isdigit()
    }
