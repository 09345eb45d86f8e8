"""Repairs the tree that latex2mathml builds so that browsers draw what the author meant, or refuses it."""

import re
from xml.etree.ElementTree import Element

from .math_letters import letter

_TOKENS = frozenset(("mi", "mn", "mo", "mtext"))
_CHARACTER = re.compile(r"&#x([0-9A-Fa-f]+);")
_LENGTH = re.compile(r"([+-]?)(\d*\.?\d+)(em|ex|mu|pt|px|in|cm|mm|pc|bp|dd|cc|sp)?")
# Browsers no longer know these names.
_NAMED_LENGTHS = {
    "thinmathspace": "0.167em",
    "mediummathspace": "0.222em",
    "thickmathspace": "0.278em",
    "negativethinmathspace": "-0.167em",
    "negativemediummathspace": "-0.222em",
    "negativethickmathspace": "-0.278em",
}
_EM = {"em": 1.0, "ex": 0.5, "mu": 1 / 18, "pt": 0.1, "px": 0.0625, "": 1.0}
_LENGTH_ATTRIBUTES = ("width", "height", "depth", "voffset", "lspace", "rspace")
_MAX_WIDTH_EM = 20.0
_MAX_BACKWARDS_EM = 4.0
"""In one formula. More could draw over what stands beside it."""


class UnsupportedFormula(Exception):
    """Says in a few words why a formula is not shown."""


def repair(math: Element) -> None:
    """Resolve characters, letters and lengths in place; refuse a tree that holds unknown commands."""
    del math.attrib["xmlns"]
    backwards = 0.0
    for element in math.iter():
        if element.tag in _TOKENS:
            _repair_token(element)
        for name in _LENGTH_ATTRIBUTES:
            if name in element.attrib:
                length = _em(element.attrib[name])
                backwards += max(0.0, -length)
                element.set(name, f"{length:.4g}em")
    if backwards > _MAX_BACKWARDS_EM:
        raise UnsupportedFormula("too much negative space")


def _repair_token(element: Element) -> None:
    text = element.text or ""
    if text.startswith("\\") and len(text) > 1 or (element.tag != "mtext" and text == "\\"):
        raise UnsupportedFormula(f"{text} is not supported")
    if text in ("&", "#"):
        raise UnsupportedFormula(f"{text} outside a table")
    text = _CHARACTER.sub(lambda match: chr(int(match[1], 16)), text)
    if len(element):
        element.tag = "mrow"  # an operator made of several parts
    variant = element.get("mathvariant")
    if variant and element.tag != "mtext":
        del element.attrib["mathvariant"]
        if variant != "normal":
            text = "".join(letter(character, variant) for character in text)
        elif element.tag == "mi" and len(text) == 1:
            element.set("mathvariant", "normal")
    element.text = text


def _em(value: str) -> float:
    value = _NAMED_LENGTHS.get(value, value)
    match = _LENGTH.fullmatch(value)
    if not match or (match[3] or "") not in _EM:
        raise UnsupportedFormula(f"the length {value} is not supported")
    length = float(match[1] + match[2]) * _EM[match[3] or ""]
    if abs(length) > _MAX_WIDTH_EM:
        raise UnsupportedFormula(f"the length {value} is too large")
    return length
