"""What somebody typed into the search, taken apart: words, phrases, operators, each wanted or excluded."""

import re
from dataclasses import dataclass, field

TOKEN = re.compile(
    r"""(?P<minus>-)?
    (?: (?P<name>[^\W\d_]+):(?P<value>"[^"]*"?|[^\s"]*)
      | "(?P<phrase>[^"]*)"?
      | (?P<word>[^\s"]+) )""",
    re.VERBOSE,
)
ADDRESS = ("/", ":")
"""What begins so behind a colon is no value: `https://…`, `std::vector`."""


@dataclass(frozen=True)
class Operator:
    """`tag:fractions`, or `-tag:fractions` when excluded."""

    name: str
    value: str
    is_excluded: bool = False

    def __str__(self) -> str:
        return f"{'-' * self.is_excluded}{self.name}:{self.value}"


@dataclass(frozen=True)
class Query:
    """`words` are single words and phrases; a phrase is found as it stands."""

    words: list[str] = field(default_factory=list)
    excluded: list[str] = field(default_factory=list)
    operators: list[Operator] = field(default_factory=list)

    @property
    def websearch(self) -> str:
        """As `websearch_to_tsquery` reads it: every part in quotes, so that none of its own signs means anything.

        Words are split where `communities.searching.documents` splits them.
        """
        parts = [f'"{word}"' for word in self.words] + [f'-"{word}"' for word in self.excluded]
        return " ".join(parts).translate({ord("."): " ", ord("/"): " "})


def parse(text: str) -> Query:
    """Never fails: a quotation mark that is not closed reaches to the end."""
    query = Query()
    for found in TOKEN.finditer(text.replace("\0", " ")):
        name, value = found["name"], found["value"]
        if name and not value.startswith(ADDRESS):
            query.operators.append(Operator(name.lower(), value.strip('"').lower(), bool(found["minus"])))
            continue
        word = found["phrase"] if name is None and found["word"] is None else found["word"] or f"{name}:{value}"
        if any(sign.isalnum() for sign in word):
            (query.excluded if found["minus"] else query.words).append(word.replace('"', ""))
    return query
