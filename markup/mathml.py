"""Finishes the MathML of the converter: no style attribute, known classes instead, and lengths within limits."""

import re
from xml.etree.ElementTree import Element, fromstring, tostring

from .math_brackets import show_brackets
from .math_commands import CHECK_ABOVE, STRUCK, WAVE_ABOVE, WAVE_BELOW
from .math_source import UnsupportedFormula

_ENTITIES = {"&ApplyFunction;": "\u2061", "&InvisibleTimes;": "\u2062", "&nbsp;": "\xa0"}
_SCRIPT_FORMS = re.compile("[\ufe00\ufe01]")
_BORDER = re.compile(r"border-(left|right|top|bottom):\s*[\d.]+em (solid|dashed)")
_ALIGN = re.compile(r"text-align:\s*(left|right)")
_FLUSH = re.compile(r"padding-(left|right): 0;")
_BACK = re.compile(r"margin-left:\s*-([\d.]+)em")
_ROOM = re.compile(r"padding-(left|right):\s*([\d.]+)em")
_LENGTH = re.compile(r"(-?\d*\.?\d+)(em|mu|pt|px|ex)?")
_EM = {"em": 1.0, "ex": 0.5, "mu": 1 / 18, "pt": 0.1, "px": 0.0625, None: 1.0}
_LENGTH_ATTRIBUTES = ("width", "height", "depth", "voffset", "lspace", "rspace")

_MAX_LENGTH_EM = 20.0
_MAX_SHIFT_EM = 3.0
_MAX_BACKWARDS_EM = 4.0
"""In one formula. More could draw over what stands beside it."""
_BACKWARDS_MU = (1, 2, 3, 4, 5, 6, 9, 12, 18, 36, 72)
"""Steps that the style sheet has a class for."""

_STYLES_OF_TEXT = {"b": "bold", "i": "italic", "em": "italic", "code": "monospace"}
_ACCENTS = {WAVE_ABOVE: ("mover", "\u0303"), WAVE_BELOW: ("munder", "\u0303"), CHECK_ABOVE: ("mover", "\u030c")}
_RULE = "\u0332"
_RULES = {"mover": "top", "munder": "bottom"}
_ARROWS = re.compile("[←-⇿⟵-⟿]")


def finish(found: str, *, display: bool) -> str:
    for entity, character in _ENTITIES.items():
        found = found.replace(entity, character)
    math = fromstring(_SCRIPT_FORMS.sub("", found))  # noqa: S314 - written by the converter, without declarations
    math.set("display", "block" if display else "inline")
    show_brackets(math)
    backwards = 0.0
    for element in list(math.iter()):
        if element.tag == "mtext":
            _flatten_text(element)
        elif element.tag == "menclose":
            _drop_strokes(element)
        elif element.tag == "mtable":
            _drop_empty_last_row(element)
        elif element.tag in ("mover", "munder", "munderover"):
            _stretch_arrows(element)
            _draw_mark(element)
        backwards += _class_from_style(element) + _limit_lengths(element)
    if backwards > _MAX_BACKWARDS_EM:
        raise UnsupportedFormula("too much negative space")
    return tostring(math, encoding="unicode", short_empty_elements=False)


def _flatten_text(element: Element) -> None:
    """Words carry one style; a browser that reads MathML knows no HTML inside of it."""
    inner = [child for child in element.iter() if child is not element]
    styles = {_STYLES_OF_TEXT.get(child.tag, "") for child in inner}
    styles |= {"sans-serif" for child in inner if child.get("class") == "math-core-sans-serif-font"}
    element.text = "".join(element.itertext()).replace(" ", "\xa0")
    for child in list(element):
        element.remove(child)
    for style in ("monospace", "sans-serif", "bold", "italic"):
        if style in styles:
            element.set("mathvariant", "bold-italic" if {"bold", "italic"} <= styles else style)
            return


