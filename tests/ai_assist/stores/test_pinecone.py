"""What happens when Pinecone is slow, busy, behind or away. The SDK is the real one."""

import json

import pytest

from ai_assist import generations
from ai_assist.models import Chunk, IndexGeneration
from ai_assist.stores import Item, StoreAway, store
from ai_assist.stores.pinecone import namespace
from net.breaker import FAILURES_BEFORE_BREAK
from tests.ai_assist.library import make_chunks, make_document

EAST = [1.0] + [0.0] * 383


@pytest.fixture
def generation(db, settings, pinecone) -> IndexGeneration:
    settings.VECTOR_STORE = "pinecone"
    return generations.current()


@pytest.fixture
def vectors(generation):
    return store("pinecone")


@pytest.fixture
def chunk(ada, generation, vectors) -> Chunk:
    document = make_document(ada, "Directions")
    (chunk,) = make_chunks(document, generation, 1)
    vectors.upsert(generation, [Item(chunk.pk, document.pk, "u:1", EAST)])
    return chunk


def ask(vectors, generation) -> list[object]:
    return [near.chunk for near in vectors.query(generation, EAST, scopes={"u:1"}, top_k=5)]


def test_index_is_made_once_for_all_generations_of_a_dimension(generation, vectors, pinecone):
    vectors.prepare(generation)
    assert {name: index["schema"] for name, index in pinecone.indexes.items()} == {
        "cairn-384": {"fields": {"_values": {"type": "dense_vector", "dimension": 384, "metric": "cosine"}}}
    }
    assert pinecone.requests.count("POST /indexes") == 1
    assert pinecone.keys == {"a-key"}


def test_no_text_leaves_the_house(chunk, pinecone):
    kept = json.dumps(pinecone.spaces)
    assert (chunk.text in kept, chunk.document.title in kept) == (False, False)
    (vector,) = pinecone.spaces[namespace(chunk.generation)].values()
    assert vector["metadata"] == {"document": chunk.document_id, "scope": "u:1"}


@pytest.mark.parametrize("fault", [429, 503, 500, 0.8], ids=str)
def test_a_passing_fault_is_waited_out(chunk, generation, vectors, pinecone, fault):
    pinecone.faults.append(fault)
    assert ask(vectors, generation) == [chunk.pk]


@pytest.mark.parametrize("fault", [429, 503], ids=str)
def test_a_lasting_fault_ends_in_store_away_after_four_tries(chunk, generation, vectors, pinecone, fault):
    pinecone.faults.extend([fault] * 9)
    with pytest.raises(StoreAway, match="does not answer"):
        ask(vectors, generation)
    assert pinecone.requests.count("POST /query") == 4


def test_after_three_failures_in_a_row_nobody_waits(chunk, generation, vectors, pinecone):
    pinecone.faults.extend([400] * 99)
    for _ in range(FAILURES_BEFORE_BREAK):
        with pytest.raises(StoreAway, match="does not answer"):
            ask(vectors, generation)
    count = len(pinecone.requests)
    with pytest.raises(StoreAway, match="left alone"):
        ask(vectors, generation)
    assert len(pinecone.requests) == count


def test_wrong_key_is_said(chunk, generation, vectors, pinecone):
    pinecone.faults.append(401)
    with pytest.raises(StoreAway, match="PINECONE_API_KEY"):
        ask(vectors, generation)


def test_no_key_is_said(generation, vectors, settings):
    settings.PINECONE_API_KEY = ""
    with pytest.raises(StoreAway, match="PINECONE_API_KEY is not set"):
        ask(vectors, generation)


def test_generation_of_another_installation_has_another_name(generation):
    twin = IndexGeneration(pk=generation.pk, embedder="minilm", dimension=384, store="pinecone")
    former = IndexGeneration(pk=generation.pk, key=None)
    assert namespace(IndexGeneration.objects.get()) == namespace(generation) != namespace(twin)
    assert namespace(former) == f"generation-{generation.pk}"


def test_what_is_gone_already_is_deleted(generation, vectors, chunk):
    vectors.drop(generation)
    vectors.drop(generation)
    vectors.delete(generation, [chunk.pk])
    assert vectors.count(generation) == 0


def test_known_after_a_stale_read_is_written_again_and_stands_once(ada, generation, vectors, pinecone, chunk):
    pinecone.is_stale = True
    document = make_document(ada, "More")
    (other,) = make_chunks(document, generation, 1)
    vectors.upsert(generation, [Item(other.pk, document.pk, "u:1", EAST)])
    assert vectors.known(generation, [chunk.pk, other.pk]) == {chunk.pk}
    vectors.upsert(generation, [Item(other.pk, document.pk, "u:1", EAST)])
    pinecone.is_stale = False
    assert vectors.known(generation, [chunk.pk, other.pk]) == {chunk.pk, other.pk}
    assert vectors.count(generation) == 2
