"""What is searched: which words, of what weight, in whose language."""

import pytest
from django.core.management import CommandError, call_command

from communities.actions.answering import accept_answer, delete_answer
from communities.actions.posting import delete_post, restore_post
from communities.models import Community, Language, SearchDocument
from communities.searching.documents import LONGEST, write_document
from tests.communities.searching.stale import documents, stale_documents
from tests.factories import make_answer, make_community, make_post, make_user


def words(post) -> dict[str, str]:
    """Each word with the weights it has in the document, in no order of places."""
    found = {}
    for entry in SearchDocument.objects.get(post=post).words.split():
        word, _, places = entry.partition(":")
        found[word.strip("'")] = "".join(
            sorted({place[-1] if place[-1] in "ABC" else "D" for place in places.split(",")})
        )
    return found


def test_write_weighs_title_accepted_answer_text_and_other_answers(ada, bob, algebra):
    post = make_post(ada, algebra, title="Fractions within fractions", body="Brackets confuse me, again and again.")
    accepted = make_answer(bob, post, "Multiply everything with the denominator first.")
    make_answer(ada, post, "Draw the fractions as pieces of chocolate cake.")
    accept_answer(accepted, by=ada)
    found = words(post)
    wanted = {"fraction": "AD", "denomin": "B", "bracket": "C", "cake": "D"}
    assert {word: found.get(word) for word in wanted} == wanted


def test_write_splits_names_of_code_into_words(ada, algebra):
    post = make_post(ada, algebra, body="What does list.append(item) in src/basket.py give back to me?")
    assert {"list", "append", "src", "basket", "py"} <= words(post).keys()


def test_write_in_a_spanish_community_uses_spanish_words(ada, algebra):
    Community.objects.filter(pk=algebra.pk).update(language=Language.SPANISH)
    post = make_post(ada, algebra, title="Cuando usamos las canciones", body="No entiendo las canciones de los niños.")
    assert "cancion" in words(post)
    assert "las" not in words(post)


def test_delete_takes_the_words_away_and_restore_brings_them_back(ada, question):
    before = documents()
    delete_post(question, by=ada)
    assert documents() == {}
    restore_post(question, by=ada)
    assert documents() == before


def test_delete_of_an_answer_takes_its_words_away(bob, question):
    before = documents()
    answer = make_answer(bob, question, "Zirconium is the word that nobody else says.")
    assert "zirconium" in words(question)
    delete_answer(answer, by=bob)
    assert documents() == before


def test_write_of_the_longest_thread_fits(algebra, ada, question):
    """No word twice, four bytes each: the most that PostgreSQL would have to keep."""
    letters = [chr(number) for number in range(0x20000, 0x20000 + LONGEST // 2)]
    body = " ".join(letters)
    question.answers.model.objects.bulk_create(
        question.answers.model(post=question, author=ada, body=body, html="", markup_version=1) for _ in range(4)
    )
    type(question).objects.filter(pk=question.pk).update(body=body)
    write_document(question.pk)
    assert SearchDocument.objects.get(post=question).words != ""


def test_rebuild_writes_every_document_anew_in_the_language_of_now(ada, algebra, question):
    other = make_post(ada, make_community(make_user("olga"), ada, name="Elsewhere"))
    fresh = documents()
    SearchDocument.objects.update(words="", title_words="")
    call_command("rebuild_search", community="elsewhere", verbosity=0)
    assert documents()[other.pk] == fresh[other.pk]
    assert documents()[question.pk] != fresh[question.pk]
    call_command("rebuild_search")
    assert documents() == fresh
    Community.objects.filter(pk=algebra.pk).update(language=Language.SIMPLE)
    call_command("rebuild_search")
    assert "why" in words(question)
    assert stale_documents() == set()


def test_rebuild_of_a_community_that_is_not_there_is_refused(db):
    with pytest.raises(CommandError, match=r"There is no community nowhere\."):
        call_command("rebuild_search", community="nowhere")
