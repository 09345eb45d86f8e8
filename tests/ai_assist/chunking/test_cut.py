"""Pages of blocks to passages: what stays whole, what stays apart, and what each passage says of its place."""

from itertools import pairwise
from pathlib import Path

import pytest
from django.conf import settings

from ai_assist.chunking import cut
from ai_assist.chunking.passage import words_in
from tests.ai_assist.pages import page, prose

SENTENCE = "Sentence number {} tells that the river rose by nine feet."


def sentences(count: int, begin: int = 0) -> str:
    return " ".join(SENTENCE.format(n) for n in range(begin, begin + count))


def test_cut_keeps_a_short_section_in_one_passage():
    (passage,) = cut("Rivers", [page(4, ("heading", "Floods", 1), ("prose", "It rains."), ("list", "- one\n- two"))])
    assert (passage.kind, passage.text, passage.heading_path) == ("prose", "It rains.\n\n- one\n- two", "Floods")
    assert (passage.page_start, passage.page_end, passage.start, passage.end) == (4, 4, 1, 2)
    assert passage.tokens == 4


def test_cut_gives_each_heading_its_own_passage_and_path():
    pages = [
        page(1, ("heading", "Rivers", 1), ("heading", "Floods", 2), ("prose", "They come in May.")),
        page(2, ("heading", "Dams", 3), ("prose", "They hold."), ("heading", "Fish", 2), ("prose", "They swim.")),
    ]
    assert [(p.heading_path, p.text) for p in cut("Rivers", pages)] == [
        ("Floods", "They come in May."),
        ("Floods > Dams", "They hold."),
        ("Fish", "They swim."),
    ]


def test_cut_divides_a_long_section_evenly_at_its_sentences():
    passages = cut("Rivers", [prose(1, sentences(20), sentences(20, 20))])
    lengths = [passage.tokens for passage in passages]
    assert max(lengths) <= 1.25 * 180
    assert min(lengths) >= 0.6 * max(lengths)
    assert " ".join(p.text.replace("\n\n", " ") for p in passages) == sentences(40)
    assert {passage.text[-5:] for passage in passages} == {"feet."}


def test_cut_never_joins_pages():
    passages = cut("Rivers", [prose(1, "It rains."), prose(2, "It pours.")])
    assert [(p.text, p.page_start, p.page_end) for p in passages] == [("It rains.", 1, 1), ("It pours.", 2, 2)]


def test_cut_carries_a_broken_sentence_over_the_page_and_says_so():
    passages = cut("Rivers", [prose(1, "It rains. The river"), prose(2, "rises in May. It falls.")])
    assert [(p.text, p.page_start, p.page_end, p.start, p.end) for p in passages] == [
        ("It rains.", 1, 1, 0, 0),
        ("The river rises in May. It falls.", 1, 2, 0, 0),
    ]


@pytest.mark.parametrize("length", [40, 400])
def test_cut_keeps_a_fence_whole(length):
    code = "\n\n".join(f"def step_{n}(x):\n    return x + {n}" for n in range(length))
    passages = cut("Notes", [page(1, ("prose", "Like this."), ("code", code, 0, "python"), ("prose", "And so on."))])
    assert [(p.kind, p.text) for p in passages] == [
        ("prose", "Like this."),
        ("code", f"```python\n{code}\n```"),
        ("prose", "And so on."),
    ]


def test_cut_leaves_a_line_of_code_in_its_text():
    (passage,) = cut("Notes", [page(1, ("prose", "Install it."), ("code", "apt install cairn", 0, "sh"))])
    assert (passage.kind, passage.text) == ("prose", "Install it.\n\n```sh\napt install cairn\n```")


def test_cut_fences_code_that_holds_fences():
    code = "```\n" + "word " * 40 + "\n```"
    (passage,) = cut("Notes", [page(1, ("code", code, 0, "markdown"), ("heading", "End", 1))])
    assert passage.text == f"````markdown\n{code}\n````"


