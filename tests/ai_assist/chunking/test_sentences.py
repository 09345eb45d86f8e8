"""Where a text may be cut and quoted."""

import pytest

from ai_assist.chunking.sentences import units


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("It rains. The river rises! Why?", ["It rains.", "The river rises!", "Why?"]),
        (
            "Dr. Lee met J. P. Moss at 5 p.m. on Monday. They left.",
            ["Dr. Lee met J. P. Moss at 5 p.m. on Monday.", "They left."],
        ),
        ("It is 3.14 or so. version 2.0 is out", ["It is 3.14 or so. version 2.0 is out"]),
        ('She said "Go." Then she left.', ['She said "Go."', "Then she left."]),
        ("Call `a. B()` or $x! Y$ now. Done.", ["Call `a. B()` or $x! Y$ now.", "Done."]),
        ("雨が降る。川が増える。", ["雨が降る。", "川が増える。"]),
        ("Take:\n- tea\n- milk\n1. Stir.", ["Take:", "- tea", "- milk", "1. Stir."]),
        ("One\n\nTwo", ["One", "Two"]),
        ("So:\n\n```py\na. B\n\nc\n```\n\nEnd.", ["So:", "```py\na. B\n\nc\n```", "End."]),
        ("So:\n\n$$\na. B\n$$\n\nEnd.", ["So:", "$$\na. B\n$$", "End."]),
        ("| a. B |\n| --- |\n| 1. C |", ["| a. B |\n| --- |\n| 1. C |"]),
        ("", []),
    ],
    ids=range(12),
)
def test_units_end_where_sentences_lines_and_blocks_do(text, parts):
    assert units(text) == parts
    assert all(part in text for part in parts)
