"""What differs between two texts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communities.differences import CONTEXT, changed_characters, difference, whole


def shown(before: str, after: str) -> list[str]:
    """Each line with what was taken out in [- -] and put in in {+ +}."""
    marks = {"same": "{}", "removed": "[-{}-]", "added": "{{+{}+}}"}
    return [
        f"…{line.skipped}" if line.skipped else "".join(marks[piece.mark].format(piece.text) for piece in line.pieces)
        for line in difference(before, after)
    ]


@pytest.mark.parametrize(
    ("before", "after", "lines"),
    [
        ("one two three", "one 2 three", ["one[- two-]{+ 2+} three"]),
        ("one two", "one two three", ["one two{+ three+}"]),
        ("a\nb", "a\nb\nc", ["a", "b", "{+c+}"]),
        ("a\nb\nc", "a\nc", ["a", "[-b-]", "c"]),
        ("grün und rot", "grün oder rot", ["grün[- und-]{+ oder+} rot"]),
        ("f(x)", "f(y)", ["f([-x-]{+y+})"]),
        ("מילה ישנה", "מילה חדשה", ["מילה[- ישנה-]{+ חדשה+}"]),
        ("", "new", ["{+new+}"]),
        ("a \u202eb", "a b", ["a[- ⟦U+202E⟧b-]{+ b+}"]),
        ("same", "same", ["…1"]),
    ],
)
def test_differences_are_words_within_lines(before, after, lines):
    assert shown(before, after) == lines


def test_long_stretches_without_change_are_counted():
    before = [f"line {n}" for n in range(20)]
    after = [*before[:10], "another", *before[11:]]
    around = [f"line {n}" for n in range(10 - CONTEXT, 10)], [f"line {n}" for n in range(11, 11 + CONTEXT)]
    changed = "[-line 10-]{+another+}"
    assert shown("\n".join(before), "\n".join(after)) == ["…8", *around[0], changed, *around[1], "…7"]


@given(st.text(alphabet="ab \n", max_size=80), st.text(alphabet="ab \n", max_size=80))
def test_nothing_is_lost_on_either_side(before, after):
    sides = ["", ""]
    for line in difference(before, after):
        sides[0] += "".join(piece.text for piece in line.before)
        sides[1] += "".join(piece.text for piece in line.after)
    skipped = sum(line.skipped for line in difference(before, after))
    if not skipped:
        assert sides == ["".join(before.splitlines()), "".join(after.splitlines())]
    assert (changed_characters(before, after) == 0) == (before == after)


def test_whole_shows_every_line_unmarked():
    assert [(line.mark, line.after[0].text) for line in whole("a\n\nb")] == [("same", "a"), ("same", ""), ("same", "b")]


@pytest.mark.parametrize(("before", "after", "count"), [("abc def", "abc xyz", 8), ("", "x", 1), ("a\n", "a", 1)])
def test_changed_characters_count_both_sides(before, after, count):
    assert changed_characters(before, after) == count


def test_texts_too_different_to_compare_are_taken_out_and_put_in():
    before, after = ("\n".join(f"{side}{n}" for n in range(900)) for side in "ab")
    lines = difference(before, after)
    assert {line.mark for line in lines} == {"changed"}
    assert "\n".join("".join(piece.text for piece in line.after) for line in lines) == after


def test_many_lines_share_one_limit():
    """Each pair alone is within it; all of them would take a second and more."""
    before, after = (("\n".join(" ".join(side * 190) for _ in range(60))) for side in ((".", ","), (",", ".")))
    lines = difference(before, after)
    apart = [line for line in lines if [piece.mark for piece in line.pieces] == ["removed", "added"]]
    assert len(apart) > len(lines) / 2
    assert "\n".join("".join(piece.text for piece in line.after) for line in lines) == after