def test_cut_divides_source_code_between_its_functions():
    source = (Path(settings.BASE_DIR) / "dev.py").read_text(encoding="utf-8")
    passages = cut("dev.py", [page(1, ("code", source, 0, "python"))])
    bodies = [p.text.removeprefix("```python\n").removesuffix("\n```") for p in passages]
    assert {p.kind for p in passages} == {"code"}
    assert max(p.tokens for p in passages) <= 190
    assert [line for body in bodies for line in body.splitlines() if line] == [x for x in source.splitlines() if x]
    assert sum(body.startswith(("def ", "class ", "if __name__")) for body in bodies) >= len(bodies) - 3


def test_cut_divides_source_code_of_an_unknown_language():
    source = "\n".join(f"PRINT {n} TIMES THE NUMBER OF SHEEP" for n in range(100))
    passages = cut("sheep.bas", [page(1, ("code", source, 0, "brainbasic"))])
    assert max(p.tokens for p in passages) <= 182
    assert "\n".join(p.text.split("\n", 1)[1].removesuffix("\n```") for p in passages) == source


def test_cut_divides_a_long_table_between_rows_under_its_head():
    head = "| year | feet |\n| --- | --- |"
    rows = [f"| {1900 + n} | {n} |" for n in range(150)]
    passages = cut("Rivers", [page(1, ("table", "\n".join([head, *rows])))])
    assert len(passages) == 2
    assert all(p.kind == "table" and p.text.startswith(head) for p in passages)
    assert [row for p in passages for row in p.text.splitlines()[2:]] == rows


def test_cut_keeps_formulas_whole_in_their_text():
    formula = r"\sum_{n=1}^{9} n^2 = 285"
    (beside,) = cut("Sums", [page(1, ("prose", "It holds that"), ("math", formula), ("prose", "for squares."))])
    (alone,) = cut("Sums", [page(1, ("heading", "Squares", 1), ("math", f"$${formula}$$"))])
    assert (beside.kind, beside.text) == ("prose", f"It holds that\n\n$$\n{formula}\n$$\n\nfor squares.")
    assert (alone.kind, alone.text) == ("math", f"$${formula}$$")


def test_cut_never_divides_inside_a_formula_of_a_line():
    paragraph = " ".join(
        f"Step {n} says $a. B_{{{n}}} = c! D$ holds. It goes on for some more words here." for n in range(40)
    )
    passages = cut("Sums", [prose(1, paragraph)])
    assert len(passages) > 1
    assert {p.text.count("$") % 2 for p in passages} == {0}


def test_cut_divides_text_without_a_full_stop():
    passages = cut("Poem", [prose(1, " ".join(["wave"] * 1000)), prose(2, "波" * 1000)])
    assert sum(p.tokens for p in passages) == 2000
    assert max(p.tokens for p in passages) <= 2 * 180


def test_cut_keeps_notes_and_scans_apart():
    passages = cut("Slides", [page(1, ("prose", "Rain."), ("notes", "Say hello."), ("ocr", "SUN"), label="Weather")])
    assert [(p.kind, p.text, p.heading_path) for p in passages] == [
        ("prose", "Rain.", "Weather"),
        ("notes", "Say hello.", "Weather"),
        ("ocr", "SUN", "Weather"),
    ]


def test_cut_finds_a_page_of_headings_alone():
    (passage,) = cut("Slides", [page(1, ("heading", "Thank you", 1), label="Thank you"), page(2)])
    assert (passage.text, passage.page_start) == ("Thank you", 1)


def test_cut_of_nothing_is_nothing():
    assert cut("Empty", [page(1, ("prose", " \n ")), page(2)]) == []


def test_cut_gives_the_same_passages_again():
    pages = [prose(1, sentences(50)), page(2, ("table", "| a |\n| - |\n| 1 |"))]
    assert cut("Rivers", pages) == cut("Rivers", pages)


def test_words_are_counted_in_scripts_without_spaces():
    assert [words_in(text) for text in ("two words", "日本語", "naïve café 7")] == [2, 3, 3]


def test_passages_follow_each_other():
    passages = cut("Rivers", [prose(n, sentences(30), sentences(30)) for n in range(1, 4)])
    places = [(p.page_start, p.start, p.page_end, p.end) for p in passages]
    assert all(one[2:] <= other[2:] for one, other in pairwise(places))
