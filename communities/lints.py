"""What often keeps a post from getting a good answer: pure questions about its text. They warn and never block."""

import re
from collections.abc import Callable

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

import markup
from communities import rules
from communities.models import PostKind

FENCED = re.compile(r"^ {0,3}(`{3,}|~{3,}).*?(?:^ {0,3}\1[`~]*[ \t]*$|\Z)", re.MULTILINE | re.DOTALL)
INDENTED = re.compile(r"(?:\A|\n[ \t]*\n)(?:(?: {4}|\t).*(?:\n|\Z))+")
INLINE_CODE = re.compile(r"(?<!`)(`+)(?!`).+?(?<!`)\1(?!`)", re.DOTALL)
FORMULA = re.compile(r"\$\$.+?\$\$|\$[^$\n]+\$", re.DOTALL)
QUOTED = re.compile(r"^ {0,3}>(?!>>).*$", re.MULTILINE)
PICTURE = re.compile(r"!\[[^\]\n]{0,300}\](?:\([^)\n]{0,600}\)|\[[^\]\n]{0,100}\])|<img\b[^>]{0,600}>", re.IGNORECASE)
HEADING = re.compile(r"^ {0,3}#{1,6} .*$", re.MULTILINE)
ADDRESS = re.compile(r"(?:https?://|www\.)\S+")
WORD = re.compile(r"\w+")

CODE_LINE = re.compile(
    r"""\s*(?:
        (?:def|class|function|func|fn|public|private|static|void|int|const|let|var)\ .*[({:=;].*
      | import\ [\w.]+(?:\ as\ \w+)?;?
      | from\ [\w.]+\ import\ .+
      | (?:using|package)\ [\w.]+;
      | \#include\b.*
      | (?:if|for|while|elif|switch|catch|except)\b.*[(=<>!\[].*[:{]
      | for\ \w+\ in\ .*:
      | (?:else|try|finally)\s*[:{]
      | (?:return|print|echo)\b[ (].*[);]
      | (?:>>>|\$|C:\\>)\ \S.*
      | [\w.\[\]]+\s*(?:[-+*/]?=|:=|<-)\s*(?:[\w.]+\(.*\)|\[.*\]|\{.*\}|"[^"]*"|'[^']*')\s*;?
      | [\w.]+\(.*\)\s*[;{]?
      | [{}()\]]+[;,]?
    )\s*""",
    re.VERBOSE,
)
CODE_LINE_MAX = 200  # characters; nobody writes longer ones by hand
MARKS = re.compile(r"[\[(]\s*\d+\s*(?:marks?|points?|pts)\s*[\])]", re.IGNORECASE)
NUMBERED_TASK = re.compile(r"\b(?:exercise|problem|question|task|assignment|homework)\s+\d+", re.IGNORECASE)
LETTERED_PART = re.compile(r"^[ \t]*(?:\([a-h]\)|[a-h]\))[ \t]+\S", re.MULTILINE)
ORDER = re.compile(
    r"\b(?:show all (?:your )?work|your task is|you (?:are|will be) (?:asked|required|expected) to|"
    r"write a (?:program|function|class|method) (?:that|which|to)|(?:hand in|submit) your|due (?:date|by|on))\b",
    re.IGNORECASE,
)
LISTED_QUESTION = re.compile(r"^[ \t]*(?:[-*+]|\d+[.)]|\(?[a-h]\))[ \t]+[^\n]*[?？؟][ \t]*$", re.MULTILINE)
ASKED = re.compile(r"[?？؟]+(?=\s|$|[)\"'”»*_])")


def is_only_pictures(body: str) -> bool:
    """Nobody can search a picture, read it aloud or copy from it."""
    rest = ADDRESS.sub(" ", HEADING.sub(" ", PICTURE.sub(" ", body)))
    return PICTURE.search(body) is not None and len(WORD.findall(rest)) < rules.WORDS_BESIDE_PICTURES


def has_unfenced_code(body: str) -> bool:
    """Outside of a block, Markdown takes the stars, underscores and indents out of code."""
    lines = [line for line in prose_of(body).splitlines() if len(line) <= CODE_LINE_MAX]
    return sum(CODE_LINE.fullmatch(line) is not None for line in lines) >= rules.CODE_LINES_UNFENCED


def is_pasted_assignment(body: str) -> bool:
    """Two signs of a sheet of exercises: marks, a number, lettered parts, orders to the reader."""
    prose = prose_of(body)
    signs = (
        MARKS.search(prose) is not None,
        NUMBERED_TASK.search(prose) is not None,
        len(LETTERED_PART.findall(prose)) > 1,
        ORDER.search(prose) is not None,
    )
    return sum(signs) > 1


def asks_several_questions(body: str) -> bool:
    """A list of questions, or more of them than one thought needs."""
    prose = prose_of(body)
    return len(LISTED_QUESTION.findall(prose)) > 1 or len(ASKED.findall(prose)) > rules.QUESTIONS_IN_ONE_POST


LINTS: list[tuple[Callable[[str], bool], Promise]] = [
    (
        is_only_pictures,
        _("There is little text beside the picture. Write out what it shows: words can be found."),
    ),
    (has_unfenced_code, _("Some lines look like code. Put ``` on a line of its own before and after it.")),
]
LINTS_OF_QUESTIONS: list[tuple[Callable[[str], bool], Promise]] = [
    (is_pasted_assignment, _("This reads like an exercise copied whole. Say which step you don't understand.")),
    (asks_several_questions, _("There is more than one question here. One post for each gets better answers.")),
]


def warnings(kind: str, body: str) -> list[Promise]:
    """A sentence for each thing worth another look."""
    lints = LINTS + LINTS_OF_QUESTIONS if kind == PostKind.QUESTION else LINTS
    return [sentence for lint, sentence in lints if lint(body)]


def names_beyond(body: str, most: int) -> list[str]:
    """What a writer is told whose text names more people than may hear of it."""
    if len(markup.mentioned(body)) <= most:
        return []
    return [gettext("You name more than %(most)s people; only the first %(most)s are told.") % {"most": most}]


def prose_of(body: str) -> str:
    """The text without code, formulas, quotations, pictures and addresses."""
    for pattern in (FENCED, INDENTED):
        body = pattern.sub("\n\n", body)
    for pattern in (INLINE_CODE, FORMULA, QUOTED, PICTURE, ADDRESS):
        body = pattern.sub(" … ", body)
    return body
