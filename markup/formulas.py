"""TeX to MathML that says the same, or the source with the reason why not.

latex2mathml does the conversion. It copies what it does not know into the output as if it were text, passes
markup through, and relies on attributes that browsers ignore; mathml.py repairs its tree or refuses it.
"""

import re
from functools import lru_cache
from html import escape
from xml.etree.ElementTree import tostring

from latex2mathml.converter import convert_to_element
from latex2mathml.exceptions import (
    DoubleSubscriptsError,
    DoubleSuperscriptsError,
    ExtraLeftOrMissingRightError,
    MissingEndError,
)

from . import rules
from .math_shape import UnsupportedFormula
from .mathml import repair

_REASONS: dict[type[Exception], str] = {
    DoubleSubscriptsError: "two subscripts in a row",
    DoubleSuperscriptsError: "two superscripts in a row",
    ExtraLeftOrMissingRightError: r"\left without \right",
    MissingEndError: r"\begin without \end",
    RecursionError: "nested too deeply",
}

# These would run attributes, definitions or positions of the author's choosing, or are shown wrongly.
_REFUSED = frozenset(
    [
        r"\href",
        r"\style",
        r"\class",
        r"\unicode",
        r"\newcommand",
        r"\renewcommand",
        r"\newenvironment",
        r"\def",
        r"\DeclareMathOperator",
        r"\rule",
        r"\llap",
        r"\rlap",
        r"\clap",
        r"\mathllap",
        r"\mathrlap",
        r"\mathclap",
        r"\smash",
        r"\raise",
        r"\lower",
        r"\moveleft",
        r"\moveright",
        r"\shoveleft",
        r"\lang",
        r"\rang",
        r"\utilde",
        r"\shoveright",
        r"\skew",
        r"\colorbox",
        r"\fcolorbox",
        r"\verb",
        r"\eqalign",
        r"\eqalignno",
        r"\displaylines",
        r"\mathchoice",
    ]
)
# The converter knows fewer environments than authors do; these are drawn alike.
_SAME_AS = {
    "align": "align*",
    "aligned": "align*",
    "eqnarray": "align*",
    "eqnarray*": "align*",
    "split": "align*",
    "gather": "matrix",
    "gather*": "matrix",
    "gathered": "matrix",
    "dcases": "cases",
    "multline": "matrix",
    "multline*": "matrix",
}
_ENVIRONMENTS = frozenset(
    [
        "align*",
        "array",
        "cases",
        "matrix",
        "pmatrix",
        "bmatrix",
        "Bmatrix",
        "vmatrix",
        "Vmatrix",
        "smallmatrix",
        "matrix*",
        "pmatrix*",
        "bmatrix*",
        "Bmatrix*",
        "vmatrix*",
        "Vmatrix*",
    ]
)
_ONE_FORMULA = re.compile(r"\\(?:begin|end)\s*\{(?:equation|displaymath|math)\*?\}")
_ENVIRONMENT = re.compile(r"\\(begin|end)\s*\{([^{}]*)\}")
_NOT_EQUAL = re.compile(r"\\not\s*=")
_TAG = re.compile(r"\\tag\b")
_LABEL = re.compile(r"\\label\s*\{[^{}]*\}")
_ARRAY_BEGIN = re.compile(r"\\begin\s*\{array\}")
_ARRAY = re.compile(r"\\begin\s*\{array\}\s*\{([lcr|\s]*)\}(?:\s*\\hline)?")
_COMMAND = re.compile(r"\\(?:[A-Za-z]+|.)", re.DOTALL)
_ESCAPED = re.compile(r"\\([%&_# ])")
_BRACES = re.compile(r"\\.|[{}]", re.DOTALL)
_TEXT = re.compile(r"(\\(?:text[a-z]*|mbox|hbox)\s*)\{([^{}]*)\}")
_TEXT_WITH_GROUPS = re.compile(r"\\(?:text[a-z]*|mbox|hbox|fbox|emph|tag)\*?\s*\{[^{}]*(?:\{|\\|\$)")


def formula_html(source: str, *, display: bool) -> str:
    """MathML of one formula, or its source with a sentence that says why there is none."""
    try:
        return _mathml(source, display)
    except UnsupportedFormula as error:
        dollars = "$$" if display else "$"
        return source_with_reason(dollars + source + dollars, str(error))


def source_with_reason(source: str, reason: str) -> str:
    sentence = f' <span class="math-error__reason">Formula not shown: {escape(reason)}</span>' if reason else ""
    return f'<span class="math-error"><code>{escape(source)}</code>{sentence}</span>'


@lru_cache(maxsize=2048)
def _mathml(source: str, display: bool) -> str:
    tex = _prepare(source)
    try:
        tree = convert_to_element(tex, display="block" if display else "inline")
        repair(tree)
        return tostring(tree, encoding="unicode", short_empty_elements=False)
    except UnsupportedFormula:
        raise
    except Exception as error:  # the converter raises nearly every built-in error on unfinished formulas
        raise UnsupportedFormula(_REASONS.get(type(error), "incomplete or unknown notation")) from error


def _prepare(source: str) -> str:
    """The source in the words that the converter understands; refuses what it would show wrongly."""
    if len(source) > rules.MAX_FORMULA_CHARACTERS:
        raise UnsupportedFormula(f"longer than {rules.MAX_FORMULA_CHARACTERS} characters")
    _check_braces(source)
    for command in _COMMAND.findall(source):
        if command in _REFUSED:
            raise UnsupportedFormula(f"{command} is not supported")
    if "&#" in source:
        raise UnsupportedFormula("a bare # is not supported")
    source = _TEXT.sub(_plain_words, source)
    if _TEXT_WITH_GROUPS.search(source):
        raise UnsupportedFormula(r"only plain words are supported inside \text")
    source = _TAG.sub(
        r"\\qquad\\tag",
        _NOT_EQUAL.sub(r"\\neq ", _LABEL.sub("", _ONE_FORMULA.sub("", source))),
    )
    arrays = len(_ARRAY_BEGIN.findall(source))
    source, understood = _ARRAY.subn(_without_outer_lines, source)
    if arrays != understood:
        raise UnsupportedFormula("only the columns l, c, r and | are supported in an array")
    return _ENVIRONMENT.sub(_environment, source)


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


def _plain_words(match: re.Match[str]) -> str:
    r"""`\text{if $x$}` in the only way that the converter knows: `\text{if }{x}`."""
    command, parts = match[1], match[2].split("$")
    if len(parts) % 2 == 0:
        return match[0]
    words = [_ESCAPED.sub(r"\1", part) if position % 2 == 0 else part for position, part in enumerate(parts)]
    return "".join(
        f"{{{part}}}" if position % 2 else f"{command}{{{part}}}" for position, part in enumerate(words) if part
    )


def _without_outer_lines(match: re.Match[str]) -> str:
    """The converter would draw the lines around an array between its columns and rows."""
    columns = "".join(match[1].split()).strip("|")
    return rf"\begin{{array}}{{{columns}}}"


def _environment(match: re.Match[str]) -> str:
    name = _SAME_AS.get(match[2], match[2])
    if name not in _ENVIRONMENTS:
        raise UnsupportedFormula(f"the environment {match[2]} is not supported")
    return f"\\{match[1]}{{{name}}}"
