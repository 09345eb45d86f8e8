"""The words of a passage among those of a page, however the page breaks them."""

import time

import pytest

from ai_assist.pageview.matching import matched, spans

PASSAGE = "An efficient walker adds one stone to the cairn, so that it stays visible in fog and snow."


def found(page: str, passage: str = PASSAGE) -> list[str]:
    words = page.split()
    return [" ".join(words[run.start : run.stop]) for run in matched(words, passage)]


@pytest.mark.parametrize(
    ("page", "words"),
    [
        (f"Before it. {PASSAGE} Behind it.", PASSAGE),
        (
            "It. An effi- cient walker adds one stone to the cairn, so that it stays vis- ible in fog and snow. And",
            "An effi- cient walker adds one stone to the cairn, so that it stays vis- ible in fog and snow.",
        ),
        (
            "It. An e\ufb03cient walker adds one stone to the cairn, so that it stays visible in fog and snow. And",
            "An e\ufb03cient walker adds one stone to the cairn, so that it stays visible in fog and snow.",
        ),
        (
            "It. An efficientwalker adds one s tone to the cairn , so that it stays visible in fog and snow . And",
            "An efficientwalker adds one s tone to the cairn , so that it stays visible in fog and snow",
        ),
    ],
    ids=["as it is", "hyphens", "ligature", "other gaps"],
)
def test_match_finds_the_passage_however_it_is_set(page, words):
    assert found(page) == [words]


def test_match_in_two_columns_leaves_out_what_is_between():
    page = (
        "Walks in the north. An efficient walker adds one stone to the cairn, so that "
        "Page 12 of the guide. It is cold. "
        "it stays visible in fog and snow. Then comes the bridge."
    )
    assert found(page) == [
        "An efficient walker adds one stone to the cairn, so that",
        "it stays visible in fog and snow.",
    ]


def test_match_of_columns_read_line_by_line_marks_what_is_long_enough():
    """The text of the file may run across both columns; what is found of the passage is marked."""
    left = ["An efficient walker adds one stone", "to the cairn, so that it stays visible"]
    right = ["Bridges are built of oak and", "of larch wood, and last for years"]
    lines = " ".join(f"{one} {other}" for one, other in zip(left, right, strict=True))
    assert found(lines, " ".join(left)) == left


def test_match_takes_the_next_of_equal_sentences():
    again = "Add one stone to every cairn that you pass."
    words = f"{again} Rest. {again} {PASSAGE}".split()
    assert matched(words, f"{PASSAGE}") == [range(19, 37)]
    assert matched(words, f"Rest. {again}") == [range(9, 19)]


@pytest.mark.parametrize("passage", ["", " -- * ", "fog and sn", "A text about something else entirely, nowhere here."])
def test_match_of_what_is_not_there_marks_nothing(passage):
    assert found(f"Some {PASSAGE.replace('snow', 'ice')}", passage) == []


def test_match_of_a_short_passage_is_whole():
    assert found("See $ E = mc 2 (Einstein) there.", "E = mc2") == ["E = mc 2"]


def test_match_ignores_the_signs_of_markdown():
    assert found("name size iron 7 gold 12 end", "| name | size |\n| --- | --- |\n| iron | 7 |\n| gold | 12 |") == [
        "name size iron 7 gold 12"
    ]


def test_match_on_a_long_page_is_quick():
    words = ("an efficient walker adds one stone " * 2000).split()
    began = time.process_time()
    assert matched(words, " ".join(words[:900])) == [range(900)]
    assert time.process_time() - began < 1


def test_spans_are_the_words_of_a_text():
    text = " one,  two\n"
    assert [text[word.start : word.stop] for word in spans(text)] == ["one,", "two"]
