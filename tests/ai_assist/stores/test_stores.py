"""What every store of vectors promises. The same tests for each."""

from collections.abc import Callable
from uuid import UUID

import pytest

from ai_assist import generations
from ai_assist.models import Chunk, IndexGeneration
from ai_assist.stores import Item, Near, store
from tests.ai_assist.library import make_chunks, make_document

Made = Callable[..., list[Chunk]]


def vector(*first: float) -> list[float]:
    """Of length 1 and 384 dimensions, most of them 0."""
    length = sum(x * x for x in first) ** 0.5
    return [x / length for x in first] + [0.0] * (384 - len(first))


EAST, NORTH, NORTH_EAST = vector(1, 0), vector(0, 1), vector(1, 1)


@pytest.fixture
def generation(db, each_store) -> IndexGeneration:
    return generations.current()


@pytest.fixture
def vectors(generation):
    return store(generation.store)


@pytest.fixture
def kept(ada, generation, vectors) -> Callable[..., list[UUID]]:
    """Passages of a new document with these vectors, in the scope; gives their ids."""

    def keep(*given: list[float], scope: str = "u:1") -> list[UUID]:
        document = make_document(ada, "Directions")
        chunks = make_chunks(document, generation, len(given))
        pairs = zip(chunks, given, strict=True)
        vectors.upsert(generation, [Item(c.pk, document.pk, scope, v) for c, v in pairs])
        return [chunk.pk for chunk in chunks]

    return keep


def ids(found: list[Near]) -> list[UUID]:
    return [near.chunk for near in found]


def test_query_gives_the_nearest_first_with_their_cosines(kept, generation, vectors):
    east, _, between = kept(EAST, NORTH, NORTH_EAST)
    found = vectors.query(generation, EAST, scopes={"u:1"}, top_k=2)
    assert ids(found) == [east, between]
    assert [near.score for near in found] == pytest.approx([1, 0.5**0.5], abs=1e-5)


def test_query_finds_only_what_is_in_the_scopes(kept, generation, vectors):
    (mine,), (ours,), (theirs,) = kept(EAST, scope="u:1"), kept(EAST, scope="c:7"), kept(EAST, scope="u:2")
    assert set(ids(vectors.query(generation, EAST, scopes={"u:1", "c:7"}, top_k=9))) == {mine, ours}
    assert ids(vectors.query(generation, EAST, scopes={"u:2"}, top_k=9)) == [theirs]


def test_query_without_scopes_finds_nothing(kept, generation, vectors):
    kept(EAST)
    assert vectors.query(generation, EAST, scopes=(), top_k=9) == []
    with pytest.raises(TypeError, match="scopes"):
        vectors.query(generation, EAST, top_k=9)


def test_query_among_documents_finds_only_theirs(kept, generation, vectors):
    (east,), _ = kept(EAST), kept(EAST)
    document = Chunk.objects.get(pk=east).document_id
    assert ids(vectors.query(generation, EAST, scopes={"u:1"}, top_k=9, documents=[document])) == [east]
    assert vectors.query(generation, EAST, scopes={"u:2"}, top_k=9, documents=[document]) == []
    assert vectors.query(generation, EAST, scopes={"u:1"}, top_k=9, documents=[]) == []


def test_query_is_not_short_where_most_passages_are_of_others(kept, generation, vectors):
    mine = kept(*[vector(0, 1, n / 9) for n in range(9)])
    kept(*[vector(1, 0, n / 300) for n in range(300)], scope="u:2")
    assert set(ids(vectors.query(generation, EAST, scopes={"u:1"}, top_k=9))) == set(mine)


def test_scores_are_the_cosines_of_those_in_the_scopes(kept, generation, vectors):
    (east, between), (theirs,) = kept(EAST, NORTH_EAST), kept(EAST, scope="u:2")
    scores = vectors.scores(generation, EAST, [east, between, theirs], scopes={"u:1"})
    assert scores == pytest.approx({east: 1, between: 0.5**0.5}, abs=1e-5)
    assert vectors.scores(generation, EAST, [east], scopes=()) == {}


def test_upsert_again_changes_nothing_but_what_is_new(kept, generation, vectors):
    (east,) = kept(EAST)
    document = Chunk.objects.get(pk=east).document_id
    vectors.upsert(generation, [Item(east, document, "u:2", NORTH)])
    assert vectors.count(generation) == 1
    assert vectors.scores(generation, NORTH, [east], scopes={"u:2"}) == pytest.approx({east: 1}, abs=1e-5)


def test_known_are_those_with_a_vector(kept, ada, generation, vectors):
    (east,) = kept(EAST)
    (bare,) = make_chunks(make_document(ada, "Bare"), generation, 1)
    assert vectors.known(generation, [east, bare.pk]) == {east}


def test_delete_takes_away_what_it_names(kept, generation, vectors):
    east, north = kept(EAST, NORTH)
    vectors.delete(generation, [east])
    vectors.delete(generation, [east])
    assert ids(vectors.query(generation, EAST, scopes={"u:1"}, top_k=9)) == [north]


def test_rescope_moves_the_passages_of_one_document(kept, generation, vectors):
    (east,), (other,) = kept(EAST), kept(EAST)
    vectors.rescope(generation, Chunk.objects.get(pk=east).document_id, "public")
    assert ids(vectors.query(generation, EAST, scopes={"public"}, top_k=9)) == [east]
    assert ids(vectors.query(generation, EAST, scopes={"u:1"}, top_k=9)) == [other]


def test_generations_do_not_see_each_other(kept, ada, generation, vectors):
    other = IndexGeneration.objects.create(embedder="minilm", dimension=3, store=generation.store, state="building")
    vectors.prepare(other)
    vectors.prepare(other)
    kept(EAST)
    document = make_document(ada, "Elsewhere")
    (chunk,) = make_chunks(document, other, 1)
    vectors.upsert(other, [Item(chunk.pk, document.pk, "u:1", [0, 0, 1])])
    assert [near.chunk for near in vectors.query(other, [0, 0, 1], scopes={"u:1"}, top_k=9)] == [chunk.pk]
    vectors.drop(other)
    assert (vectors.count(other), vectors.count(generation)) == (0, 1)
