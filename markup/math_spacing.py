"""What a formula needs to be read at a glance: room around sin and log, accents close to their letter."""

from xml.etree.ElementTree import Element

_SCRIPTS = frozenset(("msub", "msup", "msubsup", "munder", "mover", "munderover"))
_CLOSES = frozenset(")]},.;:!|‖⟩⌉⌋")
_OPENS = frozenset("([{|‖⟨⌈⌊")
_ACCENTS = frozenset("´¯˘ˇ˙¨⃛⃜`^˚→←↔~")
_LINES = {"mover": "top", "munder": "bottom"}
_THIN = "0.167em"


def mark_accents(math: Element) -> None:
    """Without the mark a browser sets an accent as far away as a limit, and in small."""
    for element in list(math.iter()):
        if element.tag not in _LINES or len(element) != 2 or element[1].tag != "mo":
            continue
        mark = element[1]
        if mark.text == "―":  # browsers do not stretch this one; a line as long as its letters is drawn instead
            element.set("notation", _LINES[element.tag])
            element.tag = "menclose"
            element.remove(mark)
        elif mark.text in _ACCENTS:
            element.set("accent" if element.tag == "mover" else "accentunder", "true")


def space_functions(math: Element) -> None:
    """Thin space between the name of a function and a letter or number beside it, none before a bracket."""
    for row in list(math.iter()):
        if row.tag in _SCRIPTS or row.tag in ("mfrac", "mroot", "mtable", "mtr"):
            continue
        children = list(row)
        for position, child in enumerate(children):
            if not _is_function(child):
                continue
            before = children[position - 1] if position else None
            after = children[position + 1] if position + 1 < len(children) else None
            if after is not None and not _is_mark(after, _CLOSES | _OPENS) and after.tag != "mspace":
                row.insert(list(row).index(child) + 1, _thin_space())
            if before is not None and before.tag not in ("mo", "mspace") and not _is_function(before):
                row.insert(list(row).index(child), _thin_space())


def _is_function(element: Element) -> bool:
    if element.tag in _SCRIPTS and len(element):
        return _is_function(element[0])
    text = element.text or ""
    if element.tag not in ("mi", "mo") or len(text) < 2 or not text.isascii() or not text.isalpha():
        return False
    if element.tag == "mo":  # its own room would be too wide
        element.set("lspace", "0em")
        element.set("rspace", "0em")
    return True


def _is_mark(element: Element, marks: frozenset[str]) -> bool:
    return element.tag == "mo" and (element.text or "") in marks


def _thin_space() -> Element:
    return Element("mspace", {"width": _THIN})
