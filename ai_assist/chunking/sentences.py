"""Takes a text apart where one may quote or cut it: at the ends of its sentences, lines of lists, and blocks."""

import re

KEPT = re.compile(
    r"""(?P<fence>^[ ]*(?P<marks>`{3,}).*?^[ ]*(?P=marks)[ ]*$)
    | (?P<display>^\$\$.*?\$\$[ ]*$)
    | (?P<table>(?:^\|.*\|[ ]*(?:\n|\Z))+)""",
    re.VERBOSE | re.MULTILINE | re.DOTALL,
)
"""Stands or falls as a whole."""
INLINE = re.compile(r"`[^`\n]+`|\$[^$\n]+\$")
END = re.compile(
    r"""(?<=[.!?…])["'”’»)\]]*\s+(?=["'“‘«(\[]*[^\W_a-zß-öø-ÿ])
    | (?<=[。！？])
    | \n\s*\n
    | \n(?=[ ]*(?:[-*•–]|\d{1,3}[.)])[ ])""",
    re.VERBOSE,
)
ABBREVIATION = re.compile(
    r"""(?:^|[\s("“])
    (?: [A-Z] | Mr | Mrs | Ms | Dr | Prof | St | Mt | Jr | Sr | Gen | Col | Lt | Sgt | Rev | Hon | vs | etc | cf | al
      | e\.g | i\.e | z\.B | d\.h | u\.a | bzw | ca | Nr | No | Vol | Fig | Figs | Eq | Eqs | Sec | Ch | pp? | ff
      | approx | Inc | Ltd | Co | Corp | U\.S | U\.K | a\.m | p\.m )\.$""",
    re.VERBOSE,
)
"""What ends with a full stop and does not end a sentence."""
NUMBER = re.compile(r"\s*\d{1,3}[.)]")
"""Of a line in a list."""


def units(text: str) -> list[str]:
    """Its parts in order, each exactly as it stands in the text."""
    found: list[str] = []
    position = 0
    for kept in KEPT.finditer(text):
        found += sentences(text[position : kept.start()])
        found.append(kept.group().strip("\n"))
        position = kept.end()
    return found + sentences(text[position:])


def sentences(text: str) -> list[str]:
    """Those of a text without blocks."""
    closed = [(inline.start(), inline.end()) for inline in INLINE.finditer(text)]
    found: list[str] = []
    begin = 0
    for end in END.finditer(text):
        is_inside = any(start < end.start() < stop for start, stop in closed)
        if is_inside or ("\n" not in end.group() and ends_otherwise(text[begin : end.start()])):
            continue
        stop = end.start() + len(end.group().rstrip()) if end.group().strip() else end.start()
        found.append(text[begin:stop].strip())
        begin = end.end()
    found.append(text[begin:].strip())
    return [sentence for sentence in found if sentence]


def ends_otherwise(text: str) -> bool:
    """Its full stop is that of an abbreviation, or of a number in a list."""
    return bool(ABBREVIATION.search(text[-12:]) or NUMBER.fullmatch(text))
