"""Puts the parts of a formula where they belong: bases of exponents, limits under their operator, lines of tables."""

from xml.etree.ElementTree import Element

_PARTS = {
    "msub": 2,
    "msup": 2,
    "munder": 2,
    "mover": 2,
    "mfrac": 2,
    "mroot": 2,
    "msubsup": 3,
    "munderover": 3,
}
_LIMITS = {"msub": "munder", "msubsup": "munderover", "msup": "mover"}
_TAKE_LIMITS = frozenset(("lim", "sup", "inf", "max", "min"))


class UnsupportedFormula(Exception):
    """Says in a few words why a formula is not shown."""


def group_base(element: Element) -> None:
    """A matrix in brackets arrives as three parts, which have to be one to carry an exponent."""
    wanted = _PARTS.get(element.tag)
    if wanted is None or len(element) == wanted:
        return
    surplus = len(element) - wanted
    if surplus != 2 or element[0].tag != "mo" or element[2].tag != "mo" or element.tag in ("mfrac", "mroot"):
        raise UnsupportedFormula("braces are missing around a part")
    base = Element("mrow")
    for part in list(element)[:3]:
        base.append(part)
        element.remove(part)
    element.insert(0, base)


def move_limits(element: Element) -> None:
    """Under and over the operator where there is room, beside it in a line of text: the browser decides."""
    if element.tag in _LIMITS and element[0].tag == "mo":
        operator = element[0]
        if operator.get("movablelimits") == "true" or operator.text in _TAKE_LIMITS:
            operator.set("movablelimits", "true")
            element.tag = _LIMITS[element.tag]


def draw_lines(table: Element) -> None:
    """Browsers no longer read the lines off the table: every cell and row is told its own."""
    columns, rows = (
        table.get("columnlines", "").split(),
        table.get("rowlines", "").split(),
    )
    for row_number, row in enumerate(table):
        if row_number < len(rows) and rows[row_number] != "none":
            row.set("rowlines", rows[row_number])
        for line, cell in zip(columns, row, strict=False):
            if line != "none" and cell is not row[-1]:
                cell.set("columnlines", line)
    for name in ("columnlines", "rowlines"):
        table.attrib.pop(name, None)


def stretch_arrow(element: Element) -> None:
    """An arrow with words above it grows as long as they are; its converter's frame around them would not."""
    if element.tag not in ("mover", "munderover") or element[0].tag != "mstyle" or len(element[0]) != 1:
        return
    arrow = element[0][0]
    arrow.set("stretchy", "true")
    element.remove(element[0])
    element.insert(0, arrow)
    for label in element[1:]:
        label.tag = "mrow"
        label.attrib.clear()
        label.remove(label[-1])
        label.insert(0, Element("mspace", {"width": "0.5em"}))
        label.append(Element("mspace", {"width": "0.5em"}))
