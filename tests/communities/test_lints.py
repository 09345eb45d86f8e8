"""The warnings before posting: each in several shapes, and where it must be silent."""

import pytest

from communities.lints import (
    asks_several_questions,
    has_unfenced_code,
    is_only_pictures,
    is_pasted_assignment,
    warnings,
)

PICTURE = "![](/pictures/17.webp)"


@pytest.mark.parametrize(
    "body",
    [
        PICTURE,
        f"Please help:\n\n{PICTURE}\n\n{PICTURE}",
        '<img src="/pictures/17.webp"> what now?',
        "![a long text that says what the picture shows but nothing of what I ask][1]",
        f"## Goal\n\nSolve it.\n\n## What I tried\n\n{PICTURE}\n\n## Where I am stuck\n\nhttps://example.org/a/b/c/d",
    ],
)
def test_hardly_more_than_pictures(body):
    assert is_only_pictures(body)


@pytest.mark.parametrize(
    "body",
    [
        "No picture and few words.",
        f"{PICTURE}\n\nThe left triangle has a right angle at C; why is the height to AB the geometric mean?",
        "[a link](https://example.org)",
    ],
)
def test_text_beside_a_picture_is_enough(body):
    assert not is_only_pictures(body)


@pytest.mark.parametrize(
    "body",
    [
        "def mean(xs):\n    return sum(xs) / len(xs)",
        "I wrote\n\nimport math\nprint(math.sqrt(2))\n\nand it fails.",
        "My loop:\nfor (int i = 0; i < 10; i++) {\n  total += i;\n}",
        "$ pip install cairn\n$ cairn run",
        ">>> x = [1, 2]\n>>> x[2]",
        "#include <stdio.h>\nint main(void) { return 0; }",
        "const total = sum(prices);\nconsole.log(total);",
        "values = [3, 1, 2]\nvalues.sort()\nit prints nothing",
    ],
)
def test_code_outside_of_a_block(body):
    assert has_unfenced_code(body)


@pytest.mark.parametrize(
    "body",
    [
        "```python\ndef mean(xs):\n    return sum(xs) / len(xs)\n```",
        "~~~\nimport math\nprint(math.sqrt(2))",
        "Look:\n\n    def mean(xs):\n        return sum(xs) / len(xs)\n\nThat is all.",
        "I call `print(x)` and then\n`x = [1]` in the shell.",
        "> import math\n> print(math.pi)",
        "If I divide by x, one solution is lost:\nfor example the zero.\nfrom the left side it looks right;",
        "x = 3 or x = -3\ny = 2 x + 1\nso both lines meet.",
        "$f(x) = x^2$\n\n$$\\int_0^1 f(x)\\,dx$$",
        "One line alone: \nprint(x)",
    ],
)
def test_prose_formulas_and_blocks_are_not_unfenced_code(body):
    assert not has_unfenced_code(body)


@pytest.mark.parametrize(
    "body",
    [
        "Exercise 3.2 [5 marks]\nShow that the sum converges.",
        "Problem 4\n(a) Find the kernel.\n(b) Find the image.",
        "Write a program that reads ten numbers. Submit your file by Friday, Homework 7.",
        "a) State the theorem. (2 points)\nb) Prove it. (8 points)",
        "You are required to implement a stack. Show all your work.\nAssignment 2",
    ],
)
def test_a_copied_sheet_of_exercises(body):
    assert is_pasted_assignment(body)


@pytest.mark.parametrize(
    "body",
    [
        "In exercise 3 I get a negative length. Where does the sign come from?",
        "I understand part (a), but in part (b) the limit puzzles me.",
        "```\nExercise 3 [5 marks]\n(a) x\n(b) y\n```",
        "Two cases: a) x is positive.",
    ],
)
def test_a_question_about_an_exercise_is_no_copy(body):
    assert not is_pasted_assignment(body)


@pytest.mark.parametrize(
    "body",
    [
        "1. Why does it converge?\n2. How fast?",
        "- What is a ring?\n- What is a field?",
        "(a) Is it open?\n(b) Is it closed?",
        "Why? How? When? And who proved it?",
        "什么是环？ 什么是域？ 为什么？ 怎么证明？",
    ],
)
def test_several_questions(body):
    assert asks_several_questions(body)


@pytest.mark.parametrize(
    "body",
    [
        "Why does the sign flip? Is it the bracket? Or the minus before it?",
        "1. I multiply out.\n2. I collect terms.\nWhat did I miss?",
        "See https://example.org/?q=1 and https://example.org/?q=2 and `a ? b : c` and x?.y, z?.y",
        "> Why? How? When? Where?\n\nsays the book. What does it mean?",
    ],
)
def test_one_thought_may_take_a_few_question_marks(body):
    assert not asks_several_questions(body)


def test_warnings_depend_on_the_kind():
    body = f"{PICTURE}\n1. Why?\n2. How?"
    assert [len(warnings(kind, body)) for kind in ("question", "discussion", "resource")] == [2, 1, 1]
    assert warnings("question", "Dividing by x lost a solution; when is it allowed?") == []


@pytest.mark.parametrize(
    "piece", ["`", "``x`", "\n", " \n", "![", "(", "a ", "$", "?", "<img ", "f(", "    x\n", "~~~\n"]
)
def test_hostile_text_of_full_length_is_read(piece):
    """Each is a pattern's worst case; a quadratic search would take minutes."""
    assert len(warnings("question", piece * (30_000 // len(piece)))) <= 4
