"""What an author wrote as a formula, in the words that the converter understands; refused where it would mislead."""

import re

from . import rules
from .chemistry import as_tex, why_not
from .math_commands import DEFINITIONS, ENVIRONMENTS, REFERENCES
from .units import quantity_as_tex

_COMMAND = re.compile(r"\\(?:[A-Za-z]+|.)", re.DOTALL)
_BRACES = re.compile(r"\\.|[{}]", re.DOTALL)
_PRIVATE = re.compile(r"[\ue000-\uf8ff]")

_ONE_FORMULA = re.compile(r"\\(?:begin|end)\s*\{(?:equation|displaymath|math)\*?\}")
_ENVIRONMENT = re.compile(r"\\(begin|end)\s*\{([^{}]*)\}")
_WITH_COUNT = re.compile(r"(\\begin\s*\{(?:alignat\*?|alignedat)\})\s*\{\d{1,2}\}")
_WITH_SIDE = re.compile(r"(\\begin\s*\{[pbBvV]?matrix\*\})\s*\[[lcr]\]")
_LINED_UP = re.compile(r"\\(begin|end)\s*\{eqnarray\*?\}")
_ARRAY = re.compile(r"(\\begin\s*\{d?array\}\s*(?:\[[tcb]\])?\s*)\{((?:[^{}]|\{[^{}]*\})*)\}")
_BETWEEN_COLUMNS = re.compile(r"[@!]\s*\{[^{}]*\}|\s+")
_COLUMNS = re.compile(r"[lcr|:]*")
_LINE_GAP = re.compile(r"\\\\\*?\s*\[\s*-?[\d.]+\s*[a-z]{2}\s*\]")
_NUMERATOR_SIDE = re.compile(r"(\\cfrac)\s*\[[lcr]\]")

_CHEMISTRY = re.compile(r"\\\\|\\(ce|pu)\s*\{((?:[^{}]|\{[^{}]*\})*)\}")
_TAG = re.compile(r"\\tag(\*?)\s*\{([^{}]*)\}")
_LABEL = re.compile(r"\\label\s*\{[^{}]*\}")
_WORDS = re.compile(r"\\(?:hbox|mbox)\b")
_TEXT = re.compile(r"(\\text[a-z]*\s*)\{([^{}]*)\}")
_SIGN_AND_SPACE = re.compile(r"(\\[%&_#]) ")
_ANGLE = re.compile(r"(\\(?:left|right|[bB]ig{1,2}[lrm]?))\s*([<>])")
_SPACE = re.compile(r"\\(?:kern|mkern|hskip|mskip|mspace|hspace\*?)\s*\{?\s*(-?[\d.]+\s*[a-z]{2})\s*\}?")
_SMASHED_SIDE = re.compile(r"(\\smash)\s*\[[tb]\]")


class UnsupportedFormula(Exception):
    """Says in a few words why a formula is not shown."""


def prepare(source: str) -> str:
    _check_length(source)
    _check_braces(source)
    source = _CHEMISTRY.sub(_chemistry, source)
    _check_length(source)
    for command in _COMMAND.findall(source):
        if command in DEFINITIONS or command in REFERENCES:
            raise UnsupportedFormula(f"{command} is not supported")
    if _PRIVATE.search(source):
        raise UnsupportedFormula("a character without meaning")
    return _in_lines(_tables(_words(source)))


def _check_length(source: str) -> None:
    if len(source) > rules.MAX_FORMULA_CHARACTERS:
        raise UnsupportedFormula(f"longer than {rules.MAX_FORMULA_CHARACTERS} characters")


def _chemistry(match: re.Match[str]) -> str:
    command, said = match[1], match[2]
    if command is None:
        return match[0]
    tex = as_tex(said) if command == "ce" else quantity_as_tex(said)
    if tex is None:
        raise UnsupportedFormula(why_not(said) if command == "ce" else r"this kind of \pu is not supported")
    return f"{{{tex}}}"


def _check_braces(source: str) -> None:
    depth = 0
    for match in _BRACES.finditer(source):
        depth += {"{": 1, "}": -1}.get(match[0], 0)
        if depth < 0:
            raise UnsupportedFormula("a } without its {")
        if depth > rules.MAX_FORMULA_NESTING:
            raise UnsupportedFormula("nested too deeply")
    if depth:
        raise UnsupportedFormula("a { without its }")


def _words(source: str) -> str:
    source = _LABEL.sub("", _ONE_FORMULA.sub("", source))
    source = _TAG.sub(lambda tag: rf"\qquad\text{{{tag[2] if tag[1] else f'({tag[2]})'}}}", source)
    source = _TEXT.sub(_plain_words, _WORDS.sub(r"\\text", source))
    source = _ANGLE.sub(lambda sign: sign[1] + (r"\langle " if sign[2] == "<" else r"\rangle "), source)
    source = _SPACE.sub(_space, source)
    return _SMASHED_SIDE.sub(r"\1", source)


def _space(match: re.Match[str]) -> str:
    length = "".join(match[1].split())
    return rf"\{'mspace' if length.endswith('mu') else 'hspace'}{{{length}}}"


def _plain_words(match: re.Match[str]) -> str:
    r"""`\text{if $x$}` as `\text{if }{x}`, which the converter knows; and the space after `\%`, which it swallows."""
    command, parts = match[1], _SIGN_AND_SPACE.sub(r"\1\\ ", match[2]).split("$")
    if len(parts) % 2 == 0:
        return match[0]
    return "".join(
        f"{{{part}}}" if position % 2 else f"{command}{{{part}}}" for position, part in enumerate(parts) if part
    )


def _tables(source: str) -> str:
    source = _LINED_UP.sub(
        lambda edge: r"\begin{array}{rcl}" if edge[1] == "begin" else r"\end{array}",
        _WITH_SIDE.sub(r"\1", _WITH_COUNT.sub(r"\1", source)),
    )
    source = _ARRAY.sub(_columns, source)
    source = _LINE_GAP.sub(r"\\\\ ", _NUMERATOR_SIDE.sub(r"\1", source))
    return _ENVIRONMENT.sub(lambda edge: f"\\{edge[1]}{{{ENVIRONMENTS.get(edge[2], edge[2])}}}", source)


def _columns(match: re.Match[str]) -> str:
    """Space and words between the columns are dropped; widths of columns are more than a formula needs."""
    columns = _BETWEEN_COLUMNS.sub("", match[2])
    if not _COLUMNS.fullmatch(columns):
        raise UnsupportedFormula("only the columns l, c, r, | and : are supported in an array")
    return f"{match[1]}{{{columns}}}"


def _in_lines(source: str) -> str:
    r"""Lines without an environment of their own; the converter would run them together."""
    if r"\\" not in source or r"\begin" in source or r"\substack" in source:
        return source
    return rf"\begin{{gathered}}{source}\end{{gathered}}"
