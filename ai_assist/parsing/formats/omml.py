"""Formulas of Word and PowerPoint (Office MathML) as TeX; letters and signs stay what they are."""

from collections.abc import Callable
from typing import Any

M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_BIG = {"∑": r"\sum", "∏": r"\prod", "∫": r"\int", "∬": r"\iint", "∭": r"\iiint", "∮": r"\oint", "⋃": r"\bigcup"}
_BIG |= {"⋂": r"\bigcap", "∐": r"\coprod", "⋁": r"\bigvee", "⋀": r"\bigwedge", "⨁": r"\bigoplus", "⨂": r"\bigotimes"}
_ACCENTS = {"̂": r"\hat", "̃": r"\tilde", "̄": r"\bar", "̅": r"\bar", "̇": r"\dot", "̈": r"\ddot", "⃗": r"\vec", "̌": r"\check"}
_FENCES = {"{": r"\{", "}": r"\}", "⟨": r"\langle", "⟩": r"\rangle", "‖": r"\|", "": "."}
_NAMES = "sin cos tan cot sec csc sinh cosh tanh arcsin arccos arctan log ln lg exp lim sup inf max min det ker dim"
_FUNCTIONS = frozenset(_NAMES.split())
_PATTERNS = {
    "sSup": ("%s^{%s}", ("e", "sup")),
    "sSub": ("%s_{%s}", ("e", "sub")),
    "sSubSup": ("%s_{%s}^{%s}", ("e", "sub", "sup")),
    "sPre": ("{}_{%s}^{%s}%s", ("sub", "sup", "e")),
    "limUpp": (r"\overset{%s}{%s}", ("lim", "e")),
    "bar": (r"\overline{%s}", ("e",)),
}
_DEEPEST = 60


def tex_of(math: Any) -> str:
    """Of an `m:oMath`, or of an `m:oMathPara` with one or more."""
    return " ".join(_inside(math, 0).split())


def _inside(element: Any, depth: int) -> str:
    if element is None or depth > _DEEPEST:
        return ""
    return "".join(_tex(child, depth + 1) for child in element if isinstance(child.tag, str))


def _tex(element: Any, depth: int) -> str:
    name: str = element.tag.removeprefix(M)
    if name == "r":
        return "".join(text.text or "" for text in element.iter(M + "t"))
    if name in _PATTERNS:
        pattern, parts = _PATTERNS[name]
        return pattern % tuple(_part(element, part, depth) for part in parts)
    if name in _OTHERS:
        return _OTHERS[name](element, depth)
    return "" if name.endswith("Pr") else _inside(element, depth)


def _part(element: Any, name: str, depth: int) -> str:
    return _inside(element.find(M + name), depth)


def _fraction(element: Any, depth: int) -> str:
    above, below = _part(element, "num", depth), _part(element, "den", depth)
    return f"{above}/{below}" if _said(element, "f", "type") == "lin" else rf"\frac{{{above}}}{{{below}}}"


def _root(element: Any, depth: int) -> str:
    degree, inner = _part(element, "deg", depth), _part(element, "e", depth)
    return rf"\sqrt[{degree}]{{{inner}}}" if degree else rf"\sqrt{{{inner}}}"


def _big(element: Any, depth: int) -> str:
    sign = _said(element, "nary", "chr") or "∫"
    below, above = _part(element, "sub", depth), _part(element, "sup", depth)
    limits = (f"_{{{below}}}" if below else "") + (f"^{{{above}}}" if above else "")
    return f"{_BIG.get(sign, sign)}{limits} {_part(element, 'e', depth)}"


def _function(element: Any, depth: int) -> str:
    name = _part(element, "fName", depth)
    return rf"{rf'\{name}' if name in _FUNCTIONS else name} {_part(element, 'e', depth)}"


def _limit(element: Any, depth: int) -> str:
    name, below = _part(element, "e", depth), _part(element, "lim", depth)
    return rf"\{name}_{{{below}}} " if name in _FUNCTIONS else rf"\underset{{{below}}}{{{name}}}"


def _accent(element: Any, depth: int) -> str:
    return rf"{_ACCENTS.get(_said(element, 'acc', 'chr') or '', r'\hat')}{{{_part(element, 'e', depth)}}}"


def _matrix(element: Any, depth: int) -> str:
    rows = (" & ".join(_inside(cell, depth) for cell in row.findall(M + "e")) for row in element.findall(M + "mr"))
    return rf"\begin{{matrix}}{r' \\ '.join(rows)}\end{{matrix}}"


def _lines(element: Any, depth: int) -> str:
    lines = (_inside(line, depth) for line in element.findall(M + "e"))
    return rf"\begin{{aligned}}{r' \\ '.join(lines)}\end{{aligned}}"


def _fenced(element: Any, depth: int) -> str:
    opening, closing = _said(element, "d", "begChr"), _said(element, "d", "endChr")
    left = "(" if opening is None else _FENCES.get(opening, opening)
    right = ")" if closing is None else _FENCES.get(closing, closing)
    between = _said(element, "d", "sepChr") or "|"
    inner = f" {between} ".join(_inside(part, depth) for part in element.findall(M + "e"))
    is_tall = any(each in inner for each in (r"\frac", r"\begin", r"\sum", r"\int")) or "." in (left, right)
    return rf"\left{left} {inner} \right{right}" if is_tall else f"{left}{inner}{right}"


def _said(element: Any, name: str, what: str) -> str | None:
    """A property, e.g. the sign of a sum; None where it is not mentioned."""
    found = element.find(f"{M}{name}Pr/{M}{what}")
    value: str | None = None if found is None else found.get(f"{M}val", "")
    return value


_OTHERS: dict[str, Callable[[Any, int], str]] = {
    "f": _fraction,
    "rad": _root,
    "nary": _big,
    "d": _fenced,
    "func": _function,
    "limLow": _limit,
    "acc": _accent,
    "m": _matrix,
    "eqArr": _lines,
}
