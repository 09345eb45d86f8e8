"""Answers made of quotations."""

import pytest

from ai_assist.answering.extractive import answer
from ai_assist.models import Document
from ai_assist.retrieval import search
from tests.ai_assist.library import make_document
from tests.ai_assist.pages import page

ISLAND = [
    "The lighthouse of Orrin Point was lit in 1871. Its lamp burns whale oil. Nobody lives there in winter.",
    "Our bakers knead the dough at four in the morning. The rye bread rests for eleven hours.",
]


@pytest.fixture
def notes(ada) -> Document:
    return make_document(ada, "Island notes", ISLAND)


def ask(question: str, user) -> list[str]:
    return [quote.text for quote in answer(question, search(question, user=user, documents=None)).quotes]


def test_answer_begins_with_the_sentence_that_says_it(ada, notes):
    assert ask("When was the lighthouse lit?", ada)[0] == "The lighthouse of Orrin Point was lit in 1871."
    assert ask("How long does rye bread rest?", ada)[0] == "The rye bread rests for eleven hours."


def test_answer_quotes_three_sentences_at_most_each_once_and_to_the_letter(ada, notes):
    make_document(ada, "A copy", ISLAND)
    question = "When was the lighthouse of Orrin Point lit and what does its lamp burn in winter?"
    given = answer(question, search(question, user=ada, documents=None))
    assert len({quote.text for quote in given.quotes}) == len(given.quotes) == 3
    assert all(quote.text in quote.chunk.text for quote in given.quotes)


@pytest.mark.parametrize(
    ("kind", "text", "question", "quoted"),
    [
        (
            "code",
            "def mean(xs):\n    return sum(xs) / len(xs)\n" * 9,
            "How is the mean computed in code?",
            "```\n{}\n```",
        ),
        ("math", r"\bar x = \frac{1}{n} \sum x_i", "What is the formula of the mean?", "$$\n{}\n$$"),
        ("table", "| mean | n |\n| --- | --- |\n| 4 | 2 |\n| 9 | 3 |", "Which mean has the table for n?", "{}"),
    ],
)
def test_answer_quotes_blocks_whole(ada, kind, text, question, quoted):
    make_document(ada, "Statistics", [page(1, ("heading", "The mean", 1), (kind, text))])
    assert ask(question, ada) == [quoted.format(text.strip("\n"))]


def test_question_about_something_else_is_refused_with_the_nearest_titles(ada, notes):
    make_document(ada, "Bread", ["Rye needs water."])
    make_document(ada, "Rope", ["Knots hold."])
    question = "Who composed the opera about the barber of Seville?"
    given = answer(question, search(question, user=ada, documents=None))
    assert given.is_refused
    assert len(given.nearest) == 2
    assert set(given.nearest) <= {"Island notes", "Bread", "Rope"}


def test_answer_from_nothing_is_refused(ada):
    assert answer("Why?", []).is_refused
