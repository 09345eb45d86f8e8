"""TeX to MathML that says the same, or the source with the reason why not.

latex2mathml does the conversion. It copies what it does not know into the output as if it were text, passes
markup through, and relies on attributes that browsers ignore; mathml.py repairs its tree or refuses it.
"""

from functools import lru_cache
from html import escape
import re
from xml.etree.ElementTree import tostring

from latex2mathml.converter import convert_to_element
from latex2mathml.exceptions import (
    DoubleSubscriptsError,
    DoubleSuperscriptsError,
    ExtraLeftOrMissingRightError,
    MissingEndError,
)

from . import rules
from .mathml import UnsupportedFormula, repair

_REASONS: dict[type[Exception], str] = {
    DoubleSubscriptsError: "two subscripts in a row",
    DoubleSuperscriptsError: "two superscripts in a row",
    ExtraLeftOrMissingRightError: r"\left without \right",
    MissingEndError: r"\begin without \end",
    RecursionError: "nested too deeply",
}

# These would run attributes, definitions or positions of the author's choosing, or are shown wrongly.
_REFUSED = frozenset(
    r"\href \style \class \unicode \newcommand \renewcommand \newenvironment \def \DeclareMathOperator \rule"
    r" \llap \rlap \clap \mathllap \mathrlap \mathclap \smash \raise \lower \moveleft \moveright \shoveleft"
    r" \shoveright \skew \colorbox \fcolorbox \verb \eqalign \eqalignno \displaylines \mathchoice".split()
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
    "align* array cases matrix pmatrix bmatrix Bmatrix vmatrix Vmatrix smallmatrix"
    " matrix* pmatrix* bmatrix* Bmatrix* vmatrix* Vmatrix*".split()
)
_ONE_FORMULA = re.compile(r"\\(?:begin|end)\s*\{(?:equation|displaymath|math)\*?\}")
_ENVIRONMENT = re.compile(r"\\(begin|end)\s*\{([^{}]*)\}")
_LABEL = re.compile(r"\\label\s*\{[^{}]*\}")
_COMMAND = re.compile(r"\\(?:[A-Za-z]+|.)", re.DOTALL)
_BRACES = re.compile(r"\\.|[{}]", re.DOTALL)
_TEXT_WITH_GROUPS = re.compile(r"\\(?:text[a-z]*|mbox|hbox|fbox|emph|tag)\*?\s*\{[^{}]*(?:\{|\\|\$)")


def formula_html(source: str, *, display: bool) -> str:
    """MathML of one formula, or its source with a sentence that says why there is none."""
    try:
        return _mathml(source, display)
    except UnsupportedFormula as error:
        dollars = "$$" if display else "$"
        return source_with_reason(dollars + source + dollars, str(error))


def source_with_reason(source: str, reason: str) -> str:
    sentence = (
        f' <span class="math-error__reason">Formula not shown: {escape(reason)}</span>' if reason else ""
    )
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
    if _TEXT_WITH_GROUPS.search(source):
        raise UnsupportedFormula(r"only plain words are supported inside \text")
    return _ENVIRONMENT.sub(_environment, _LABEL.sub("", _ONE_FORMULA.sub("", source)))


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


def _environment(match: re.Match[str]) -> str:
    name = _SAME_AS.get(match[2], match[2])
    if name not in _ENVIRONMENTS:
        raise UnsupportedFormula(f"the environment {match[2]} is not supported")
    return f"\\{match[1]}{{{name}}}"
