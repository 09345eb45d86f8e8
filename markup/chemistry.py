r"""Chemical formulas, `\ce{2 H2 + O2 -> 2 H2O}`, as mathematics: the part of mhchem's language that lessons use.

Symbols of elements, counts, charges, coefficients, letters in place of these, isotopes, bonds, brackets, states,
hydrates and arrows. Whatever else it says would mislead when it is guessed, so such a formula is refused.
"""

import re

_ENDS = r"(?=\s|$|[)\]]|\((?:s|l|g|aq)\))"
_LETTER = "[a-df-oq-z]"  # of a number; e is an electron, and pH is pH
_SIGNS = re.compile(
    rf"""
      (?P<arrow>\s*(?:<=>|<->|->|<-))(?:\[(?P<over>[^\[\]]*)\])?\s*
    | \s+(?P<sign>[+v^])(?=\s|$)\s*
    | (?P<space>\s+)
    | \((?P<state>s|l|g|aq)\)
    | \^\{{?(?P<isotope>\d{{1,3}})\}}?(?=_\{{?\d|[A-Z])
    | \^(?:\{{(?P<braced>\d{{0,2}}{_LETTER}?[+-])\}}|(?P<charge>\d{{0,2}}{_LETTER}?[+-]))
    | (?P<bare>[+-]){_ENDS}
    | _(?P<brace>[{{$])?(?P<index>\d{{1,3}}|(?(brace)\d*){_LETTER}(?(brace)(?:[+-]\d{{1,2}})?))(?(brace)[}}$])
    | (?P<amount>\d*{_LETTER}|\$\d*{_LETTER}(?:[+-]\d{{1,2}})?\$)(?=\s*[A-Z(\[])
    | (?P<count>\d+(?:[./]\d+)?)
    | (?P<element>(?:[A-Z][a-z]?)+(?![a-z\d_^+-])|[A-Z][a-z]?)
    | (?P<electron>e)(?=\^?-)
    | (?P<open>[(\[])
    | (?P<close>[)\]])
    | (?P<bond>[-=\#])(?=[A-Z(\[])
    | (?P<hydrate>\s*[*.]\s*)(?=(?:\d*{_LETTER}?|\$[^$]+\$)[A-Z])
    """,
    re.VERBOSE,
)
_GLUED = re.compile(r"[A-Za-z\d)\]]\+[A-Z\d(\[]")
_ARROWS = {
    "->": r"\longrightarrow ",
    "<-": r"\longleftarrow ",
    "<->": r"\longleftrightarrow ",
    "<=>": r"\rightleftharpoons ",
}
_SIGNS_AS = {"+": "+", "v": r"\downarrow ", "^": r"\uparrow "}
_BONDS = {"-": "{-}", "=": "{=}", "#": r"{\equiv}"}
_SHAPES = {
    "sign": "{}",
    "bond": "{}",
    "state": r"\,\mathrm{{({})}}",
    "isotope": "{{}}^{{{}}}",
    "braced": "^{{{}}}",
    "charge": "^{{{}}}",
    "bare": "^{{{}}}",
    "below": "_{{{}}}",
    "index": "_{{{}}}",
    "count": r"{}\,",
    "amount": r"{}\,",
    "element": r"\mathrm{{{}}}",
    "electron": r"\mathrm{{{}}}",
    "open": "{}",
    "close": "{}",
    "hydrate": r"\cdot ",
}
_KINDS = ("arrow", "space", *(kind for kind in _SHAPES if kind != "below"))
_COUNTED = ("element", "electron", "close")
_CHARGED = (*_COUNTED, "below", "index")
_BOUND = (*_CHARGED, "braced", "charge", "bare")
_FOLLOWS = {
    **dict.fromkeys(("braced", "charge", "bare", "hydrate"), _CHARGED),
    "index": (*_COUNTED, "isotope"),
    "bond": _BOUND,
}
"""What a sign must stand behind; a count stands behind none of these, or it counts what is before it."""


def as_tex(source: str) -> str | None:
    r"""What stands between the braces of `\ce`, as TeX; None when something there is not understood."""
    written, place, before = "", 0, ""
    source = source.strip()
    while place < len(source):
        sign = _SIGNS.match(source, place)
        if sign is None:
            return None
        kind = next(kind for kind in _KINDS if sign[kind] is not None)
        if kind == "count" and before in _COUNTED:
            kind = "below"
        tex = _tex(kind, sign, before)
        if tex is None:
            return None
        written, place, before = written + tex, sign.end(), kind
    return written or None


def why_not(source: str) -> str:
    """What to say where there is no TeX. mhchem takes a + without spaces for a charge, which hardly anybody means."""
    if _GLUED.search(source):
        return r"in \ce a + that adds stands between spaces, and one that is a charge before a space"
    return r"this kind of \ce is not supported"


def _tex(kind: str, sign: re.Match[str], before: str) -> str | None:
    if before not in _FOLLOWS.get(kind, (before,)) or (kind in ("count", "amount") and before in _BOUND):
        return None
    if kind == "arrow":
        return _arrow(sign["arrow"].strip(), sign["over"])
    if kind == "space":
        return r"\ " if before in _BOUND else ""
    word = sign["count" if kind == "below" else kind]
    meant = {"sign": _SIGNS_AS, "bond": _BONDS}.get(kind, {})
    return _SHAPES[kind].format(meant.get(word, word.strip("$")))


def _arrow(arrow: str, over: str | None) -> str | None:
    """With a formula or words above it, where it says so."""
    if over is None:
        return _ARROWS[arrow]
    said = as_tex(over) or (rf"\text{{{over}}}" if over.replace(" ", "").isalpha() else None)
    return rf"\xrightarrow{{{said}}}" if arrow == "->" and said else None
