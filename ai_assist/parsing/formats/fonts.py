"""What the name of a font tells: code is set in one whose letters are equally wide, a formula in one for formulas."""

import re

_FIXED = re.compile(
    r"mono|courier|consol|menlo|monaco|cmtt|cmsltt|cmitt|typewriter|inconsolata|fira ?code|source ?code|cascadia",
    re.IGNORECASE,
)
_BOLD = re.compile(r"bold|black|heavy|demi|cmbx|cmssbx|sfbx|ecbx|medi$", re.IGNORECASE)
_MATHEMATICAL = re.compile(
    r"math|^(?:[A-Z]{6}\+)?(?:cm(?:mi|sy|ex|bsy|mib)|msam|msbm|euf|eur|eus|rsfs|txmi|txsy|txex|pxmi|pxsy|pxex|mtmi"
    r"|mtsy|mtex|symbol)|katex_(?:main|size|ams)",
    re.IGNORECASE,
)
_EXTENSION = re.compile(r"cmex|txex|pxex", re.IGNORECASE)
_LARGE = (
    dict.fromkeys((*range(0x10), *range(0x10, 0x30)), "")
    | dict.fromkeys((0x00, 0x10, 0x12, 0x20), "(")
    | dict.fromkeys((0x01, 0x11, 0x13, 0x21), ")")
    | dict.fromkeys((0x02, 0x14, 0x22, 0x68), "[")
    | dict.fromkeys((0x03, 0x15, 0x23, 0x69), "]")
    | dict.fromkeys((0x08, 0x1A, 0x28, 0x6E), "{")
    | dict.fromkeys((0x09, 0x1B, 0x29, 0x6F), "}")
    | dict.fromkeys((0x0C, 0x3F), "|")
    | dict.fromkeys((0x50, 0x58), "∑")
    | dict.fromkeys((0x51, 0x59), "∏")
    | dict.fromkeys((0x52, 0x5A), "∫")
    | dict.fromkeys((0x53, 0x5B), "⋃")
    | dict.fromkeys((0x54, 0x5C), "⋂")
    | dict.fromkeys((0x56, 0x5E), "⋀")
    | dict.fromkeys((0x57, 0x5F), "⋁")
    | dict.fromkeys(range(0x70, 0x75), "√")
)
"""The large signs of TeX, by their places in its font, which does not say what they are."""


def is_extension(name: str) -> bool:
    """Its signs hang below their line, so what stands beside them is neither raised nor lowered."""
    return bool(_EXTENSION.search(name))


def large_sign(font: str, code: int) -> str:
    """What the sign is, or nothing when it is a part of one; other fonts say themselves."""
    return _LARGE.get(code, "") if is_extension(font) else chr(code)


def is_fixed(name: str) -> bool:
    return bool(_FIXED.search(name))


def is_bold(name: str) -> bool:
    return bool(_BOLD.search(name))


def is_mathematical(name: str) -> bool:
    return bool(_MATHEMATICAL.search(name))
