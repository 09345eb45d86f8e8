"""The words of a search, marked in a title and in a passage of what was found, which is read as rendered.

Which words of a text are meant, PostgreSQL knows: it reads them by the rules of their language. Reading is what costs,
so it gets only the surroundings of the places where a word begins like one that is searched.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import islice

from django.db.models.functions import Left
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from communities.models import Answer
from communities.models.content import NOT_DELETED
from communities.searching.find import Search
from markup.passage import whole_code, with_signs, words_of
from prepared import planned_cursor

BEGIN, END = "\x02", "\x03"
"""Taken out of every text before; what stands between becomes `<mark>` after everything is escaped."""
HEADLINES = """
    SELECT ts_headline(language::regconfig, title, query::tsquery, 'StartSel=\x02, StopSel=\x03, HighlightAll=true'),
           ts_headline(language::regconfig, body, query::tsquery, 'StartSel=\x02, StopSel=\x03, ' || options)
      FROM unnest(%s::text[], %s::text[], %s::text[], %s::text[], %s::text[]) WITH ORDINALITY
           AS found (language, query, title, body, options, place)
     ORDER BY place
"""
ALL, SOME = "HighlightAll=true", 'MaxFragments=2, MaxWords=24, MinWords=12, FragmentDelimiter=" … "'
OURS = re.compile("[\x00-\x08\x0e-\x1f]")
APART = str.maketrans("./<", "\x06\x07\x08")
"""As `communities.searching.documents` splits words; and PostgreSQL takes `<b and c>` for a tag and leaves it out."""
TOGETHER = {sign: place for place, sign in APART.items()}
READ = 1_000  # characters of a text in which a passage is looked for; of the answers together as many
READ_HTML = 5_000  # for so many of them
COMPARED, PLACES = 12, 2  # of the first places where a word begins so, the likeliest are looked at
BEFORE, AFTER = 50, 110  # characters around each
PARTS = 2  # that are shown
LOOKED_FOR = 8  # words of a search; the others are marked where they stand near
PHRASE_BEGINS = 3  # words of a phrase that say where it may stand: each more would treble the ways to look
SAME = 12  # characters by which a beginning or an end is known
SHOWN = 180  # characters where no word is searched
AND, LEXEME = re.compile(" [&|] "), re.compile(r"'((?:[^']|'')*)'")  # in a tsquery
BETWEEN = r"\W+(?:\w+\W+){0,2}?"  # the words of a phrase; small ones that nobody searches may stand there


@dataclass(frozen=True)
class Text:
    """What stands there. Where a word is missing in the text of `post`, its answers are looked through, too.

    `html` may be cut anywhere.
    """

    language: str
    title: str
    html: str
    post: int | None = None


@dataclass
class Part:
    """Of a text: from where to where, and which of the words stand there."""

    begin: int
    end: int = 0
    words: set[int] = field(default_factory=set)


def marked(search: Search, texts: Sequence[Text]) -> list[tuple[SafeString, SafeString]]:
    """Title and passage of each, as HTML."""
    formulas: list[str] = []
    titles, bodies = [OURS.sub("", text.title) for text in texts], [_plain(text.html, formulas) for text in texts]
    if not search.query.words:
        return [(_html(title, []), _html(_cut(body), formulas)) for title, body in zip(titles, bodies, strict=True)]
    if not texts:
        return []
    wanted = {language: _beginnings(query) for language, query in search.tsqueries.items()}
    words = [wanted[text.language] for text in texts]
    lacking = [
        text.post
        for text, *said, sought in zip(texts, titles, bodies, words, strict=True)
        if text.post and not all(any(map(word.search, said)) for word in sought)
    ]
    answers = _answers(lacking, formulas)
    bodies = [f"{body}{answers.get(text.post, '')}" for text, body in zip(texts, bodies, strict=True)]
    passages, options = zip(*map(_passage, titles, bodies, words), strict=True)
    languages = [text.language for text in texts]
    queries = [search.tsqueries[language] for language in languages]
    apart = [[said.translate(APART) for said in column] for column in (titles, passages)]
    with planned_cursor() as cursor:
        cursor.execute(HEADLINES, [languages, queries, *apart, list(options)])
        headlines = cursor.fetchall()
    return [
        (_html(title, []), _html(passage if option == ALL else _fragments(passage, body), formulas))
        for (title, passage), option, body in zip(headlines, options, bodies, strict=True)
    ]


def _beginnings(tsquery: str) -> list[re.Pattern[str]]:
    """How each wanted word or phrase may begin. A stem ends where its forms part, or a letter before: try, tries."""
    wanted = [part for part in AND.split(tsquery) if not part.lstrip("( ").startswith("!")]
    return [_beginning(LEXEME.findall(part)) for part in wanted[:LOOKED_FOR]]


def _beginning(stems: list[str]) -> re.Pattern[str]:
    starts = [re.escape(stem[:-1] if len(stem) > 3 else stem) for stem in stems[:PHRASE_BEGINS]]
    return re.compile(r"\b" + BETWEEN.join(rf"{start}\w*" for start in starts), re.IGNORECASE)


def _answers(posts: list[int], formulas: list[str]) -> dict[int | None, str]:
    """The beginnings of the answers, the most trusted first."""
    if not posts:
        return {}
    answers = Answer.objects.filter(NOT_DELETED, post__in=posts).order_by("-state", "-quality", "pk")
    found: dict[int | None, str] = dict.fromkeys(posts, "")
    for post, html in answers.values_list("post", Left("html", READ_HTML)):
        if len(found[post]) < READ:
            found[post] += f" {_plain(html, formulas)}"
    return found


def _plain(html: str, formulas: list[str]) -> str:
    words = words_of(OURS.sub("", html), formulas)
    return words if len(words) <= READ else words[:READ].rpartition(" ")[0]


def _passage(title: str, body: str, words: list[re.Pattern[str]]) -> tuple[str, str]:
    """What is marked, and how. Where no word begins so it may be in the title alone, or spelt in some other way."""
    if near := _near(body, words):
        return near, ALL
    if any(word.search(title) for word in words):
        return _cut(body), ALL
    return body, SOME


def _near(text: str, words: list[re.Pattern[str]]) -> str:
    """Around the places where most words begin so; "" where there is none."""
    places = sorted((place, word) for word, pattern in enumerate(words) for place in _likeliest(pattern, text))
    parts: list[Part] = []
    for place, word in places:
        if not parts or place - BEFORE > parts[-1].end:
            parts.append(Part(max(0, place - BEFORE)))
        parts[-1].end = place + AFTER
        parts[-1].words.add(word)
    best = sorted(parts, key=lambda part: (-len(part.words), part.begin))[:PARTS]
    shown = " ".join(_cut_out(text, part) for part in sorted(best, key=lambda part: part.begin))
    return shown.replace("… …", "…")


def _likeliest(word: re.Pattern[str], text: str) -> list[int]:
    """Of those that begin so, the shortest: “cats” and not “category”, where cats are searched."""
    found = sorted(islice(word.finditer(text), COMPARED), key=lambda place: len(place[0]))
    return [place.start() for place in found[:PLACES]]


def _fragments(headline: str, body: str) -> str:
    """What PostgreSQL took out of it, with signs where something is left out; without a mark its beginning."""
    if BEGIN not in headline:
        return _cut(body)
    said = headline.translate(TOGETHER).replace(BEGIN, "").replace(END, "")
    before, after = ("" if body.startswith(said[:SAME]) else "… "), ("" if body.endswith(said[-SAME:]) else " …")
    return f"{before}{headline}{after}"


def _cut_out(text: str, part: Part) -> str:
    """Whole words of it."""
    begin = text.find(" ", part.begin, part.begin + BEFORE) + 1 or part.begin if part.begin else 0
    if part.end >= len(text):
        return f"{'… ' * (begin > 0)}{whole_code(text[begin:].strip())}"
    end = text.rfind(" ", begin + BEFORE, part.end)
    return f"{'… ' * (begin > 0)}{whole_code(text[begin : end if end > 0 else part.end].strip())} …"


def _cut(body: str) -> str:
    return body if len(body) <= SHOWN else whole_code(body[:SHOWN].rpartition(" ")[0]) + " …"


def _html(headline: str, formulas: list[str]) -> SafeString:
    html = escape(headline.translate(TOGETHER)).replace(BEGIN, "<mark>").replace(END, "</mark>")
    return mark_safe(OURS.sub("", with_signs(html, formulas)))  # noqa: S308 - escaped above, formulas by `render`
