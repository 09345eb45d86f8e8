"""Words on a page to rows: what stands beside each other, with the scripts and fractions of formulas."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from itertools import pairwise

from .pdf_words import Word

CELL_GAP = 0.95
"""Times the size of its letters: a wider gap in a row parts cells. Between words of justified text it is less."""
NEAR = 0.45
"""Times the size: so far above or below the others the limits of a sum may stand."""
SMALL = 0.85
SCRIPT = 0.2
"""Times the size of what is before it, an exponent stands higher, and an index half as much lower."""
UPWARDS = 0.2
"""Share of rows that begin above the one before. With more the order of the file is not that of reading."""
_LETTERS = re.compile(r"[^\W\d_]{3,}")
_NAMES = (
    "sin cos tan cot sec csc arcsin arccos arctan sinh cosh tanh log exp lim sup inf max min det dim ker deg gcd lcm "
    "mod arg rank span trace diag sgn Var Cov Hom End Aut"
)
_FUNCTIONS = frozenset(_NAMES.split())
_DOTTED = re.compile(r"(?:\. ?){5}")
_FORMULA_SHARE = 0.25
_LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "ft", "ﬆ": "st", "\xa0": " "})
_RAISED_LETTERS = str.maketrans("abcdefghijklmoprstuvwxyzTAB", "ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐᵒᵖʳˢᵗᵘᵛʷˣʸᶻᵀᴬᴮ")
_LOWERED_LETTERS = str.maketrans("aehijklmnoprstuvx", "ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ")
_OVERLAID = re.compile("\u0338\\s*([=<>∈≡∼≤≥⊂⊆])")
"""TeX strikes a sign out before it writes it, Unicode after."""
_RAISED = str.maketrans("0123456789+−-=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿ")
_LOWERED = str.maketrans("0123456789+−-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎")


class Row:
    def __init__(self, words: list[Word]) -> None:
        self.words = words

    @cached_property
    def left(self) -> float:
        return min(word.left for word in self.words)

    @cached_property
    def right(self) -> float:
        return max(word.right for word in self.words)

    @cached_property
    def top(self) -> float:
        return max(word.top for word in self.words)

    @cached_property
    def bottom(self) -> float:
        return min(word.bottom for word in self.words)

    @cached_property
    def size(self) -> float:
        """That of most letters."""
        sizes: Counter[float] = Counter()
        for word in self.words:
            sizes[round(word.style.size, 1)] += len(word.text)
        return max(sizes, key=lambda size: (sizes[size], size))

    @cached_property
    def y(self) -> float:
        """The line on which most letters stand."""
        lines: Counter[float] = Counter()
        for word in self.words:
            lines[round(word.y, 1)] += len(word.text)
        return max(lines, key=lambda line: lines[line])

    @cached_property
    def text(self) -> str:
        return said(self.words)

    @cached_property
    def is_fixed(self) -> bool:
        """But for the number that it may have in a listing."""
        words = self.words[1:] if self.words[0].text.isdecimal() and len(self.words) > 1 else self.words
        return _share(words, lambda word: word.style.is_fixed) > 0.8

    @cached_property
    def is_dotted(self) -> bool:
        """As the lines of a table of contents are."""
        return bool(_DOTTED.search(self.text))

    @cached_property
    def is_bold(self) -> bool:
        return _share(self.words, lambda word: word.style.is_bold) > 0.9

    @cached_property
    def is_formula(self) -> bool:
        """Hardly anything else stands in it."""
        texts = [word.text for word in self.words if not word.is_math]
        words = [word for text in texts for word in _LETTERS.findall(text) if word not in _FUNCTIONS]
        return not words and _share(self.words, lambda word: word.is_math) >= _FORMULA_SHARE

    @cached_property
    def cells(self) -> list[list[Word]]:
        """From left to right."""
        cells: list[list[Word]] = []
        right = float("-inf")
        for word in sorted(self.words, key=lambda word: word.left):
            if not cells or word.left - right > CELL_GAP * self.size:
                cells.append([])
            cells[-1].append(word)
            right = max(right, word.right)
        order = {id(word): place for place, word in enumerate(self.words)}
        return [sorted(cell, key=lambda word: order[id(word)]) for cell in cells]


def _share(words: Sequence[Word], is_such: Callable[[Word], bool]) -> float:
    return sum(len(word.text) for word in words if is_such(word)) / max(sum(len(word.text) for word in words), 1)


def said(words: Sequence[Word]) -> str:
    text = ""
    base = before = words[0]
    for word in words:
        is_script = word.style.size < SMALL * base.style.size and _stands_by(before, word)
        shown = _script(word, base) if is_script else word.text
        text += f" {shown}" if word is not words[0] and _is_apart(before, word) else shown
        base, before = base if is_script else word, word
    return _OVERLAID.sub("\\1\u0338", text.translate(_LIGATURES)).strip()


def _stands_by(before: Word, word: Word) -> bool:
    return before.left <= word.left < before.right + 0.3 * before.style.size


def _script(word: Word, base: Word) -> str:
    """Raised or lowered, where Unicode has such signs."""
    height = (word.y - base.y) / base.style.size
    has_letters = word.is_math or base.is_math
    if base.style.is_extension:
        return word.text
    if SCRIPT < height < 1:
        signs = _RAISED | _RAISED_LETTERS if has_letters else _RAISED
    elif -1 < height < -SCRIPT / 2:
        signs = _LOWERED | _LOWERED_LETTERS if has_letters else _LOWERED
    else:
        return word.text
    return word.text.translate(signs) if all(ord(sign) in signs for sign in word.text) else word.text


def _is_apart(before: Word, word: Word) -> bool:
    if word.is_apart or word.left < before.left:
        return True
    return word.left - before.right > 0.17 * max(before.style.size, word.style.size)


def rows_of(words: Iterable[Word]) -> list[Row]:
    """In the order of the file, which is that of reading but for programs that write in any other: then from top to
    bottom."""
    rows = list(_rows(words))
    jumps = sum(1 for above, below in pairwise(rows) if below.y > above.y + above.size)
    if jumps > 2 and jumps > UPWARDS * len(rows):
        rows = list(_rows(_by_lines([word for row in rows for word in row.words])))
    return rows


def _rows(words: Iterable[Word]) -> Iterator[Row]:
    row: Row | None = None
    for word in words:
        if row and _belongs(word, row):
            row = Row([*row.words, word])
            continue
        if row:
            yield row
        row = Row([word])
    if row:
        yield row


def _belongs(word: Word, row: Row) -> bool:
    size = max(row.size, word.style.size)
    overlap = min(row.top, word.top) - max(row.bottom, word.bottom)
    lowest = min(word.top - word.bottom, row.top - row.bottom)
    last = row.words[-1]
    if overlap > 0.5 * lowest and word.left > last.left - 0.1 * size:
        return True
    has_formula = word.is_math or last.is_math or row.is_formula
    return has_formula and overlap > -NEAR * size * _reach(word, row) and word.left > row.left + 0.5 * size


def _reach(word: Word, row: Row) -> float:
    """Small letters may stand apart; others have to overlap at least a little."""
    return 1.0 if word.style.size < SMALL * row.size or row.is_formula else -0.1


def _by_lines(words: list[Word]) -> list[Word]:
    """From top to bottom, those of one line from left to right."""
    lines: list[list[Word]] = []
    for word in sorted(words, key=lambda word: -word.y):
        if lines and lines[-1][0].y - word.y < 0.4 * word.style.size:
            lines[-1].append(word)
        else:
            lines.append([word])
    return [word for line in lines for word in sorted(line, key=lambda word: word.left)]
