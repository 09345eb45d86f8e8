"""Search and quoted answers reach their goals on questions whose answers are known."""

import os
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from accounts.models import User
from ai_assist.evaluation.dataset import read
from ai_assist.evaluation.measures import Outcome, measures
from ai_assist.models import Chunk, Document, Embedding

FOUR_ARTICLES = Path(__file__).with_name("four_articles.json")
SQUAD = os.environ.get("SQUAD")
"""Folder of `dev-v1.1-12-articles.json`; see docs/ai.md."""


def run(dataset: Path, **options: int) -> dict[str, float]:
    """What it printed: a number for each name."""
    out = StringIO()
    call_command("eval_rag", str(dataset), stdout=out, **options)
    rows = (line.split("  ") for line in out.getvalue().splitlines())
    return {name: float(next(filter(None, rest)).split()[0]) for name, *rest in rows}


def test_our_own_questions_are_answered(db):
    found = run(FOUR_ARTICLES)
    assert found["hit@1"] >= 0.9
    assert found["answer in quotes"] >= 0.9
    assert found["quotes exact"] == 1
    assert not Document.objects.exists()
    assert not Chunk.objects.exists()
    assert not Embedding.objects.exists()
    assert not User.objects.exists()


@pytest.mark.skipif(not SQUAD, reason="SQUAD names no folder")
def test_questions_of_squad_are_answered(db):
    """Reading 377 paragraphs takes the processor half a minute."""
    found = run(Path(str(SQUAD)) / "dev-v1.1-12-articles.json", sample=300)
    assert found["hit@1"] >= 0.85


@pytest.mark.parametrize("content", ["", "[]", '{"articles": [{}]}', '{"articles": []}'])
def test_what_is_no_dataset_is_said_in_a_sentence(db, tmp_path, content):
    file = tmp_path / "set.json"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(CommandError, match=r"set\.json (is no set of articles|has no question)"):
        run(file)


def test_sample_is_the_same_each_time():
    dataset = read(FOUR_ARTICLES)
    assert dataset.sample(5) == dataset.sample(5) != dataset.asked[:5]
    assert dataset.sample(None) == dataset.sample(9_999) == dataset.asked


def outcome(**fields) -> Outcome:
    given = {
        "place": 1,
        "is_refused": False,
        "is_in_found": True,
        "is_in_cited": True,
        "is_in_quotes": True,
        "are_quotes_exact": True,
        "is_refused_elsewhere": True,
        "seconds": 0.1,
    }
    return Outcome(**given | fields)


def test_measures_are_shares_of_all_questions():
    found = {
        one.name: one
        for one in measures([outcome(), outcome(place=3, is_in_cited=False, is_in_quotes=False), outcome(place=None)])
    }
    assert found["hit@1"].value == pytest.approx(1 / 3)
    assert found["hit@5"].value == pytest.approx(2 / 3)
    assert found["MRR@10"].value == pytest.approx((1 + 1 / 3) / 3)
    assert found["nDCG@10"].value == pytest.approx((1 + 1 / 2) / 3)
    assert (found["answer in passages found"].value, found["answer in cited passages"].value) == (1, 2 / 3)
    assert [found["answer in quotes"].is_met, found["refused wrongly"].is_met] == [False, True]
