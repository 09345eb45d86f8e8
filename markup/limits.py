"""Stops the parser on text that is built to keep it busy. It counts steps, so that the outcome never varies."""

import re

from markdown_it import MarkdownIt
from markdown_it.ruler import RuleOptionsType
from markdown_it.rules_block import StateBlock
from markdown_it.rules_block.table import table

from . import rules

_STEPS = "steps"
_BLANK_LINE = "blank_line"
_EVERY_CHAIN: RuleOptionsType = {"alt": ["paragraph", "reference", "blockquote", "list"]}
_DELIMITER_ROW = re.compile(r"[ \t|:-]+\Z")


class TooComplex(Exception):
    """Says why a text is shown without formatting."""


def add_limits(md: MarkdownIt) -> None:
    md.block.ruler.at("table", _table_of_sane_size, {"alt": ["paragraph", "reference"]})
    md.block.ruler.before("table", "limits", _count_step, _EVERY_CHAIN)


def _count_step(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    # The parser itself would drop what is nested too deeply, without a word.
    if state.level > rules.MAX_NESTING:
        raise TooComplex("it is nested too deeply")
    state.env[_STEPS] = state.env.get(_STEPS, 0) + 1
    if state.env[_STEPS] > rules.MAX_STEPS:
        raise TooComplex("it is too complex")
    return False


def _table_of_sane_size(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """Short rows are filled up to the width of the first one: a few thousand bars could become a million cells."""
    if start_line + 2 > end_line or not _DELIMITER_ROW.match(_line(state, start_line + 1)):
        return False
    columns = _line(state, start_line).count("|") + 1
    if columns * (_blank_line_after(state, start_line, end_line) - start_line) > rules.MAX_TABLE_CELLS:
        return False
    return table(state, start_line, end_line, silent)


def _blank_line_after(state: StateBlock, start_line: int, end_line: int) -> int:
    last: int = max(start_line, state.env.get(_BLANK_LINE, 0))  # remembered, or each line would count anew
    while last < end_line and _line(state, last):
        last += 1
    state.env[_BLANK_LINE] = last
    return last


def _line(state: StateBlock, line: int) -> str:
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]].strip()
