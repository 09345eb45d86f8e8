r"""Chemical formulas, `\ce{2 H2 + O2 -> 2 H2O}`, as mathematics: the part of mhchem's language that lessons use.

Symbols of elements, counts, charges, coefficients, letters in place of these, oxidation numbers, isotopes, radicals,
bonds, brackets, states, hydrates, Greek letters and arrows with what stands above and below them. Whatever else it
says would mislead when it is guessed, so such a formula is refused.
"""

import re

from .units import quantity_as_tex

_GREEK = (
    *("alpha", "beta", "gamma", "delta", "epsilon", "eta", "kappa", "lambda", "mu", "nu", "pi", "sigma", "omega"),
    *("Delta", "Lambda", "Omega", "Sigma"),
)
_ENDS = r"(?=\s|$|[)\]]|\((?:s|l|g|aq)\))"
_LETTER = "[a-df-oq-z]"  # of a number; e is an electron, and pH is pH
_SIGNS = re.compile(
    rf"""
      \s*(?P<arrow><=>>|<<=>|<=>|<-->|<->|->|<-)(?:\[(?P<over>[^\[\]]*)\](?:\[(?P<under>[^\[\]]*)\])?)?\s*
    | (?:\s+|\A(?=\+))(?P<sign>[+v^])(?=\s|$)
    | (?P<comma>,\s*)
    | (?P<hydrate>\s*[*.]\s*)(?=(?:\d*{_LETTER}?|\$[^$]+\$)\s*[A-Z])
    | (?P<space>\s+)
    | (?:_\{{)?\((?P<state>s|l|g|aq)\)\}}?
    | \((?P<way>[v^])\)
    | \^\{{?(?P<mass>\d{{1,3}})\}}?_\{{?(?P<number>-?\d)\}}?(?P<particle>[enp])(?![a-z])
    | \^\{{?(?P<isotope>\d{{1,3}})\}}?(?=_\{{?\d|[A-Z])
    | \^\{{(?P<oxidation>[IVX]{{1,5}})\}}
    | \^\{{?(?P<radical>[.*•])(?P<radical_charge>\d?[+-])?(?:\}}|{_ENDS})
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
    | \\bond\{{(?P<named_bond>[^{{}}]*)\}}
    | \\(?P<greek>{"|".join(_GREEK)})(?![A-Za-z])\s?
    """,
    re.VERBOSE,
)
_PIECES = re.compile(
    rf"""
    (?: \$(?P<mathematics>[^$]+)\$
      | \\pu\{{(?P<quantity>[^{{}}]*)\}}
      | (?:\\(?:text|mathrm))?\{{(?P<words>[^{{}}\\$^_]*)\}}
      | (?P<symbols>(?:\\(?:{"|".join(_GREEK)})(?![A-Za-z])\s?|[a-z](?=\\))+[A-Za-z]?)
      | (?P<taken>[-+])(?=\s*[A-Z\d(\[])
      | (?P<word>(?:[^\W_]|[-+.,;:%°/()'*])+)
    )\s*
    """,
    re.VERBOSE,
)
_NAMED = 20
"""Characters of what is not understood, in the sentence about it."""
_GLUED = re.compile(r"[A-Za-z\d)\]]\+[A-Z\d(\[]")
_ARROWS = {
    "->": r"\longrightarrow ",
    "<-": r"\longleftarrow ",
    "<->": r"\longleftrightarrow ",
    "<-->": r"\rightleftarrows ",
    "<=>": r"\rightleftharpoons ",
    "<=>>": r"\mathrel{\underset{\leftarrow}{\longrightarrow}}",
    "<<=>": r"\mathrel{\overset{\rightarrow}{\longleftarrow}}",
}
_LABELLED = {
    "->": r"\xrightarrow[{under}]{{{over}}}",
    "<-": r"\xleftarrow[{under}]{{{over}}}",
    "<->": r"\xleftrightarrow[{under}]{{{over}}}",
    "<-->": r"\mathrel{{\underset{{{under}}}{{\overset{{{over}}}{{\rightleftarrows}}}}}}",
    "<=>": r"\xrightleftharpoons[{under}]{{{over}}}",
    "<=>>": r"\mathrel{{\underset{{{under}}}{{\underset{{\leftarrow}}{{\xrightarrow{{{over}}}}}}}}}",
    "<<=>": r"\mathrel{{\overset{{{over}}}{{\overset{{\rightarrow}}{{\xleftarrow[{under}]{{}}}}}}}}",
}
_SIGNS_AS = {"+": "+", "v": r"\downarrow ", "^": r"\uparrow "}
_BONDS = {"-": "{-}", "=": "{=}", "#": r"{\equiv}"}
_NAMED_BONDS = {
    **_BONDS,
    **dict(zip("123", _BONDS.values(), strict=True)),
    "~": r"{\text{┄}}",
    "...": r"{\cdot}{\cdot}{\cdot}",
    "....": r"{\cdot}{\cdot}{\cdot}{\cdot}",
    "->": r"{\rightarrow}",
    "<-": r"{\leftarrow}",
}
_RADICALS = {".": r"\bullet", "•": r"\bullet", "*": "*"}
_SHAPES = {
    "sign": "{}",
    "way": "{}",
    "comma": r"{{,}}\ ",
    "bond": "{}",
    "named_bond": "{}",
    "greek": r"\{} ",
    "state": r"\,\mathrm{{({})}}",
    "particle": r"\mathrm{{{}}}",
    "isotope": "{{}}^{{{}}}",
    "oxidation": r"^{{\mathrm{{{}}}}}",
    "radical": "^{{{}}}",
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
_COUNTED = ("element", "electron", "particle", "close", "oxidation")
_CHARGED = (*_COUNTED, "below", "index")
_BOUND = (*_CHARGED, "braced", "charge", "bare", "radical")
_FOLLOWS = {
    **dict.fromkeys(("braced", "charge", "bare", "hydrate", "radical"), _CHARGED),
    "oxidation": ("element",),
    "index": (*_COUNTED, "isotope"),
    **dict.fromkeys(("bond", "named_bond"), (*_BOUND, "greek")),
    "comma": (*_BOUND, "state", "sign", "way"),
}
"""What a sign must stand behind; a count stands behind none of these, or it counts what is before it."""


def as_tex(source: str) -> str | None:
    r"""What stands between the braces of `\ce`, as TeX; None when something there is not understood."""
    written, rest = _read(source.strip())
    return None if rest else written or None


def why_not(source: str) -> str:
    """What to say where there is no TeX. mhchem takes a + without spaces for a charge, which hardly anybody means."""
    if _GLUED.search(source):
        return r"in \ce a + that adds stands between spaces, and one that is a charge before a space"
    _written, rest = _read(source.strip())
    part = rest.partition(" ")[0][:_NAMED]
    return rf"in \ce “{part}” is not supported" if part else r"this \ce is empty"


def _read(source: str) -> tuple[str, str]:
    """The TeX of what is understood, and the rest."""
    written, place, before = "", 0, ""
    while place < len(source):
        sign = _SIGNS.match(source, place)
        if sign is None:
            break
        kind = next(kind for kind in _KINDS if sign[kind] is not None)
        if kind == "count" and before in _COUNTED:
            kind = "below"
        tex = _tex(kind, sign, before)
        if tex is None:
            break
        written, place, before = written + tex, sign.end(), kind
    return written, source[place:].strip()


def _tex(kind: str, sign: re.Match[str], before: str) -> str | None:
    if before not in _FOLLOWS.get(kind, (before,)) or (kind in ("count", "amount") and before in _BOUND):
        return None
    if kind == "arrow":
        return _arrow(sign["arrow"], sign["over"], sign["under"])
    if kind == "space":
        return r"\ " if before in _BOUND else ""
    word = sign["count" if kind == "below" else kind]
    meant = {"sign": _SIGNS_AS, "way": _SIGNS_AS, "bond": _BONDS, "radical": _RADICALS}.get(kind, {})
    if kind == "named_bond":
        return _NAMED_BONDS.get(word)
    shown = meant.get(word, word.strip("$")) + (sign["radical_charge"] or "" if kind == "radical" else "")
    isotope = f"{{}}^{{{sign['mass']}}}_{{{sign['number']}}}" if kind == "particle" else ""
    return isotope + _SHAPES[kind].format(shown)


def _arrow(arrow: str, over: str | None, under: str | None) -> str | None:
    """With what stands above and below it."""
    if not over and not under:
        return _ARROWS[arrow]
    above, below = _label(over or ""), _label(under or "")
    return (
        None if above is None or below is None else _LABELLED[arrow].format(over=above, under=below).replace("[]", "")
    )


def _label(said: str) -> str | None:
    """A formula; or formulas, quantities, Greek letters and words behind each other."""
    whole = as_tex(said)
    if whole or not said.strip():
        return whole or ""
    parts, place = [], 0
    while place < len(said):
        piece = _PIECES.match(said, place)
        if piece is None:
            return None
        kind = str(piece.lastgroup)
        parts.append(_piece(kind, piece[kind]))
        place = piece.end()
    return None if None in parts else r"\ ".join(filter(None, parts))


def _piece(kind: str, said: str) -> str | None:
    if kind == "quantity":
        return quantity_as_tex(said)
    if kind in ("mathematics", "symbols", "taken"):
        return said
    tex = as_tex(said) if kind == "word" else None
    return tex.removesuffix(r"\,") if tex else rf"\text{{{said.replace('%', r'\%')}}}"
