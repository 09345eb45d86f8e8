"""Sets of articles with questions, each answered by a few words of one paragraph.

A file is `{"articles": [{"title": …, "paras": [{"c": text, "qas": [{"q": question, "a": [answers]}]}]}]}`. Questions
marked `"imp": true`, which the text does not answer, are left out.
"""

import json
import random
from dataclasses import dataclass
from pathlib import Path


class Malformed(Exception):
    """The file is no such set."""


@dataclass(frozen=True)
class Asked:
    """Any of the `answers` will do; they stand in paragraph `page` (from 1) of article `article` (from 0)."""

    question: str
    answers: tuple[str, ...]
    article: int
    page: int


@dataclass(frozen=True)
class Article:
    title: str
    paragraphs: list[str]


@dataclass(frozen=True)
class Dataset:
    articles: list[Article]
    asked: list[Asked]

    def sample(self, count: int | None) -> list[Asked]:
        """That many of the questions, the same each time; all of them when `count` is None."""
        if count is None or count >= len(self.asked):
            return self.asked
        return random.Random(0).sample(self.asked, count)  # noqa: S311  nothing secret


def read(path: Path) -> Dataset:
    """Raises Malformed."""
    try:
        return _dataset(json.loads(path.read_text(encoding="utf-8"))["articles"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise Malformed(f"{path} is no set of articles with questions: {error!r}") from error


def _dataset(given: list[dict]) -> Dataset:
    articles, asked = [], []
    for number, article in enumerate(given):
        articles.append(Article(article["title"].replace("_", " "), [para["c"] for para in article["paras"]]))
        asked += [
            Asked(qa["q"], tuple(qa["a"]), number, page)
            for page, para in enumerate(article["paras"], start=1)
            for qa in para["qas"]
            if not qa.get("imp")
        ]
    return Dataset(articles, asked)
