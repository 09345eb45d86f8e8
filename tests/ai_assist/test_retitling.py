"""A document that gets another title is found by it: by its words, and by what they mean."""

from datetime import timedelta
from importlib import import_module

import pytest
from django.db import connection
from django.db.models import Value
from django.utils import timezone

from ai_assist import generations, retitling
from ai_assist.actions.keeping import delete_document_of, rename_document
from ai_assist.embedding import EmbedderAway, embedder
from ai_assist.models import Chunk, Document, State
from ai_assist.passages import indexed_text
from ai_assist.pipeline import stages, work
from ai_assist.pipeline.lease import take
from ai_assist.stores import store

TITLE = "Lighthouses of Brittany"


def knows(document: Document, title: str) -> bool:
    """Whether the vectors of all its passages are those that they have below this title."""
    generation, model = generations.current(), embedder("minilm")
    for chunk in Chunk.objects.filter(document=document):
        [vector] = model.passages([indexed_text(title, chunk.heading_path, chunk.text)])
        scores = store(generation.store).scores(generation, vector, [chunk.pk], scopes={document.scope})
        if scores[chunk.pk] < 0.9999:
            return False
    return True


def test_rename_makes_it_found_by_the_new_title(ada, upload, each_store):
    document = upload(ada)
    work.index(document.pk)
    assert list(Document.objects.to_retitle()) == []
    rename_document(document, by=ada, title=TITLE)
    assert list(Document.objects.to_retitle()) == [document.pk]
    retitling.retitle(document.pk)
    document.refresh_from_db()
    assert (document.indexed_title, document.state) == (TITLE, State.READY)
    assert knows(document, TITLE)
    assert set(Chunk.objects.filter(words="brittani")) == set(Chunk.objects.filter(document=document))
    assert list(Document.objects.to_retitle()) == []


def test_migration_knows_only_titles_that_are_those_of_the_files(ada, upload):
    known = upload(ada, name="notes_on v1.2 cairns.md")
    renamed = upload(ada, text="Others.", name="others.md")
    rename_document(renamed, by=ada, title=TITLE)
    Document.objects.update(indexed_title="", state=State.READY)
    with connection.cursor() as cursor:
        cursor.execute(import_module("ai_assist.migrations.0010_know_the_titles").KNOW)
    known.refresh_from_db()
    assert (known.indexed_title, list(Document.objects.to_retitle())) == ("notes on v1.2 cairns", [renamed.pk])


def test_rename_between_two_turns_of_a_worker_is_not_forgotten(ada, upload):
    document = upload(ada)
    lease = take(document.pk, work.READING)
    stages.parse(lease)
    stages.cut(lease, generations.current())
    lease.give_back(-work.rules.RETRY_AFTER)
    rename_document(document, by=ada, title=TITLE)
    work.index(document.pk)
    assert list(Document.objects.to_retitle()) == [document.pk]


def test_rename_there_and_back_while_it_is_embedded_leaves_nothing_in_between(ada, upload, monkeypatch):
    document = upload(ada)
    work.index(document.pk)
    former = document.title
    rename_document(document, by=ada, title=TITLE)
    embed = retitling.embed

    def embed_slowly(*given):
        embed(*given)
        rename_document(document, by=ada, title=former)

    with monkeypatch.context() as patch:
        patch.setattr(retitling, "embed", embed_slowly)
        retitling.retitle(document.pk)
    assert list(Document.objects.to_retitle()) == [document.pk]
    retitling.retitle(document.pk)
    assert (knows(document, former), Chunk.objects.filter(words="brittani").exists()) == (True, False)
    assert list(Document.objects.to_retitle()) == []


def test_retitle_while_the_embedder_is_away_comes_back_later_and_asks_it_first(ada, upload, settings, openai):
    settings.AI_EMBEDDER = "langchain:openai:model@16"
    document = upload(ada)
    work.index(document.pk)
    rename_document(document, by=ada, title=TITLE)
    openai.status = 401
    for _ in range(2):
        Chunk.objects.update(words=Value(""))
        with pytest.raises(EmbedderAway):
            retitling.retitle(document.pk)
        assert list(Document.objects.to_retitle()) == []
    assert Chunk.objects.filter(words="brittani").exists() is False
    Document.objects.update(retry_at=timezone.now() - timedelta(seconds=1))
    openai.status = 200
    assert list(Document.objects.to_retitle()) == [document.pk]
    retitling.retitle(document.pk)
    assert Document.objects.get().indexed_title == TITLE


def test_retitle_of_what_is_deleted_meanwhile_leaves_no_vector(ada, upload, pinecone, settings, monkeypatch):
    """Pinecone knows of no rows that go with their document."""
    settings.VECTOR_STORE = "pinecone"
    document = upload(ada)
    work.index(document.pk)
    rename_document(document, by=ada, title=TITLE)
    embed = retitling.embed

    def embed_slowly(*given):
        delete_document_of(document, by=ada)
        store("pinecone").delete(generations.current(), list(Chunk.objects.values_list("pk", flat=True)))
        embed(*given)

    monkeypatch.setattr(retitling, "embed", embed_slowly)
    retitling.retitle(document.pk)
    assert store("pinecone").count(generations.current()) == 0
