"""Repairs the tree that latex2mathml builds so that browsers draw what the author meant, or refuses it."""

import re
from xml.etree.ElementTree import Element

from .math_letters import letter
from .math_shape import (
    UnsupportedFormula,
    draw_lines,
    group_base,
    move_limits,
    stretch_arrow,
)
from .math_spacing import mark_accents, space_functions

_TOKENS = frozenset(("mi", "mn", "mo", "mtext"))
_CHARACTER = re.compile(r"&#x([0-9A-Fa-f]+);")
_LENGTH = re.compile(r"([+-]?)(\d*\.?\d+)(em|ex|mu|pt|px)?")
_EM = {"em": 1.0, "ex": 0.5, "mu": 1 / 18, "pt": 0.1, "px": 0.0625, None: 1.0}
# Browsers no longer know these names.
_NAMED_LENGTHS = {
    "thinmathspace": "0.167em",
    "mediummathspace": "0.222em",
    "thickmathspace": "0.278em",
    "negativethinmathspace": "-0.167em",
    "negativemediummathspace": "-0.222em",
    "negativethickmathspace": "-0.278em",
}
_LENGTH_ATTRIBUTES = ("width", "height", "depth", "voffset", "lspace", "rspace")
_MAX_LENGTH_EM = 20.0
_MAX_BACKWARDS_EM = 4.0
"""In one formula. More could draw over what stands beside it."""

# The converter calls these symbols names or names symbols, and browsers space them by that.
_NAMES = frozenset("∞∅ο⊤⊥∠")
_OPERATORS = frozenset("±∓¬⊕⊖:~|‖⟂⧵⨿⫅⫆⫋⫌⩽⩾⪯⪰⪅⪆⪇⪈⟵⟶⟷⟸⟹⟺⟼⌢⌣·⋄")
_BARS = frozenset("|‖")
_FENCES = frozenset("()[]{}⟨⟩⌈⌉⌊⌋|‖⟦⟧⟮⟯⦃⦄")


def repair(math: Element) -> None:
    """Resolve characters, letters, operators and lengths in place; refuse a tree that holds unknown commands."""
    del math.attrib["xmlns"]
    backwards = 0.0
    for element in list(math.iter()):
        if element.tag in _TOKENS:
            _repair_token(element)
        elif element.tag == "mtable":
            draw_lines(element)
        else:
            group_base(element)
            move_limits(element)
            stretch_arrow(element)
        for name in _LENGTH_ATTRIBUTES:
            if name in element.attrib:
                length = _em(element.attrib[name])
                backwards += max(0.0, -length)
                element.set(name, f"{length:.4g}em")
    if backwards > _MAX_BACKWARDS_EM:
        raise UnsupportedFormula("too much negative space")
    mark_accents(math)
    space_functions(math)


def _repair_token(element: Element) -> None:
    source = element.text or ""
    if source.startswith("\\") and element.tag != "mtext":  # a known command has become a character by now
        raise UnsupportedFormula(f"{source} is not supported")
    if source in ("&", "#"):
        raise UnsupportedFormula(f"{source} outside of a table")
    text = _CHARACTER.sub(lambda match: chr(int(match[1], 16)), source)
    if len(element):
        element.tag = "mrow"  # an operator made of several parts
    elif element.tag == "mo" and text in _NAMES:
        element.tag = "mi"
    elif element.tag == "mi" and (text in _OPERATORS or text in _FENCES):
        element.tag = "mo"
        text = "∼" if text == "~" else text
        if text in _FENCES:
            element.set("stretchy", "false")
    if text in _BARS and element.tag == "mo" and element.get("fence") != "true":
        element.set("lspace", "0em")  # or the second bar of |x| would stand apart like a plus
        element.set("rspace", "0em")
    element.text = _in_alphabet(element, text)


def _in_alphabet(element: Element, text: str) -> str:
    variant = element.get("mathvariant")
    if variant is None or element.tag == "mtext":
        return text
    del element.attrib["mathvariant"]
    if variant != "normal":
        return "".join(letter(character, variant) for character in text)
    if element.tag == "mi" and len(text) == 1:
        element.set("mathvariant", "normal")
    return text


def _em(value: str) -> float:
    match = _LENGTH.fullmatch(_NAMED_LENGTHS.get(value, value))
    if not match:
        raise UnsupportedFormula(f"the length {value} is not supported")
    length = float(match[1] + match[2]) * _EM[match[3]]
    if abs(length) > _MAX_LENGTH_EM:
        raise UnsupportedFormula(f"the length {value} is too large")
    return length
