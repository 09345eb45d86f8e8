"""What is typed into the search, taken apart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communities.searching.query import Operator, Query, parse


@pytest.mark.parametrize(
    ("text", "words", "excluded", "operators"),
    [
        ("chain rule", ["chain", "rule"], [], []),
        ('"chain rule" -sine', ["chain rule"], ["sine"], []),
        ('-"chain rule"', [], ["chain rule"], []),
        ('never "closed again', ["never", "closed again"], [], []),
        ("tag:limits -tag:sine", [], [], [Operator("tag", "limits"), Operator("tag", "sine", is_excluded=True)]),
        ("Score:>=3 CREATED:<1W", [], [], [Operator("score", ">=3"), Operator("created", "<1w")]),
        ('tag:"linear algebra" x', ["x"], [], [Operator("tag", "linear algebra")]),
        ("tag:", [], [], [Operator("tag", "")]),
        ("https://example.org std::vector 12:30", ["https://example.org", "std::vector", "12:30"], [], []),
        ("- -- \"\" ''  :-)", [], [], []),
        ("well-known x\0y", ["well-known", "x", "y"], [], []),
        ("דוגמה 例え 🙂 пример", ["דוגמה", "例え", "пример"], [], []),
    ],
)
def test_parse_tells_words_phrases_and_operators_apart(text, words, excluded, operators):
    assert parse(text) == Query(words, excluded, operators)


@given(st.text(max_size=300))
def test_parse_of_anything_leaves_no_quotation_mark_inside_a_word(text):
    query = parse(text)
    assert query.websearch.count('"') == 2 * len(query.words + query.excluded)
