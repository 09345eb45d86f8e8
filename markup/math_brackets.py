"""Keeps the converter from trying all ways to pair brackets: after each one left open it reads the rest twice.

In a formula of many brackets the opening ones pass as private characters, which are no brackets to it.
"""

import re
from xml.etree.ElementTree import Element

_MAX_OPEN = 8
"""Left open, they cost the converter 2⁸ readings of a formula: some milliseconds."""

_STANDS_FOR = {
    "\ue010": ("(", ["(", r"\lparen"]),
    "\ue011": ("[", ["[", r"\lbrack"]),
    "\ue012": ("{", [r"\{", r"\lbrace"]),
    "\ue013": ("⟨", ["⟨", r"\langle", r"\lang"]),
    "\ue014": ("|", [r"\lvert"]),
    "\ue015": ("‖", [r"\lVert"]),
    "\ue016": ("⌊", ["⌊", r"\lfloor"]),
    "\ue017": ("⌈", ["⌈", r"\lceil"]),
}
_PRIVATE = {word: private for private, (_, words) in _STANDS_FOR.items() for word in words}
_BRACKET = {private: bracket for private, (bracket, _) in _STANDS_FOR.items()}
_TEXT_OF_PRIVATE = str.maketrans(_BRACKET)

_OPENS = re.compile(
    r"\\(?:l[A-Z]\w*|l(?:paren|ang|angle|brace|brack|ceil|floor|group|langle|lbracket|lparenthesis|moustache|vert)"
    r"|[ul]lcorner|[bB]igg?l|mathopen|pmod|pod|[bB]ra|[bB]raket|[sS]et)(?![A-Za-z])|\\\{"
    r"|[(\[\u2018\u201c\u2308\u230a\u2329\u23b0\u2772\u27e6-\u27ef\u2983-\u2999\u29d8-\u29fc\u3008-\u301a]"
)
_PIECES = re.compile(
    r"(?P<sized>\\(?:left|right|middle|[bB]igg?[rm]?)(?![A-Za-z])\s*(?:\\[A-Za-z]+|\\.|[^\\\s]))"
    r"|(?P<left>\\[bB]igg?)l(?![A-Za-z])(?P<after>\s*(?:\\[A-Za-z]+|\\.|[^\\\s]))"
    r"|(?P<open>\\(?:lparen|lbrack|lbrace|langle|lang|lvert|lVert|lfloor|lceil)(?![A-Za-z])|\\\{|[(⟨⌊⌈])"
    r"|(?P<optional>\\(?:sqrt|x(?:left|right|Left|Right)[A-Za-z]+)\s*\[)"
    r"|(?P<command>\\[A-Za-z]+|\\.)"
    r"|(?P<square>\[)",
    re.DOTALL,
)
_SIGNS = frozenset("+-−±∓")


def hide_brackets(tex: str) -> str | None:
    """`tex`, with its opening brackets hidden where they are many; None where too many cannot be hidden."""
    if len(_OPENS.findall(tex)) <= _MAX_OPEN:
        return tex
    hidden = _PIECES.sub(_hidden, tex)
    harmless = ("sized", "optional")
    seen = sum(1 for piece in _PIECES.finditer(hidden) if piece.lastgroup not in harmless and _OPENS.search(piece[0]))
    unknown = len(_OPENS.findall(_PIECES.sub("", hidden)))
    return hidden if seen + unknown <= _MAX_OPEN else None


def _hidden(piece: re.Match[str]) -> str:
    if piece["open"] or piece["square"]:
        return _PRIVATE[piece[0]]
    if piece["left"]:
        return piece["left"] + piece["after"]
    return piece[0]


def show_brackets(math: Element) -> None:
    for row in math.iter():
        children = list(row)
        for position, child in enumerate(children):
            if child.tag == "mi" and child.text in _BRACKET:
                child.tag = "mo"
                child.attrib = {"form": "prefix", "stretchy": "false"}
                if position + 1 < len(children):
                    _is_sign_of_what_follows(children[position + 1])
            if child.text:
                child.text = child.text.translate(_TEXT_OF_PRIVATE)


def _is_sign_of_what_follows(after: Element) -> None:
    """A minus after an opening bracket takes no room on its sides."""
    if after.tag == "mo" and after.text in _SIGNS:
        after.attrib = {"form": "prefix"}
