"""What a store has lost comes back, and what it should have forgotten goes."""

from uuid import uuid4

from ai_assist import generations, reconciling
from ai_assist.models import Chunk
from ai_assist.reconciling import Mended, last_mended, reconcile
from ai_assist.stores import store
from ai_assist.stores.pinecone import namespace
from tests.ai_assist.library import make_document


def test_reconcile_puts_back_what_a_store_has_lost(ada, each_store):
    make_document(ada, "Cairns", ["Stones.", "Fog.", "Snow.", "Paths.", "Moors."])
    generation = generations.current()
    vectors = store(generation.store)
    first, second, *others = Chunk.objects.order_by("ordinal").values_list("pk", flat=True)
    vectors.delete(generation, [first, second])
    assert reconcile() == last_mended() == Mended(lost=2)
    assert {chunk for some in vectors.kept(generation) for chunk in some} == {first, second, *others}
    assert reconcile() == last_mended() == Mended()


def test_reconcile_counts_nothing_that_is_finished_meanwhile_as_lost(ada, each_store, monkeypatch):
    make_document(ada, "Cairns", ["Stones."])
    askable = reconciling._askable

    def some_more():
        make_document(ada, "Moors", ["Fog."])
        return askable()

    monkeypatch.setattr(reconciling, "_askable", some_more)
    assert reconcile() == Mended()


def test_reconcile_takes_away_what_no_row_knows(ada, pinecone, settings):
    settings.VECTOR_STORE = "pinecone"
    make_document(ada, "Cairns", ["Stones.", "Fog.", "Snow."])
    generation = generations.current()
    space = pinecone.spaces[namespace(generation)]
    space[str(uuid4())] = next(iter(space.values()))
    assert reconcile() == Mended(strange=1)
    assert set(space) == {str(pk) for pk in Chunk.objects.values_list("pk", flat=True)}
