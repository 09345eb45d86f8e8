"""Building the index anew while the old one answers."""

from collections.abc import Iterator
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from ai_assist import generations, reindexing
from ai_assist.actions.asking import begin_conversation
from ai_assist.answering import work
from ai_assist.models import Chunk, Citation, Document, IndexGeneration, Page
from ai_assist.reach import Chosen
from ai_assist.retrieval import search
from ai_assist.stores import store
from tests.ai_assist.library import make_document

pytestmark = pytest.mark.django_db(transaction=True)

REMOTE = "langchain:openai:small@8"
LIGHTHOUSE = "The lighthouse of Orrin Point was lit in 1871."
BAKERY = "The rye bread rests for eleven hours."


def quoted(user) -> str:
    """What a conversation answers now."""
    message = begin_conversation(Chosen(), by=user, question="When was the lighthouse lit?")
    work.answer(message.pk)
    return Citation.objects.get(message=message, marker=1).quote


@pytest.fixture(autouse=True)
def no_index_stays(transactional_db) -> Iterator[None]:
    yield
    for generation in IndexGeneration.objects.filter(store="pgvector"):
        store("pgvector").drop(generation)


def make_read_document(owner, title: str, *texts: str, **fields) -> Document:
    """With its pages as rows, from which passages are cut anew."""
    document = make_document(owner, title, texts, **fields)
    block = {"kind": "prose", "level": 0, "language": "", "label": ""}
    Page.objects.bulk_create(
        Page(document=document, number=n, blocks=[block | {"text": text}]) for n, text in enumerate(texts, start=1)
    )
    return document


def reindex(**options: str) -> list[str]:
    out = StringIO()
    call_command("reindex", stdout=out, **options)
    return out.getvalue().splitlines()


def states() -> list[tuple[str, str, str]]:
    return list(IndexGeneration.objects.order_by("pk").values_list("embedder", "store", "state"))


def titles(user) -> list[str]:
    return [hit.chunk.document.title for hit in search("When was the lighthouse lit?", user=user, documents=None)]


def test_reindex_changes_the_embedder(ada, openai):
    make_read_document(ada, "Notes", LIGHTHOUSE, BAKERY)
    before = generations.current()
    said = reindex(embedder=REMOTE)
    after = generations.current()
    assert states() == [(REMOTE, "pgvector", "current")]
    assert after.dimension == 8
    assert store("pgvector").count(after) == Chunk.objects.count() == 2
    assert titles(ada)[0] == "Notes"
    assert said == [
        f"dropped      generation {before.pk}: minilm in pgvector",
        f"documents    1 in generation {after.pk}: {REMOTE} in pgvector",
        f"Set AI_EMBEDDER={REMOTE}: the next reindex follows the settings.",
    ]


def test_reindex_to_the_other_store_and_back_answers_all_the_time(ada, pinecone, monkeypatch):
    make_read_document(ada, "Notes", LIGHTHOUSE)
    seen, build = [], reindexing.build

    def build_while_somebody_asks(pk, generation):
        build(pk, generation)
        seen.append((generations.current().store, quoted(ada)))

    monkeypatch.setattr(reindexing, "build", build_while_somebody_asks)
    reindex(store="pinecone")
    assert states() == [("minilm", "pinecone", "current")]
    assert [len(space) for space in pinecone.spaces.values()] == [1]
    assert quoted(ada) == LIGHTHOUSE
    reindex(store="pgvector")
    assert pinecone.spaces == {}
    assert quoted(ada) == LIGHTHOUSE
    assert seen == [("pgvector", LIGHTHOUSE), ("pinecone", LIGHTHOUSE)]


def test_reindex_that_broke_off_goes_on_with_the_vectors_it_has(ada, openai):
    first = make_read_document(ada, "Notes", LIGHTHOUSE)
    make_read_document(ada, "Bread", BAKERY)
    begun = reindexing.begin(REMOTE, "pgvector")
    reindexing.build(first.pk, begun)
    openai.asked.clear()
    reindex(embedder=REMOTE)
    assert generations.current() == begun
    assert [len(asked["input"]) for asked in openai.asked] == [1]


def test_reindex_of_another_kind_drops_what_broke_off(ada, openai):
    begun = reindexing.begin(REMOTE, "pgvector")
    reindex()
    assert states() == [("minilm", "pgvector", "current")]
    assert not IndexGeneration.objects.filter(pk=begun.pk).exists()


def test_reindex_while_the_store_is_away_leaves_the_old_one_in_use(ada, pinecone):
    make_read_document(ada, "Notes", LIGHTHOUSE)
    pinecone.faults.extend([503] * 99)
    with pytest.raises(CommandError, match=r"Call it again to go on\."):
        reindex(store="pinecone")
    assert states() == [("minilm", "pgvector", "current"), ("minilm", "pinecone", "building")]
    assert titles(ada) == ["Notes"]
    pinecone.faults.clear()
    reindex(store="pinecone")
    assert states() == [("minilm", "pinecone", "current")]


def test_build_tells_the_index_what_changed_meanwhile(ada, monkeypatch):
    """The document becomes private while its vectors are being made."""
    document = make_read_document(ada, "Notes", LIGHTHOUSE, audience="public")
    generation = reindexing.begin("minilm", "pgvector")
    embed = reindexing.embed_passages

    def embed_slowly(chunks, generation):
        yield from embed(chunks, generation)
        Document.objects.filter(pk=document.pk).update(audience="private")

    monkeypatch.setattr(reindexing, "embed_passages", embed_slowly)
    reindexing.build(document.pk, generation)
    assert set(Chunk.objects.filter(generation=generation).values_list("scope", flat=True)) == {f"u:{ada.pk}"}
    east = [1.0] + [0.0] * 383
    assert store("pgvector").query(generation, east, scopes={"public"}, top_k=5) == []
    assert len(store("pgvector").query(generation, east, scopes={f"u:{ada.pk}"}, top_k=5)) == 1


def test_document_that_became_ready_meanwhile_is_taken_along(ada):
    generation = reindexing.begin("minilm", "pgvector")
    late = make_read_document(ada, "Late", LIGHTHOUSE)
    assert reindexing.missing(generation) == [late.pk]
    reindexing.build(late.pk, generation)
    assert reindexing.missing(generation) == []


def test_deleted_document_is_not_built(ada):
    document = make_read_document(ada, "Notes", LIGHTHOUSE)
    generation = reindexing.begin("minilm", "pgvector")
    Document.objects.filter(pk=document.pk).update(state="deleting")
    reindexing.build(document.pk, generation)
    assert not Chunk.objects.filter(generation=generation).exists()


def test_unknown_embedder_is_a_sentence(db):
    with pytest.raises(CommandError, match=r"There is no embedder abacus\."):
        reindex(embedder="abacus")


def test_old_generation_that_cannot_be_dropped_waits_for_the_next_time(ada, pinecone):
    make_read_document(ada, "Notes", LIGHTHOUSE)
    reindex(store="pinecone")
    pinecone.faults.extend([503] * 9)
    with pytest.raises(CommandError, match="does not answer"):
        reindex(store="pgvector")
    assert states() == [("minilm", "pinecone", "old"), ("minilm", "pgvector", "current")]
    assert titles(ada) == ["Notes"]
    pinecone.faults.clear()
    reindex(store="pgvector")
    assert states() == [("minilm", "pgvector", "current")]
