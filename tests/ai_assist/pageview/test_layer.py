"""The text that lies over the picture of a page, and the marks behind it."""

from ai_assist.models import Page
from ai_assist.pageview.layer import Box, layer
from ai_assist.parsing import Drawn, Placed

LEFT = ["A cairn is a pile of stones", "that walkers leave where a path", "is hard to see in fog."]
RIGHT = ["Bridges are built of oak and", "of larch wood, and last for", "years if they are kept dry."]


def row(text: str, left: float, top: float, *, step: float = 0.01, height: float = 0.02) -> list[Placed]:
    """Words as a page has them, each letter `step` wide."""
    words = []
    for word in text.split():
        words.append(Placed(word, left, top, left + step * len(word), top + height))
        left += step * (len(word) + 1)
    return words


def columns() -> list[Placed]:
    """As files have them: one column, then the other."""
    texts = [(0.05, LEFT), (0.55, RIGHT)]
    return [word for left, lines in texts for n, text in enumerate(lines) for word in row(text, left, 0.1 + 0.03 * n)]


def drawing(words: list[Placed]) -> Drawn:
    return Drawn(b"", 1000, 1400, words)


def test_layer_has_each_line_of_each_column():
    said = layer(Page(), drawing(columns()), "")
    assert [line.text for line in said.lines] == [*LEFT, *RIGHT]
    assert said.marks == []
    first = said.lines[0]
    assert (first.x, first.width, first.height) == (50, 270, 28)
    assert 140 < first.y < 168


def test_layer_parts_what_is_side_by_side_in_one_row():
    words = row("name", 0.05, 0.1) + row("iron", 0.5, 0.1) + row("gold", 0.55, 0.1)
    assert [line.text for line in layer(Page(), drawing(words), "").lines] == ["name", "iron gold"]


def test_layer_marks_the_passage_line_by_line():
    passage = "a pile of stones that walkers leave where a path is hard to see"
    marks = layer(Page(), drawing(columns()), passage).marks
    assert [round(mark.y) for mark in marks] == [136, 178, 220]
    assert marks[0] == Box(155.8, 135.8, 168.4, 36.4)
    assert max(mark.x + mark.width for mark in marks) < 500


def test_layer_of_a_scan_has_the_lines_that_were_recognised():
    tops = (0.1, 0.2, 0.3)
    lines = [
        {"text": text, "left": 0.1, "top": top, "right": 0.6, "bottom": top + 0.05}
        for text, top in zip(LEFT, tops, strict=True)
    ]
    said = layer(Page(lines=lines), drawing(row("STAMP", 0.9, 0.9)), "walkers leave where a path is hard")
    assert [line.text for line in said.lines] == LEFT
    assert [round(mark.y) for mark in said.marks] == [270, 410]
    assert said.marks[0].x > 100 + 500 * 4 / len(LEFT[1])


def test_layer_of_an_empty_page_is_empty():
    assert layer(Page(), drawing([]), "anything") == ([], [])
