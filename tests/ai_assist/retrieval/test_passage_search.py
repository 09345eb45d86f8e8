"""From a question to ranked passages, with the real embedder, the real database and each store."""

import pytest
from django.contrib.auth.models import AnonymousUser

from ai_assist import generations
from ai_assist.models import Document
from ai_assist.retrieval import search
from ai_assist.retrieval.alarms import alarms
from ai_assist.stores import store
from communities.models import Membership
from tests.ai_assist.library import make_document
from tests.ai_assist.pages import page
from tests.factories import make_community

pytestmark = pytest.mark.usefixtures("each_store")

LIGHTHOUSE = "The lighthouse of Orrin Point was lit in 1871. Its lamp burns whale oil and is seen for nineteen miles."
BAKERY = "Our bakers knead the dough at four in the morning. The rye bread rests for eleven hours."
CLOUDS = "Cumulus clouds form where warm air rises. They announce fair weather unless they grow tall."
ASKED = "When was the lighthouse lit?"


def found(question: str, user, documents=None, top: int = 6) -> list[tuple[str, int]]:
    """Titles and pages, the best first."""
    hits = search(question, user=user, documents=documents, top=top)
    return [(hit.chunk.document.title, hit.chunk.page_start) for hit in hits]


def forget_vectors() -> None:
    generation = generations.current()
    store(generation.store).drop(generation)


@pytest.fixture
def notes(ada) -> Document:
    return make_document(ada, "Island notes", [LIGHTHOUSE, BAKERY, CLOUDS])


@pytest.mark.parametrize(
    ("question", "number"),
    [
        (ASKED, 1),
        ("How long does rye bread rest?", 2),
        ("What fuel does the lamp burn?", 1),
        ("heaped white shapes in the sky on sunny days", 3),
    ],
)
def test_search_finds_what_words_or_meaning_share(ada, notes, question, number):
    assert found(question, ada, top=1) == [("Island notes", number)]


def test_search_goes_by_title_and_headings_too(ada):
    pages = [
        page(n, ("heading", name, 1), ("prose", "It opens at nine.")) for n, name in enumerate(["Museum", "Zoo"], 1)
    ]
    make_document(ada, "Guide to Orrin", pages)
    make_document(ada, "Guide to Lund", pages)
    assert found("When does the zoo in Orrin open?", ada, top=1) == [("Guide to Orrin", 2)]


def test_search_among_chosen_documents_finds_nothing_else(ada, notes):
    other = make_document(ada, "Diary", [CLOUDS])
    assert found(ASKED, ada, Document.objects.filter(pk=other.pk)) == [("Diary", 1)]
    assert found(ASKED, ada, Document.objects.none()) == []


def test_search_finds_for_each_what_they_may_read(ada, bob, eve):
    algebra = make_community(bob, ada, visibility="private")
    make_document(ada, "Hers", [LIGHTHOUSE])
    make_document(bob, "Theirs", [LIGHTHOUSE], community=algebra, audience="community")
    make_document(bob, "Everyone's", [LIGHTHOUSE], audience="public")
    seen = {
        name: sorted(title for title, _ in found(ASKED, person))
        for name, person in [("ada", ada), ("bob", bob), ("eve", eve)]
    }
    assert seen == {
        "ada": ["Everyone's", "Hers", "Theirs"],
        "bob": ["Everyone's", "Theirs"],
        "eve": ["Everyone's"],
    }
    assert found(ASKED, AnonymousUser()) == [("Everyone's", 1)]


def test_search_finds_nothing_in_documents_that_are_not_ready(ada, notes):
    Document.objects.update(state="embedding")
    assert found(ASKED, ada) == []


def test_leaving_a_community_ends_what_one_finds_there(ada, bob):
    algebra = make_community(bob, ada, visibility="private")
    make_document(bob, "Theirs", [LIGHTHOUSE], community=algebra, audience="community")
    assert found(ASKED, ada) == [("Theirs", 1)]
    Membership.objects.filter(user=ada).delete()
    assert found(ASKED, ada) == []


@pytest.mark.parametrize("is_named", [True, False], ids=["few documents", "too many to name"])
def test_passages_with_a_stale_scope_are_dropped_with_an_alarm(ada, eve, monkeypatch, caplog, is_named):
    """The store and the words still say that everyone may read what is private today."""
    if not is_named:
        monkeypatch.setattr("ai_assist.rules.DOCUMENTS_NAMED", 0)
    document = make_document(ada, "Hers", [LIGHTHOUSE], audience="public")
    make_document(ada, "Everyone's", [CLOUDS], audience="public")
    Document.objects.filter(pk=document.pk).update(audience="private")
    assert found(ASKED, eve) == [("Everyone's", 1)]
    assert alarms() == (0 if is_named else 1)
    assert [record.levelname for record in caplog.records] == ["ERROR"] * alarms()


def test_search_without_vectors_goes_by_words(ada, notes):
    forget_vectors()
    assert found(ASKED, ada, top=1) == [("Island notes", 1)]


def test_search_without_an_embedder_goes_by_words(ada, notes):
    generation = generations.current()
    generation.embedder = "abacus"
    generation.save()
    assert found(ASKED, ada) == [("Island notes", 1)]


@pytest.mark.parametrize(
    "question",
    ["", "   ", "what is it?", "'", "\\' & | ! <-> :*", "متى أضيئت المنارة؟", "\N{SNOWMAN}" * 2000, "a " * 9000],
)
def test_search_survives_any_question(ada, notes, question):
    assert len(found(question, ada)) <= 3


def test_search_stems_words_by_the_language_of_the_document(ada):
    make_document(ada, "Hafen", ["Die Häuser am Hafen wurden verkauft.", "Der Bäcker backt Brot."], language="german")
    forget_vectors()
    assert found("Wer verkaufte das Haus?", ada) == [("Hafen", 1)]


def test_neighbours_under_one_heading_are_one_hit(ada):
    long = " ".join(f"The lighthouse was lit again in the winter of 19{n:02}." for n in range(40))
    make_document(ada, "Long", [long, BAKERY])
    (first, second) = search("When was the lighthouse lit?", user=ada, documents=None, top=6)
    assert [chunk.ordinal for chunk in first.chunks] == [0, 1]
    assert first.text == "\n\n".join(chunk.text for chunk in first.chunks)
    assert [chunk.page_start for chunk in second.chunks] == [2]


def test_search_asks_the_database_as_often_for_ten_more_documents(ada, notes, each_store, django_assert_num_queries):
    for n in range(10):
        make_document(ada, f"More {n}", [LIGHTHOUSE, BAKERY])
    with django_assert_num_queries(8 if each_store == "pgvector" else 6):
        found(ASKED, ada)


def test_search_goes_by_words_while_pinecone_is_away(ada, pinecone, settings, caplog):
    settings.VECTOR_STORE = "pinecone"
    make_document(ada, "Island notes", [LIGHTHOUSE, BAKERY])
    pinecone.faults.extend([503] * 9)
    assert found(ASKED, ada) == [("Island notes", 1)]
    assert [record.message.split(":")[0] for record in caplog.records] == ["searching by words alone"]
