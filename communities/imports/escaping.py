"""Text that was never Markdown, written so that Markdown shows it as it is; formulas stay formulas."""

import re

PUNCTUATION = re.escape("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")

# Between dollars, as the sites write it: no space inside the dollars, no digit after them.
FORMULA = re.compile(r"(?<![\\\d$])(\$\$[^$]+\$\$|\$(?![\s$])[^$\n]*?[^\s$\\]\$(?![\d$]))")
LOOKS_LIKE_MATHS = re.compile(r"[\\^_{}=<>+*/|]|\A\$\s*[A-Za-z][\w',()]{0,8}\s*\$\Z")

SPECIAL = re.compile(
    rf"\\(?=[{PUNCTUATION}]|$)"  # would escape what follows
    r"|[*`]|\$"
    r"|~(?=~)|(?<=~)~"
    r"|(?<![^\W_])_|_(?![^\W_])"  # inside a word an underscore is only itself
    r"|<(?=[A-Za-z/!?])"
    r"|&(?=#?\w+;)"
    r"|\](?=\()|\[(?=\^)|\^(?=\[)"
)
AT_LINE_START = re.compile(
    r"(?P<number>\d{1,9})(?=[.)](?:\s|$))"  # a list
    r"|\#{1,6}(?=\s|$)|[-+](?=\s|$)|>"  # a heading, a list, a quotation
    r"|=+\s*$|[|: -]+$|\[(?=[ xX]\])"  # what makes a heading or a table of the line above; a task
    r"|\[(?=[^\]]+\]:)"  # where links of this name lead
)


def escape(text: str, *, begins_line: bool) -> str:
    """`begins_line` says whether the first character may be read as the mark of a heading or list."""
    lines = escape_text(text, SPECIAL).split("\n")
    return "\n".join(
        escape_line_start(line) if begins_line or number > 0 else line for number, line in enumerate(lines)
    )


def escape_text(text: str, special: re.Pattern[str]) -> str:
    """A backslash before everything special, but not in formulas."""
    pieces = FORMULA.split(text)
    for position, piece in enumerate(pieces):
        if position % 2 == 0 or not LOOKS_LIKE_MATHS.search(piece):
            pieces[position] = special.sub(_with_backslash, piece)
    return "".join(pieces)


def escape_line_start(line: str) -> str:
    start = len(line) - len(line.lstrip(" "))
    match = AT_LINE_START.match(line, start)
    if not match:
        return line
    place = match.end("number") if match["number"] else start
    return f"{line[:place]}\\{line[place:]}"


def _with_backslash(match: re.Match[str]) -> str:
    return "\\" + match[0]
