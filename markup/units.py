r"""Quantities, `\pu{123 kJ mol-1}`, as mathematics: a number and units, as mhchem reads them. All else is refused."""

import re

_NUMBER = re.compile(
    r"""
      (?P<digits>[+-]?\d+(?:[.,]\d+)?)
      (?:(?P<e>[eE])(?P<power>[+-]?\d+) | \s*(?P<times>[x*])\s*10\^\{?(?P<of_ten>[+-]?\d+)\}?)?
    """,
    re.VERBOSE,
)
_TEN = re.compile(r"10\^\{?([+-]?\d+)\}?(?!\d)")
_UNIT = re.compile(r"(?P<name>°[CF]?|%|[A-Za-zµμΩÅ]+)(?:\^?\{?(?P<power>-?\d{1,2})\}?)?")
_BETWEEN = re.compile(r"\s*(?P<sign>//?|[*.])\s*|\s+")
_BETWEEN_AS = {"*": r"{\cdot}", ".": r"{\cdot}", "/": "/", None: r"\,"}
_NAMES = {"%": r"\%", "°": r"{}^{\circ}", "°C": r"{}^{\circ}\mathrm{C}", "°F": r"{}^{\circ}\mathrm{F}"}


def quantity_as_tex(source: str) -> str | None:
    r"""What stands between the braces of `\pu`, as TeX; None when something there is not understood."""
    number, units = _number(source.strip())
    if not units:
        return number or None
    over, *under = units.split("//")
    fraction = [_units(part.strip()) for part in (over, *under)]
    if None in fraction or len(fraction) > 2:
        return None
    written = rf"\frac{{{fraction[0]}}}{{{fraction[1]}}}" if under else fraction[0]
    return rf"{number}~{written}" if number else written


def _number(source: str) -> tuple[str, str]:
    """As TeX, and what follows."""
    if ten := _TEN.match(source):
        return f"10^{{{ten[1]}}}", source[ten.end() :].strip()
    found = _NUMBER.match(source)
    if found is None:
        return "", source
    number, power = found["digits"].replace(",", "{,}"), found["power"] or found["of_ten"]
    if power:
        times = r"\times" if found["e"] == "E" or found["times"] == "x" else r"\cdot"
        number += rf"{times} 10^{{{power}}}"
    return number, source[found.end() :].strip()


def _units(source: str) -> str | None:
    written, place = "", 0
    while unit := _UNIT.match(source, place):
        name = unit["name"]
        written += _NAMES.get(name, rf"\mathrm{{{name}}}") + (f"^{{{unit['power']}}}" if unit["power"] else "")
        place = unit.end()
        if place == len(source):
            return written
        between = _BETWEEN.match(source, place)
        if between is None:
            return None
        written += _BETWEEN_AS[between["sign"]]
        place = between.end()
    return None
