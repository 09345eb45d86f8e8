"""The embedder that comes with Cairn: the real model."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from ai_assist.embedding import EmbedderAway, embedder, minilm


def cosine(one, other) -> float:
    return sum(a * b for a, b in zip(one, other, strict=True))


def test_vectors_are_of_length_one_and_near_for_what_means_the_same():
    model = embedder("minilm")
    question = model.question("How high is the mountain?")
    near, far = model.passages(["The peak rises to 3,000 metres.", "Tea is made of leaves."])
    assert len(question) == model.dimension == 384
    assert cosine(question, question) == pytest.approx(1)
    assert cosine(question, near) > 0.5 > 0.2 > cosine(question, far)


def test_vectors_are_the_same_for_threads_at_once():
    model = embedder("minilm")
    texts = [f"The river rose by {n} feet." for n in range(8)]
    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(model.question, texts)) == list(model.passages(texts))


def test_embedder_is_loaded_once():
    with ThreadPoolExecutor(4) as threads:
        assert len({id(model) for model in threads.map(embedder, ["minilm"] * 8)}) == 1


def test_model_that_somebody_changed_is_refused(tmp_path, monkeypatch):
    changed = tmp_path / "vocab.txt"
    changed.write_bytes(minilm.VOCABULARY.read_bytes() + b"\n")
    monkeypatch.setattr(minilm, "VOCABULARY", changed)
    with pytest.raises(EmbedderAway, match=r"vocab\.txt is not the file that was tried"):
        minilm.MiniLM()


def test_embedder_that_nobody_knows_is_refused():
    with pytest.raises(EmbedderAway, match="There is no embedder abacus"):
        embedder("abacus")
