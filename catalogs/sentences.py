"""Every sentence that the source marks for translation, without running anything but Django's own template lexer."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
NOT_READ = {".venv", "bench", "catalogs", "migrations", "node_modules", "tests", "var"}

SINGLE = ("gettext", "gettext_lazy", "gettext_noop")
MARKS = {
    **dict.fromkeys(SINGLE, ("id",)),
    **dict.fromkeys(("ngettext", "ngettext_lazy"), ("id", "plural")),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), ("context", "id")),
    **dict.fromkeys(("npgettext", "npgettext_lazy"), ("context", "id", "plural")),
}
"""What the first arguments of each function are."""
LITERAL = r"""u?(?:"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')"""
IN_TEMPLATE = re.compile(rf"\b(n?p?gettext|_)\(({LITERAL}(?:\s*,\s*{LITERAL})*)")


@dataclass(frozen=True)
class Sentence:
    id: str
    plural: str = ""
    context: str = ""


def sentences() -> dict[Sentence, list[str]]:
    """Each with the files that say it, in the order of files and lines."""
    found: dict[Sentence, list[str]] = {}
    for path in sorted(ROOT.rglob("*")):
        where = path.relative_to(ROOT)
        if not NOT_READ.isdisjoint(where.parts):
            continue
        if path.suffix == ".py":
            some = _of_python(path)
        elif where.parts[0] == "templates" and path.is_file():
            some = _of_template(path)
        else:
            continue
        for sentence in some:
            places = found.setdefault(sentence, [])
            if where.as_posix() not in places:
                places.append(where.as_posix())
    return found


def _of_python(path: Path) -> Iterator[Sentence]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    names = {"translation." + name: name for name in MARKS}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation":
            names |= {one.asname or one.name: one.name for one in node.names if one.name in MARKS}
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and ast.unparse(node.func) in names]
    for call in sorted(calls, key=lambda call: (call.lineno, call.col_offset)):
        parts = MARKS[names[ast.unparse(call.func)]]
        words = [argument.value for argument in call.args[: len(parts)] if isinstance(argument, ast.Constant)]
        if len(words) < len(parts):
            raise ValueError(f"{path}:{call.lineno}: only words that stand there can be translated")
        yield Sentence(**dict(zip(parts, map(str, words), strict=True)))


def _of_template(path: Path) -> Iterator[Sentence]:
    for name, arguments in IN_TEMPLATE.findall(templatize(path.read_text(encoding="utf-8"), origin=str(path))):
        words = [ast.literal_eval(literal) for literal in re.findall(LITERAL, arguments)]
        parts = MARKS.get(name, ("id",))
        yield Sentence(**dict(zip(parts, words, strict=False)))
