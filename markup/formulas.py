"""TeX to MathML that says the same, or the source with the reason why not.

math-core does the conversion; math_source.py and math_commands.py put before it what it understands, mathml.py turns
the style attributes of its output into classes, within limits.
"""

import re
import threading
from functools import lru_cache
from html import escape

from math_core import LatexError, LatexToMathML

from . import rules
from .math_brackets import hide_brackets
from .math_commands import MACROS
from .math_source import UnsupportedFormula, prepare
from .mathml import finish

_CONVERTER = LatexToMathML(macros=MACROS, fancy_error=False, max_expansions=rules.MAX_FORMULA_CHARACTERS)
_UNKNOWN = re.compile(r'Unknown (?:command|environment) "(.{1,60})"\.')
_REASONS = {
    "Math mode within text mode is not implemented yet.": r"one $ alone inside \text",
    "Duplicate subscript or superscript.": "two superscripts or two subscripts in a row",
}
_NESTS = re.compile(r"\\[A-Za-z]+|[{^_\[']")
_PLAIN_NESTING = 200
_ROOMY_STACK = 64 * 1024 * 1024
_STACK_LOCK = threading.Lock()


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
    tex = hide_brackets(prepare(source))
    if tex is None:
        raise UnsupportedFormula("too many brackets")
    if len(_NESTS.findall(tex)) > _PLAIN_NESTING:
        return _with_room(tex, display)
    return _converted(tex, display)


def _converted(tex: str, display: bool) -> str:
    try:
        found = _CONVERTER.convert_with_local_state(tex, displaystyle=display)
        if len(found) > rules.MAX_FORMULA_OUTPUT:
            raise UnsupportedFormula("too long when written out")
        return finish(found, display=display)
    except UnsupportedFormula:
        raise
    except LatexError as error:
        raise UnsupportedFormula(_reason(str(error))) from error
    except RecursionError as error:
        raise UnsupportedFormula("nested too deeply") from error
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:  # a panic of the converter is no Exception
        raise UnsupportedFormula("incomplete or unknown notation") from error


def _with_room(tex: str, display: bool) -> str:
    """The converter is recursive and ends the process where its stack ends: what could nest deeply gets a deep one."""
    made: list[str | UnsupportedFormula] = []

    def convert() -> None:
        try:
            made.append(_converted(tex, display))
        except UnsupportedFormula as error:
            made.append(error)

    thread = threading.Thread(target=convert)
    with _STACK_LOCK:
        before = threading.stack_size(_ROOMY_STACK)
        try:
            thread.start()
        finally:
            threading.stack_size(before)
    thread.join()
    match made:
        case [str(html)]:
            return html
        case [UnsupportedFormula() as error]:
            raise error
        case _:
            raise UnsupportedFormula("incomplete or unknown notation")


def _reason(message: str) -> str:
    """The converter says `12: Unknown command "\\x".`; a sentence of ours begins with what is wrong."""
    sentence = message.partition(": ")[2] or message
    unknown = _UNKNOWN.search(sentence)
    if unknown:
        what = unknown[1]
        return f"{what} is not supported" if what.startswith("\\") else f"the environment {what} is not supported"
    if sentence in _REASONS:
        return _REASONS[sentence]
    return (sentence[:1].lower() + sentence[1:]).rstrip(".")
