"""A rendered text as plain words on one line, for the passages of a search: a formula is one sign, two enclose code.

Of a block of code the first lines stand there, each as code; between the cells of a table a point, between its rows a
line.
"""

import re
from html import unescape

FORMULA = re.compile("\x04([\x0e-\x17]+)\x05")
"""The sign: between the two stands its number."""
MAX_FORMULA_LETTERS = 60
"""A longer one, or one of several lines, is no part of a line and becomes an ellipsis."""
CODE = re.compile("\x18\\s*([^\x18\x19]*?)\\s*\x19")

MAX_CODE_LINES = 3

_DIGITS = {ord(str(digit)): chr(0x0E + digit) for digit in range(10)}
_NUMBERS = {ord(sign): chr(digit) for digit, sign in _DIGITS.items()}
_TAG = r'[^<>"]*(?:"[^"]*"[^<>"]*)*'
_MARKUP = re.compile(
    rf"""
      <math\b{_TAG}>(?P<formula>.*?)</math>
    | <(?P<silent>button|sup)\b.*?</(?P=silent)>
    | <span\ class="(?:code__language|math-error__reason)">.*?</span>
    | <section\ class="footnotes".*
    | <img\b{_TAG}?\balt="(?P<alt>[^"]*)"{_TAG}>
    | <pre\b{_TAG}><code\b{_TAG}>(?P<block>.*?)(?:</code></pre>|\Z)
    | </t[dh]>\s*<(?P<cell>t[dh])\b{_TAG}>
    | </tr>\s*(?:</?t(?:head|body)>\s*)*<(?P<row>tr)>\s*<t[dh]\b{_TAG}>
    | <(?P<code>/?)code\b{_TAG}>
    | (?P<word></?(?:a|del|em|span|strong)\b{_TAG}>)
    | <(?P<cut>math\b.*|[^>]*\Z)
    | <{_TAG}>
    """,
    re.VERBOSE | re.DOTALL,
)
_ANY_TAG = re.compile(r"<[^>]*(?:>|\Z)")


def words_of(html: str, formulas: list[str]) -> str:
    """What `render` made, or its beginning, wherever it is cut. Not HTML: to be escaped, then `with_signs`.

    The formulas are added to the list, in whose order they are numbered.
    """

    def shown(found: re.Match[str]) -> str:
        if found["formula"] is not None:
            return _sign(found["formula"], formulas)
        if found["block"] is not None:
            return _lines(found["block"])
        if found["cell"] or found["row"]:
            return " · " if found["cell"] else " | "
        if found["code"] is not None:
            return "\x19" if found["code"] else "\x18"
        if found["cut"] is not None:
            return " … " if found["cut"].startswith("math") else ""
        return f" {found['alt']} " if found["alt"] else "" if found["word"] else " "

    return " ".join(unescape(_MARKUP.sub(shown, html)).split())


def whole_code(words: str) -> str:
    """Cut anywhere: code whose beginning or end is missing is code all the same."""
    begins = "\x18" if "\x19" in words.partition("\x18")[0] else ""
    ends = "\x19" if "\x18" in words.rpartition("\x19")[2] else ""
    return f"{begins}{words}{ends}"


def with_signs(html: str, formulas: list[str]) -> str:
    """Escaped words with each formula where its sign stands, and code as code."""
    html = CODE.sub(r"<code>\1</code>", html)
    return FORMULA.sub(lambda sign: formulas[int(sign[1].translate(_NUMBERS))], html)


def _lines(block: str) -> str:
    lines = [line for line in _ANY_TAG.sub("", block).splitlines() if line.strip()]
    shown = " ".join(f"\x18{line}\x19" for line in lines[:MAX_CODE_LINES])
    return f" {shown} … " if len(lines) > MAX_CODE_LINES else f" {shown} "


def _sign(formula: str, formulas: list[str]) -> str:
    if "<mtable" in formula or len(unescape(_ANY_TAG.sub("", formula))) > MAX_FORMULA_LETTERS:
        return " … "
    formulas.append(f'<math display="inline">{formula}</math>')
    return f"\x04{str(len(formulas) - 1).translate(_DIGITS)}\x05"
