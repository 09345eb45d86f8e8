"""Where mathematics begins and ends: the parser rules for `$…$` and `$$…$$`. What it means is in formulas.py."""

import re

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline

_MONEY = re.compile(r"\d[\d.,]*[kKmMbB]?\s+[^\W\d_]{2,}")
_INTERRUPTS = ["paragraph", "reference", "blockquote", "list"]
_UNCLOSED_UNTIL = "math_unclosed_until"


def add_math_syntax(md: MarkdownIt) -> None:
    md.inline.ruler.before("escape", "math_inline", _math_inline)
    md.block.ruler.before("fence", "math_block", _math_block, {"alt": _INTERRUPTS})


def _math_inline(state: StateInline, silent: bool) -> bool:
    src, start = state.src, state.pos
    if src[start] != "$":
        return False
    marker = "$$" if src.startswith("$$", start) else "$"
    if marker == "$" and not _may_open(src, start):
        return False
    begin = start + len(marker)
    end = _find_closing(src, begin, state.posMax, marker)
    if end < 0:
        return False
    content = src[begin:end]
    if not content.strip() or (marker == "$" and not _may_close(src, end, content)):
        return False
    if not silent:
        token = state.push("math_display" if marker == "$$" else "math_inline", "math", 0)
        token.content = content.strip()
        token.markup = marker
    state.pos = end + len(marker)
    return True


def _may_open(src: str, position: int) -> bool:
    """A dollar opens a formula when no digit stands before it and no space behind it."""
    following = src[position + 1 : position + 2]
    return bool(following) and not following.isspace() and not src[max(position - 1, 0) : position].isdigit()


def _may_close(src: str, position: int, content: str) -> bool:
    """A dollar closes one when no space stands before it and no digit behind it, and it is not a price."""
    if content[-1].isspace() or src[position + 1 : position + 2].isdigit():
        return False
    return "\\" in content or not _MONEY.match(content)


def _find_closing(src: str, position: int, limit: int, marker: str) -> int:
    while True:
        position = src.find(marker, position, limit)
        if position < 0:
            return -1
        backslashes = 0
        while src[position - backslashes - 1] == "\\":
            backslashes += 1
        if backslashes % 2 == 0:
            return position
        position += 1


def _math_block(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """Lines from one that starts with `$$` to one that ends with it, without a blank line between."""
    if state.is_code_block(start_line):
        return False
    first = _line(state, start_line)
    # Remembering where a search ended in vain keeps thousands of unclosed openings linear.
    if not first.startswith("$$") or start_line < state.env.get(_UNCLOSED_UNTIL, 0):
        return False
    opening, indent = first[2:], min(state.blkIndent, state.sCount[start_line])
    if "$$" in opening:
        if not opening.endswith("$$") or opening.count("$$") > 1 or not opening[:-2].strip():
            return False
        last_line, lines = start_line, [opening[:-2]]
    else:
        last_line, lines = start_line, [opening]
        while True:
            last_line += 1
            text = _line(state, last_line) if last_line < end_line else ""
            if not text or state.sCount[last_line] < indent:
                state.env[_UNCLOSED_UNTIL] = last_line
                return False
            if text.endswith("$$"):
                lines.append(text[:-2])
                break
            lines.append(text)
    content = "\n".join(lines).strip()
    if silent or not content:
        return bool(content)
    state.line = last_line + 1
    token = state.push("math_block", "math", 0)
    token.content = content
    token.markup = "$$"
    token.map = [start_line, state.line]
    return True


def _line(state: StateBlock, line: int) -> str:
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]].strip()
