"""Tables and code: cut between rows and between functions, if at all."""

from collections.abc import Sequence
from itertools import takewhile

from ai_assist import rules
from ai_assist.chunking.passage import words_in

RULE = frozenset("|-: ")
SPLITTERS = {
    "c#": "csharp",
    "c++": "cpp",
    "cs": "csharp",
    "golang": "go",
    "javascript": "js",
    "jsx": "js",
    "perl6": "perl",
    "protobuf": "proto",
    "ps1": "powershell",
    "python3": "python",
    "rs": "rust",
    "solidity": "sol",
    "ts": "ts",
    "tsx": "ts",
    "typescript": "ts",
    "vb.net": "visualbasic6",
    "vbnet": "visualbasic6",
}
"""What parsers and writers call a language, and what its splitter is called, where these differ."""


def fenced(code: str, language: str) -> str:
    """In a fence longer than any in the code."""
    longest = max((len(run) for run in _runs(code)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}{language}\n{code.strip('\n')}\n{fence}"


def _runs(code: str) -> list[str]:
    lines = (line.lstrip() for line in code.splitlines())
    return ["".join(takewhile("`".__eq__, line)) for line in lines]


def table_parts(table: str) -> list[str]:
    """Between its rows; each part begins with the head."""
    rows = table.strip("\n").splitlines()
    has_head = len(rows) > 1 and set(rows[1]) <= RULE
    head, body = (rows[:2], rows[2:]) if has_head else ([], rows)
    parts: list[list[str]] = []
    length = rules.CHUNK_WORDS
    for row in body:
        more = words_in(row)
        if length + more > rules.CHUNK_WORDS:
            parts.append([])
            length = words_in(" ".join(head))
        parts[-1].append(row)
        length += more
    return ["\n".join([*head, *part]) for part in parts or [[]]]


def code_parts(code: str, language: str, is_source: bool) -> Sequence[str]:
    """A fence in a text stays whole; the source code of a file is cut between its functions and classes."""
    if not is_source or words_in(code) <= rules.CHUNK_WORDS:
        return [code.strip("\n")]
    from langchain_text_splitters import Language, RecursiveCharacterTextSplitter  # half a second

    name = SPLITTERS.get(language.lower(), language.lower())
    known = name in {known.value for known in Language}
    splitter = RecursiveCharacterTextSplitter(
        RecursiveCharacterTextSplitter.get_separators_for_language(Language(name)) if known else ["\n\n", "\n", " "],
        is_separator_regex=known,
        keep_separator="start",
        chunk_size=rules.CHUNK_WORDS,
        chunk_overlap=0,
        length_function=words_in,
        strip_whitespace=False,
    )
    parts = (part.strip("\n") for part in splitter.split_text(code))
    return [part for part in parts if part.strip()]
