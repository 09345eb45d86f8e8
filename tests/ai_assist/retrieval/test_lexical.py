"""Which words of a question choose the passages that are looked at."""

from django.db import connection

from ai_assist import generations
from ai_assist.models import Document
from ai_assist.retrieval import lexical
from ai_assist.retrieval.among import readable
from tests.ai_assist.library import make_document


def test_words_any_of_which_will_do(ada):
    make_document(ada, "Island")
    words = lexical.words_of("Which lighthouses were O'Neil's \\ own?", readable(ada, None))
    assert words.any == words.wanted == "'lighthous' | 'neil' | 'o'"


def test_common_words_choose_no_passages_where_there_are_rare_ones():
    counts = [("'orrin'", 0.0), ("'lighthous'", 3_000.0), ("'island'", 4_000.0), ("'time'", 90_000.0)]
    assert lexical.wanted(counts) == "'orrin' | 'lighthous'"


def test_words_that_are_all_common_choose_passages_that_have_several():
    counts = [("'island'", 40_000.0), ("'time'", 90_000.0), ("'year'", 95_000.0), ("'one'", 99_000.0)]
    assert lexical.wanted(counts) == "'island' & 'time' & 'year'"


def test_statistics_tell_which_words_are_common(ada, monkeypatch):
    monkeypatch.setattr("ai_assist.rules.DOCUMENTS_NAMED", 0)
    monkeypatch.setattr("ai_assist.rules.CHUNKS_RANKED", 20)
    pages = ["The island has a lighthouse.", *["The island is small."] * 30]
    make_document(ada, "Island", pages)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE ai_assist_chunk")
    among = readable(ada, None)
    words = lexical.words_of("Does the island have a lighthouse?", among)
    assert (words.any, words.wanted) == ("'lighthous' | 'island'", "'lighthous'")
    assert len(lexical.find(words, generations.current(), among, 50)) == 1


def test_common_words_of_chosen_documents_are_left_out_where_these_are_many(ada, monkeypatch):
    monkeypatch.setattr("ai_assist.rules.CHUNKS_LOOKED_THROUGH", 20)
    monkeypatch.setattr("ai_assist.rules.CHUNKS_RANKED", 20)
    make_document(ada, "Island", ["The island has a lighthouse.", *["The island is small."] * 30])
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE ai_assist_chunk")
    among = readable(ada, Document.objects.all())
    assert len(among.documents) == 1
    assert lexical.words_of("Does the island have a lighthouse?", among).wanted == "'lighthous'"
