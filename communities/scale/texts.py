"""A few hundred texts with their HTML, from which every row of the load takes one."""

from dataclasses import dataclass
from random import Random

import markup
from communities.scale import SEED, words

TEXTS = 500


@dataclass(frozen=True)
class Pool:
    """Pairs of source and HTML as they stand in a line of COPY, the two divided by a tab."""

    posts: list[bytes]
    answers: list[bytes]
    comments: list[bytes]


def make_pool() -> Pool:
    random = Random(SEED)  # noqa: S311 - chance that is the same every time
    return Pool(
        posts=[_columns(_text(random, question=True)) for _ in range(TEXTS // 2)],
        answers=[_columns(_text(random, question=False)) for _ in range(TEXTS // 2)],
        comments=[_columns(comment) for comment in words.COMMENTS],
    )


def make_title(random: Random, *, is_question: bool) -> str:
    patterns = words.QUESTIONS if is_question else words.DISCUSSIONS
    return random.choice(patterns).format(*random.sample(words.SUBJECTS, 2))


def escaped(text: str) -> bytes:
    """As COPY reads it."""
    return text.replace("\\", "\\\\").replace("\n", "\\n").replace("\t", "\\t").encode()


def _text(random: Random, *, question: bool) -> str:
    paragraphs = [" ".join(random.sample(words.MIDDLES, random.randint(1, 3))) for _ in range(random.randint(1, 3))]
    if question:
        paragraphs.insert(0, random.choice(words.OPENINGS))
    for extra, share in ((words.LISTS, 0.25), (words.CODE, 0.15), (words.FORMULAS, 0.2)):
        if random.random() < share:
            paragraphs.append(random.choice(extra))
    return "\n\n".join([*paragraphs, random.choice(words.CLOSINGS)])


def _columns(text: str) -> bytes:
    return escaped(text) + b"\t" + escaped(markup.render(text))
