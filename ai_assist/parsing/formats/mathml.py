"""Formulas in web pages as TeX: as their author wrote them, if that stands beside them, else as near as is easy."""

import re
from typing import Any

_ANNOTATION = ".//*[local-name()='annotation'][contains(@encoding, 'tex') or contains(@encoding, 'TeX')]"
_OUTER = re.compile(r"^\{\\displaystyle\s*(.*)\}$", re.DOTALL)
_LONGER = 12
"""Characters of TeX for one that is shown: `\\mathbb{R}`."""
_PARTS = {
    "mfrac": r"\frac{%s}{%s}",
    "msup": "%s^{%s}",
    "msub": "%s_{%s}",
    "msubsup": "%s_{%s}^{%s}",
    "munder": "%s_{%s}",
    "mover": "%s^{%s}",
    "munderover": "%s_{%s}^{%s}",
}
_LEFT_OUT = {"annotation", "annotation-xml", "mphantom"}


def tex_of(math: Any) -> str:
    """What stands beside a formula is not shown, so it is believed only as far as it is about as long."""
    shown = re.sub(r"\s+", " ", _tex(math)).strip()
    beside = ["".join(found.itertext()) for found in math.xpath(_ANNOTATION)] + [math.get("alttext") or ""]
    for tex in map(without_style, beside):
        if tex and len(tex) <= _LONGER * len(shown) + _LONGER:
            return tex
    return shown


def without_style(tex: str) -> str:
    tex = tex.strip()
    inner = _OUTER.match(tex)
    return inner[1].strip() if inner else tex


def _tex(element: Any) -> str:
    name = str(element.tag).rpartition("}")[2].rpartition(":")[2]
    if name in _LEFT_OUT or not isinstance(element.tag, str):
        return ""
    children = [_tex(child) for child in element if isinstance(child.tag, str)]
    if name == "msqrt":
        return rf"\sqrt{{{''.join(children)}}}"
    if name == "mroot" and len(children) == 2:
        return rf"\sqrt[{children[1]}]{{{children[0]}}}"
    pattern = _PARTS.get(name, "")
    if pattern and pattern.count("%s") == len(children):
        return pattern % tuple(children)
    if name in ("mtr", "mlabeledtr"):
        return " & ".join(children) + r" \\ "
    return (element.text or "").strip() + "".join(children)
