"""A rendered text as plain words on one line, for the passages of a search: a formula is one sign, two enclose code."""

import re
from html import unescape

FORMULA = re.compile("\x04([\x0e-\x17]+)\x05")
"""The sign: between the two stands its number."""
MAX_FORMULA_LETTERS = 60
"""A longer one, or one of several lines, is no part of a line and becomes an ellipsis."""
CODE = re.compile("\x18\\s*([^\x18\x19]*?)\\s*\x19")

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
    | <(?P<code>/?)code\b{_TAG}>
    | (?P<word></?(?:a|del|em|span|strong)\b{_TAG}>)
    | <(?P<cut>math\b.*|[^>]*\Z)
    | <{_TAG}>
    """,
    re.VERBOSE | re.DOTALL,
)
_ANY_TAG = re.compile(r"<[^>]*>")


def words_of(html: str, formulas: list[str]) -> str:
    """What `render` made, or its beginning, wherever it is cut. Not HTML: to be escaped, then `with_signs`.

    The formulas are added to the list, in whose order they are numbered.
    """

    def shown(found: re.Match[str]) -> str:
        if found["formula"] is not None:
            return _sign(found["formula"], formulas)
        if found["code"] is not None:
            return "\x19" if found["code"] else "\x18"
        if found["cut"] is not None:
            return " … " if found["cut"].startswith("math") else ""
        return f" {found['alt']} " if found["alt"] else "" if found["word"] else " "

    return " ".join(unescape(_MARKUP.sub(shown, html)).split())


def with_signs(html: str, formulas: list[str]) -> str:
    """Escaped words with each formula where its sign stands, and code as code unless a part of it was cut off."""
    html = CODE.sub(r"<code>\1</code>", html)
    return FORMULA.sub(lambda sign: formulas[int(sign[1].translate(_NUMBERS))], html)


def _sign(formula: str, formulas: list[str]) -> str:
    if "<mtable" in formula or len(unescape(_ANY_TAG.sub("", formula))) > MAX_FORMULA_LETTERS:
        return " … "
    formulas.append(f'<math display="inline">{formula}</math>')
    return f"\x04{str(len(formulas) - 1).translate(_DIGITS)}\x05"
