"""A document on its way from received to ready, and everything that may stand in it."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone

from ai_assist import generations, rules
from ai_assist.actions.keeping import delete_document_of
from ai_assist.actions.uploading import add_document
from ai_assist.allowances import Whose, left
from ai_assist.models import Chunk, Document, IndexGeneration, State
from ai_assist.pipeline import deleting, stages, work
from ai_assist.pipeline.lease import Lost, take
from ai_assist.stores import store
from notifications.models import Notification
from tests.ai_assist.library import make_chunks
from tests.ai_assist.parsing.paper import lines, pdf
from tests.factories import make_community

READING = work.READING


def test_index_makes_a_document_ready_with_its_passages(ada, upload, each_store):
    document = upload(ada)
    work.index(document.pk)
    document.refresh_from_db()
    assert (document.state, document.error_code, document.is_paged) == (State.READY, "", False)
    texts = list(Chunk.objects.filter(document=document).order_by("ordinal").values_list("heading_path", "text"))
    assert [heading for heading, text in texts if "4 metres" in text] == ["How high"]
    assert [text for _, text in texts if "def stones" in text] == [
        "```python\ndef stones(days: int) -> int:\n    return days * 3\n```"
    ]
    near = store(each_store).query(generations.current(), [1.0] + [0.0] * 383, scopes={f"u:{ada.pk}"}, top_k=99)
    assert len(near) == store(each_store).count(generations.current()) == document.chunks == len(texts)
    assert [told.title for told in Notification.objects.of(ada)] == ["“cairns” can be asked now"]


def test_language_that_a_file_names_is_that_of_its_words_in_ones_own_library(ada, upload):
    community = make_community(ada)
    text = "<html lang='de-AT'><body><p>Die Steinhaufen stehen auf den Mooren.</p></body></html>"
    for document in (upload(ada, text, "a.html"), upload(ada, text, "a.html", community=community)):
        work.index(document.pk)
    own, shared = Document.objects.order_by("pk")
    assert (own.language, shared.language) == ("german", community.language)
    assert list(Chunk.objects.filter(words="steinhauf").values_list("document", flat=True)) == [own.pk]


def test_index_again_changes_nothing(ada, upload, each_store):
    document = upload(ada)
    work.index(document.pk)
    before = list(Chunk.objects.order_by("pk").values())
    work.index(document.pk)
    assert list(Chunk.objects.order_by("pk").values()) == before
    assert store(each_store).count(generations.current()) == len(before)
    assert Notification.objects.of(ada).count() == 1


@pytest.mark.parametrize(
    ("text", "name", "state", "code"),
    [
        ("", "nothing.txt", State.EMPTY, "empty"),
        ("   \n\u200b\n", "blank.md", State.EMPTY, "empty"),
        ("This is no book.", "book.pdf", State.REJECTED, "wrong_type"),
        ("%PDF-1.7\nand then nothing", "torn.pdf", State.FAILED, "corrupt_file"),
    ],
)
def test_index_of_what_cannot_be_read_ends_with_its_reason(ada, upload, text, name, state, code):
    document = upload(ada, text, name)
    work.index(document.pk)
    document.refresh_from_db()
    assert (document.state, document.error_code) == (state, code)
    assert Chunk.objects.count() == 0
    assert Notification.objects.of(ada).count() == 1


def test_parse_knows_from_the_first_page_on_how_many_there_are(ada, monkeypatch):
    content = ContentFile(pdf(*(lines(f"This is page {number}.") for number in range(3))))
    lease = take(add_document(content, by=ada, name="three.pdf")[0].pk, READING)
    write, told = lease.write, []

    def note(**fields):
        told.append((fields.get("done"), fields.get("total")))
        write(**fields)

    monkeypatch.setattr(stages, "PAGES_AT_ONCE", 1)
    monkeypatch.setattr(lease, "write", note)
    stages.parse(lease)
    assert told == [(0, 0), (None, 3), (1, 3), (2, 3), (3, 3), (3, 3), (None, None)]


def test_index_of_too_many_passages_rejects_the_document(ada, upload, monkeypatch):
    monkeypatch.setattr(rules, "CHUNKS_MAX", 2)
    document = upload(ada)
    work.index(document.pk)
    document.refresh_from_db()
    assert (document.state, document.error_code) == (State.REJECTED, "too_many_passages")


def test_take_while_another_worker_is_heard_gives_nothing(ada, upload):
    document = upload(ada)
    held = take(document.pk, READING)
    assert take(document.pk, READING) is None
    Document.objects.update(heartbeat_at=timezone.now() - rules.SILENT_FOR - timedelta(seconds=1))
    assert take(document.pk, READING) is not None
    with pytest.raises(Lost):
        held.write(state=State.PARSING)
    document.refresh_from_db()
    assert document.state == State.RECEIVED


def test_take_for_the_fourth_time_fails_the_document(ada, upload):
    document = upload(ada)
    for _ in range(rules.ATTEMPTS):
        assert take(document.pk, READING)
        Document.objects.update(heartbeat_at=timezone.now() - 2 * rules.SILENT_FOR)
    assert take(document.pk, READING) is None
    document.refresh_from_db()
    assert (document.state, document.error_code) == (State.FAILED, "gave_up")
    assert [told.title for told in Notification.objects.of(ada)] == ["“cairns” could not be read"]


def test_waiting_names_what_nobody_took_and_what_went_silent(ada, upload):
    fresh, untaken, silent, away = (upload(ada, f"# Text {number}\n\nWith words.") for number in range(4))
    long_ago = timezone.now() - timedelta(minutes=5)
    Document.objects.filter(pk=untaken.pk).update(changed_at=long_ago)
    Document.objects.filter(pk=silent.pk).update(state=State.EMBEDDING, heartbeat_at=long_ago, changed_at=long_ago)
    later = timezone.now() + timedelta(minutes=1)
    Document.objects.filter(pk=away.pk).update(changed_at=long_ago, retry_at=later)
    assert list(Document.objects.waiting({*work.READING, *work.INDEXING})) == [untaken.pk, silent.pk]
    assert fresh.state == State.RECEIVED


def test_purge_leaves_nothing(ada, upload, each_store):
    document = upload(ada)
    work.index(document.pk)
    storage, name = document.file.storage, document.file.name
    delete_document_of(document, by=ada)
    assert list(Document.objects.visible_to(ada)) == []
    deleting.purge(document.pk)
    left_over = store(each_store).count(generations.current())
    assert (Document.objects.count(), Chunk.objects.count(), left_over) == (0, 0, 0)
    assert not storage.exists(name)
    assert left(Whose(ada))["documents"] == rules.DOCUMENTS_KEPT


def test_index_and_purge_wait_for_a_store_that_is_away(ada, upload, pinecone, settings):
    settings.VECTOR_STORE = "pinecone"
    vectors, generation = store("pinecone"), generations.current()
    document = upload(ada)
    pinecone.faults.append(400)
    work.index(document.pk)
    document.refresh_from_db()
    assert (document.state, document.attempts, document.heartbeat_at) == (State.EMBEDDING, 0, None)
    assert document.retry_at > timezone.now()
    assert not Chunk.objects.visible_to(ada).exists()
    work.index(document.pk)
    document.refresh_from_db()
    assert (document.state, vectors.count(generation)) == (State.READY, document.chunks)
    delete_document_of(document, by=ada)
    pinecone.faults.append(400)
    deleting.purge(document.pk)
    assert not Document.objects.visible_to(ada).exists()
    assert (Document.objects.get().state, vectors.count(generation)) == (State.DELETING, document.chunks)
    assert not document.file.storage.exists(document.file.name)
    deleting.purge(document.pk)
    assert (Document.objects.count(), vectors.count(generation)) == (0, 0)


def test_purge_waits_for_no_store_that_was_left(ada, upload):
    document = upload(ada)
    work.index(document.pk)
    given = {"embedder": "minilm", "dimension": 384, "store": "pinecone", "state": IndexGeneration.State.OLD}
    make_chunks(document, IndexGeneration.objects.create(**given), 1)
    delete_document_of(document, by=ada)
    deleting.purge(document.pk)
    assert not Document.objects.exists()
