"""Embedders elsewhere: LangChain and the client library are the real ones, the server is ours."""

import time

import pytest

from ai_assist.embedding import EmbedderAway, embedder, remote

NAME = "langchain:openai:text-embedding-3-small@8"


def test_remote_embedder_is_asked_for_its_dimensions(openai):
    model = embedder(NAME)
    first, second = model.passages(["rye bread", "rye bread and butter"])
    assert (model.name, model.dimension, len(first)) == (NAME, 8, 8)
    assert sum(x * x for x in second) == pytest.approx(1)
    assert model.question("rye bread") == first
    assert [(asked["model"], asked["dimensions"]) for asked in openai.asked] == [("text-embedding-3-small", 8)] * 2
    assert openai.asked[0]["input"] == ["rye bread", "rye bread and butter"]


def test_remote_embedder_without_dimensions_tells_its_own(openai):
    assert embedder("langchain:openai:another").dimension == 16


def test_passages_are_sent_in_small_batches(openai):
    model = embedder(NAME)
    assert len(list(model.passages(f"passage {n}" for n in range(70)))) == 70
    assert [len(asked["input"]) for asked in openai.asked] == [32, 32, 6]


@pytest.mark.parametrize("status", [401, 429, 500])
def test_remote_embedder_that_fails_is_away(openai, status):
    model = embedder(NAME)
    openai.status = status
    with pytest.raises(EmbedderAway, match="does not answer"):
        model.question("rye bread")


@pytest.mark.parametrize(("name", "tries"), [("langchain:openai:model@8", 2), ("langchain:ollama:model@8", 1)])
def test_question_does_not_wait_for_an_embedder_that_hangs(openai, monkeypatch, name, tries):
    monkeypatch.setenv("OLLAMA_HOST", openai.address.removesuffix("/v1"))
    monkeypatch.setattr(remote, "ANSWER", 0.2)
    model = embedder(name)
    assert model.question("rye bread") == next(iter(model.passages(["rye bread"])))
    openai.is_hanging = True
    before, started = len(openai.asked), time.monotonic()
    with pytest.raises(EmbedderAway, match="does not answer"):
        model.question("rye bread")
    assert (len(openai.asked) - before, time.monotonic() - started < 4) == (tries, True)


def test_after_three_failures_in_a_row_it_is_left_alone(openai):
    model = embedder(NAME)
    openai.status = 401
    for _ in range(3):
        with pytest.raises(EmbedderAway, match="does not answer"):
            model.question("rye bread")
    count = len(openai.asked)
    with pytest.raises(EmbedderAway, match="left alone"):
        model.question("rye bread")
    assert len(openai.asked) == count


@pytest.mark.parametrize("name", ["langchain:nobody:model", "langchain:openai:model@many", "langchain:"])
def test_remote_embedder_that_nobody_knows_is_said(openai, name):
    with pytest.raises(EmbedderAway, match="langchain:"):
        embedder(name)
