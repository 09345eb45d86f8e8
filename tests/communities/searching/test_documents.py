"""What is searched: which words, of what weight, in whose language."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from communities.actions.answering import accept_answer, delete_answer
from communities.actions.community import set_house_rules
from communities.actions.endorsing import endorse_answer, withdraw_endorsement
from communities.actions.posting import delete_post, restore_post
from communities.actions.reacting import clear_reports, react
from communities.models import Community, Downvotes, Endorsement, Language, Licence, Outcome, Rewording, SearchDocument
from communities.searching import rewording
from communities.searching.documents import LONGEST, write_document
from communities.tasks import reword_posts
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


def test_words_of_an_answer_weigh_more_while_it_is_trusted(ada, bob, otto, question):
    answer = make_answer(bob, question, "Multiply everything with the denominator first.")
    seen = [words(question)["denomin"]]
    endorse_answer(answer, by=otto)
    seen.append(words(question)["denomin"])
    react(answer, by=otto, outcome=Outcome.OUTDATED, reason="Nobody does it like this any more.")
    seen.append(words(question)["denomin"])
    clear_reports(answer, by=otto)
    seen.append(words(question)["denomin"])
    withdraw_endorsement(Endorsement.objects.get(), by=otto)
    seen.append(words(question)["denomin"])
    assert seen == ["D", "B", "D", "B", "D"]
    assert stale_documents() == set()


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


HOUSE_RULES = {
    "licence": Licence.CC_BY_SA_4,
    "has_ai_use": True,
    "downvotes": Downvotes.ANSWERS,
    "has_second_answers": True,
}


@pytest.fixture
def spanish(otto, algebra, question) -> int:
    """Algebra has just become so; the id of what is to be done."""
    set_house_rules(algebra, by=otto, language=Language.SPANISH, **HOUSE_RULES)
    return Rewording.objects.get(community=algebra).pk


def test_new_language_of_a_community_reaches_its_documents_with_a_task(ada, algebra, question, spanish, monkeypatch):
    monkeypatch.setattr(rewording, "BATCH", 2)
    elsewhere = make_post(ada, make_community(make_user("olga"), ada, name="Elsewhere"))
    fresh = documents()[elsewhere.pk]
    late = [make_post(ada, algebra, title=f"Canciones y números {number}").pk for number in range(4)]
    assert stale_documents() == {question.pk}
    SearchDocument.objects.exclude(post=question).update(words="")
    reword_posts(spanish)
    assert stale_documents() == {elsewhere.pk}
    assert (set(documents()), fresh != documents()[elsewhere.pk]) == ({question.pk, elsewhere.pk, *late}, True)
    assert Rewording.objects.count() == 0
    reword_posts(spanish)


def test_rewording_goes_on_where_it_was_left_and_a_newer_language_begins_anew(otto, algebra, question, spanish):
    Rewording.objects.update(done_to=question.pk)
    reword_posts(spanish)
    assert stale_documents() == {question.pk}
    set_house_rules(algebra, by=otto, language=Language.GERMAN, **HOUSE_RULES)
    Rewording.objects.update(done_to=question.pk)
    set_house_rules(algebra, by=otto, language=Language.FRENCH, **HOUSE_RULES)
    reword_posts(Rewording.objects.get().pk)
    assert stale_documents() == set()


def test_rewording_that_stands_still_is_swept(spanish):
    assert list(Rewording.objects.waiting()) == []
    Rewording.objects.update(moved_at=timezone.now() - timedelta(minutes=3))
    assert list(Rewording.objects.waiting()) == [spanish]


def test_same_language_again_rewords_nothing(otto, algebra):
    set_house_rules(algebra, by=otto, language=algebra.language, **HOUSE_RULES)
    assert Rewording.objects.count() == 0


def test_rebuild_of_a_community_that_is_not_there_is_refused(db):
    with pytest.raises(CommandError, match=r"There is no community nowhere\."):
        call_command("rebuild_search", community="nowhere")