def _drop_strokes(element: Element) -> None:
    """The converter adds rows for its own style sheet to draw on; ours needs none."""
    for child in list(element):
        if child.get("class", "").startswith("menclose-"):
            element.remove(child)


def _drop_empty_last_row(table: Element) -> None:
    """Of a table whose source ends with a new line; a line above that row is the one below the table."""
    *rows, last = list(table)
    if not rows or any(len(cell) for cell in last):
        return
    table.remove(last)
    below = _BORDER.search("".join(cell.get("style", "") for cell in last if "border-top" in cell.get("style", "")))
    if below:
        for cell in rows[-1]:
            cell.set("style", f"{cell.get('style', '')}border-bottom: 0.05em {below[2]};")


def _stretch_arrows(element: Element) -> None:
    """As long as the words above it, or as the letters below."""
    for part in element:
        if part.tag == "mo" and _ARROWS.fullmatch(part.text or "") and part.get("stretchy") is None:
            part.set("stretchy", "true")


def _draw_mark(element: Element) -> None:
    base, mark = element[0], element[1]
    if mark.text == STRUCK:
        _enclose(element, "horizontalstrike")
    elif mark.text == _RULE and element.tag in _RULES:  # browsers do not stretch this one
        _enclose(element, _RULES[element.tag])
    elif mark.text in _ACCENTS:
        element.tag, character = _ACCENTS[mark.text]
        element.set("accent" if element.tag == "mover" else "accentunder", "true")
        element.remove(mark)
        sign = Element("mo", {"stretchy": "true"})
        sign.text = character
        element[:] = [base, sign]


def _enclose(element: Element, notation: str) -> None:
    """A line drawn by the style sheet instead of a sign."""
    element.remove(element[1])
    element.tag = "menclose"
    element.attrib.clear()
    element.set("notation", notation)


def _class_from_style(element: Element) -> float:
    """Classes that formula.css draws. Returns how far the element goes back, in em."""
    for name in ("class", "id", "href"):
        element.attrib.pop(name, None)
    style = element.attrib.pop("style", "")
    if not style:
        return 0.0
    back = _BACK.search(style)
    if back and element.tag == "mspace":
        wanted = float(back[1]) * 18
        step = min(_BACKWARDS_MU, key=lambda mu: abs(mu - wanted))
        element.set("class", f"math-back-{step}")
        return float(back[1])
    if element.tag == "mpadded":
        _room_around(element, dict(_ROOM.findall(style)))
    classes = [f"math-{side}" for side in _ALIGN.findall(style)]
    classes += [f"math-flush-{side}" for side in _FLUSH.findall(style) if element.tag == "mtd"]
    classes += [f"math-{'line' if kind == 'solid' else 'dash'}-{side}" for side, kind in _BORDER.findall(style)]
    if classes and element.tag in ("mtable", "mtd"):
        element.set("class", " ".join(classes))
    return 0.0


def _room_around(element: Element, sides: dict[str, str]) -> None:
    element.tag = "mrow"
    if "left" in sides:
        element.insert(0, Element("mspace", {"width": f"{sides['left']}em"}))
    if "right" in sides:
        element.append(Element("mspace", {"width": f"{sides['right']}em"}))


def _limit_lengths(element: Element) -> float:
    backwards = 0.0
    for name in _LENGTH_ATTRIBUTES:
        if name in element.attrib:
            length = _em(element.attrib[name])
            if abs(length) > (_MAX_SHIFT_EM if name == "voffset" else _MAX_LENGTH_EM):
                raise UnsupportedFormula(f"the length {element.attrib[name]} is too large")
            backwards += max(0.0, -length)
            element.set(name, f"{length:.4g}em")
    return backwards


def _em(value: str) -> float:
    match = _LENGTH.fullmatch(value)
    if not match:
        raise UnsupportedFormula(f"the length {value} is not supported")
    return float(match[1]) * _EM[match[2]]
