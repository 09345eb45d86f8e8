"""What a reader sees is counted, and nothing else."""

import pytest

from markup.characters import one_line, seen

FAMILY = "\U0001f469\u200d\U0001f469\u200d\U0001f467"
PERSIAN = "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645"
HINDI = "\u0939\u093f\u0928\u094d\u0926\u0940"
UNSEEN = {
    "zero width": "\u200b\u200c\u200d\u2060\ufeff",
    "soft hyphens": "\u00ad\u180e",
    "directions": "\u061c\u200e\u200f\u202a\u202e\u2066\u2069",
    "controls": "\x00\x01\x1b\x7f\x9f",
    "blanks": " \t\n\u00a0\u2003\u2028\u3000",
    "Braille without dots": "\u2800",
    "Hangul fillers": "\u115f\u1160\u3164\uffa0",
    "variation selectors": "\ufe00\ufe0f\U000e0100\u180b",
    "tags": "\U000e0001\U000e0041\U000e007f",
    "marks on nothing": "\u0301\u0308 \u20dd",
    "what joins marks": "\u034f",
}


@pytest.mark.parametrize("text", UNSEEN.values(), ids=UNSEEN)
def test_what_is_not_drawn_does_not_count(text):
    assert seen(text * 8) == 0


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("a", 1),
        ("a\u200b\u2800\u00adb", 2),
        ("Why does it?", 12),
        (" \n two   words \n\n", 9),
        ("two\u2003\u200b words", 9),
        ("e\u0301", 2),
        ("e" + "\u0301" * 40, 2),
        (FAMILY, 3),
        (PERSIAN, 7),
        (HINDI, 6),
        ("\u4f60\u597d", 2),
    ],
)
def test_what_is_drawn_counts(text, count):
    assert seen(text) == count


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("live \u202eevil\u202c \u2066word\u2069", "live evil word"),
        ("a\u200bb\u00adc\ufeffd\u2060e\U000e0041f", "abcdef"),
        (" two\x1b\n\u2028 words\x07 ", "two words"),
        (PERSIAN, PERSIAN),
        (FAMILY, FAMILY),
        ("C\u200e# \u200f\u05d0\u061c", "C\u200e# \u200f\u05d0\u061c"),
        ("\U0001f3f4\U000e0067\U000e0062\U000e007f", "\U0001f3f4\U000e0067\U000e0062\U000e007f"),
    ],
)
def test_line_has_nothing_that_turns_or_hides_and_keeps_what_scripts_need(text, line):
    assert one_line(text) == line
