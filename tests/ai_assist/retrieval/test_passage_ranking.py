"""Two lists into one, and the closer look at the best."""

from uuid import UUID

import pytest

from ai_assist.retrieval.fusion import fused
from ai_assist.retrieval.rerank import Question, bonus, stems

ONE, TWO, THREE = (UUID(int=n) for n in (1, 2, 3))


def test_fused_is_half_words_and_half_meaning():
    assert fused({ONE: 0.8, TWO: 0.4, THREE: 0.0}, {ONE: 0.1, TWO: 0.5, THREE: 0.3}) == pytest.approx(
        {ONE: 0.5, TWO: 0.75, THREE: 0.25}
    )


def test_fused_with_one_side_silent_is_the_other():
    assert fused({}, {ONE: 0.5, TWO: 0.25}) == {ONE: 0.5, TWO: 0.0}
    assert fused({ONE: 0.0, TWO: 0.0}, {}) == {ONE: 0.5, TWO: 0.5}


def test_stems_leave_out_what_questions_are_made_of():
    assert stems("Which of the Cities had libraries?") == ["city", "librar"]


def test_rare_words_weigh_more():
    asked = Question("orrin lighthouse", ["a lighthouse", "one lighthouse more", "orrin"])
    assert asked.covered_by("orrin") > 0.5 > asked.covered_by("lighthouse")
    assert asked.covered_by("the lighthouse of orrin") == pytest.approx(1)


def test_bonus_is_for_words_in_one_sentence_and_beside_each_other():
    scattered = "A lamp stands here. Whale songs are long. Oil floats."
    together = "The lamp burns whale oil."
    (first, _), (second, _) = bonus("whale oil lamp", [("", scattered), ("", together)])
    assert second == pytest.approx(0.6 + 0.2 / 2)
    assert first == pytest.approx(0.6 / 3)
