"""A question on its way to its answer, as the worker does it."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.db import connection, transaction
from django.utils import timezone

from ai_assist import rules
from ai_assist.actions.asking import ask_further, begin_conversation, stop_answer
from ai_assist.answering import work
from ai_assist.answering.turn import Lost, take
from ai_assist.models import Audience, Citation, Document, Message
from ai_assist.pipeline import deleting
from ai_assist.reach import Chosen
from communities.actions.community import leave_community
from communities.models import Visibility
from tests.ai_assist.library import make_document
from tests.ai_assist.messages import answered
from tests.factories import make_community

CAIRNS = [
    "A cairn is a pile of stones that walkers leave where a path is hard to see.",
    "The highest cairn on the northern moor stands 4 metres tall. It was begun in 1871 by the shepherd Elin Varga.",
]
BREAD = ["Sourdough bread rises by wild yeast. The dough rests for twelve hours before it is baked."]
QUESTION = "How tall is the highest cairn?"
TALL = "The highest cairn on the northern moor stands 4 metres tall."
State = Message.State


@pytest.fixture
def cairns(ada):
    return make_document(ada, "Cairns", CAIRNS)


def test_answer_quotes_the_sentence_and_says_where_it_stands(ada, each_store):
    cairns = make_document(ada, "Cairns", CAIRNS)
    make_document(ada, "Bread", BREAD)
    message = answered(begin_conversation(Chosen(), by=ada, question=QUESTION))
    assert (message.state, message.model, message.attempts) == (State.DONE, "", 1)
    first = Citation.objects.get(message=message, marker=1)
    assert (first.document, first.title, first.page) == (cairns, "Cairns", 2)
    assert first.quote == TALL
    assert first.quote in first.passage
    assert message.text.startswith(f"> {first.quote} [1]\n\n")
    assert f'<a class="marker" href="#source-{message.pk}-1"' in message.html


def test_answer_keeps_to_what_was_chosen(ada, each_store):
    make_document(ada, "Cairns", CAIRNS)
    bread = make_document(ada, "Bread", BREAD)
    message = answered(begin_conversation(Chosen(documents=[bread]), by=ada, question=QUESTION))
    assert (message.state, message.text) == (State.REFUSED, "")
    assert message.retrieval["nearest"] == [bread.pk]
    bread.delete()
    message = answered(ask_further(message.conversation, by=ada, question=QUESTION))
    assert (message.state, message.note, message.retrieval["nearest"]) == (State.REFUSED, "nothing_to_ask", [])


def test_answer_to_a_follow_up_carries_what_it_is_about(ada):
    make_document(ada, "Towers", ["The highest tower of the town stands 90 metres tall. The mason Jo Moreau built it."])
    make_document(
        ada, "Moor", ["The highest cairn of the moor stands 4 metres tall. The shepherd Elin Varga built it."]
    )
    for thing, title in (("cairn", "Moor"), ("tower", "Towers")):
        begun = answered(begin_conversation(Chosen(), by=ada, question=f"How tall is the highest {thing}?"))
        message = answered(ask_further(begun.conversation, by=ada, question="And who built it?"))
        assert Citation.objects.get(message=message, marker=1).title == title


def test_answer_to_what_only_seems_a_follow_up_goes_by_its_own_words(ada, cairns):
    make_document(ada, "Bread", BREAD)
    begun = answered(begin_conversation(Chosen(), by=ada, question=QUESTION))
    message = answered(ask_further(begun.conversation, by=ada, question="For how many hours does the dough rest then?"))
    assert message.standalone == message.question
    assert Citation.objects.get(message=message, marker=1).title == "Bread"


def test_question_in_other_letters_than_the_documents_is_told_so(client, ada, cairns):
    message = answered(begin_conversation(Chosen(), by=ada, question="ما هو ارتفاع أعلى كومة حجارة؟"))
    assert (message.state, message.note) == (State.REFUSED, "other_language")
    client.force_login(ada)
    page = client.get(message.conversation.get_absolute_url()).content.decode()
    assert "ask in the language of the documents" in page
    message = answered(ask_further(message.conversation, by=ada, question="Wann wurde Brot erfunden?"))
    assert (message.state, message.note) == (State.REFUSED, "")


def test_answer_a_second_time_changes_nothing(ada, cairns):
    message = answered(begin_conversation(Chosen(), by=ada, question=QUESTION))
    before = list(Citation.objects.values())
    done_at = message.done_at
    assert (answered(message).done_at, list(Citation.objects.values())) == (done_at, before)


def test_purging_a_document_takes_the_answers_that_quote_it(ada, each_store):
    cairns = make_document(ada, "Cairns", CAIRNS)
    message = answered(begin_conversation(Chosen(), by=ada, question=QUESTION))
    bread = make_document(ada, "Bread", BREAD)
    chosen = Chosen(documents=[bread])
    other = answered(begin_conversation(chosen, by=ada, question="For how many hours does the dough rest?"))
    Message.objects.filter(pk=other.pk).update(standalone=TALL, retrieval={"said_in": [cairns.pk]})
    cairns.file.save("cairns.md", ContentFile(b"stones"))
    Document.objects.filter(pk=cairns.pk).update(state="deleting")
    deleting.purge(cairns.pk)
    message.refresh_from_db()
    other.refresh_from_db()
    assert (message.text, message.html, message.question, other.standalone) == ("", "", QUESTION, "")
    assert set(Citation.objects.filter(message=message).values_list("quote", "passage", "title")) == {("", "", "")}
    assert "twelve hours" in other.text
    assert Citation.objects.filter(document=bread).count() > 0


def test_answer_by_two_workers_counts_once(ada, cairns):
    message = begin_conversation(Chosen(), by=ada, question=QUESTION)
    slow = take(message.pk)
    assert take(message.pk) is None
    assert list(Message.objects.waiting()) == []
    Message.objects.update(heartbeat_at=timezone.now() - rules.SILENT_FOR - timedelta(seconds=1))
    assert list(Message.objects.waiting()) == [message.pk]
    assert answered(message).state == State.DONE
    with pytest.raises(Lost):
        slow.should_stop()
    with pytest.raises(Lost):
        slow.end(work.Written(State.FAILED, hits=[]))
    message.refresh_from_db()
    assert (message.state, message.attempts) == (State.DONE, 2)
    assert Citation.objects.filter(message=message, marker=1).count() == 1


def test_answer_that_kills_its_worker_fails_after_three_attempts(ada, cairns):
    message = begin_conversation(Chosen(), by=ada, question=QUESTION)
    for _ in range(rules.ATTEMPTS):
        assert take(message.pk)
        Message.objects.update(heartbeat_at=timezone.now() - 2 * rules.SILENT_FOR)
    assert answered(message).state == State.FAILED


def test_stop_before_a_worker_came_ends_it(ada, cairns):
    message = begin_conversation(Chosen(), by=ada, question=QUESTION)
    stop_answer(message)
    assert answered(message).state == State.CANCELLED
    assert message.text == ""


def test_stop_while_a_worker_is_at_it_is_heard_by_the_worker(ada, cairns):
    message = begin_conversation(Chosen(), by=ada, question=QUESTION)
    turn = take(message.pk)
    stop_answer(message)
    message.refresh_from_db()
    assert message.state == State.STREAMING
    assert turn.should_stop() is True


def test_answer_after_losing_the_right_meanwhile_shows_nothing(ada, bob, each_store):
    """Found while one could read it, written when one could not any more."""
    community = make_community(bob, ada, visibility=Visibility.PRIVATE)
    make_document(bob, "Cairns", CAIRNS, community=community, audience=Audience.COMMUNITY)
    message = begin_conversation(Chosen(community=community), by=ada, question=QUESTION)
    turn = take(message.pk)
    hits = work.search(QUESTION, user=ada, documents=None)
    written = work._written(turn, hits)
    assert written.state == State.DONE
    leave_community(community, by=ada)
    assert turn.end(written) is False
    turn.said_in = {hits[0].chunk.document_id}
    assert turn.end(work.Written(State.REFUSED, hits=[])) is False
    work._answer(turn)
    message.refresh_from_db()
    assert (message.state, message.text, message.retrieval) == (State.REFUSED, "", {"passages": [], "nearest": []})
    assert Citation.objects.count() == 0


def is_held(pk: int) -> bool:
    """As who deletes a document asks, on a connection of their own."""
    try:
        with transaction.atomic():
            return not Document.objects.select_for_update(skip_locked=True, no_key=True).filter(pk=pk).exists()
    finally:
        connection.close()


@pytest.mark.django_db(transaction=True)
def test_document_cannot_be_deleted_between_the_last_look_and_the_answer(ada):
    cairns = make_document(ada, "Cairns", CAIRNS)
    turn = take(begin_conversation(Chosen(), by=ada, question=QUESTION).pk)
    written = work._written(turn, work._found(turn))
    with ThreadPoolExecutor(1) as other, transaction.atomic():
        assert turn.end(written) is True
        assert other.submit(is_held, cairns.pk).result() is True


def test_answer_while_the_store_fails_goes_by_words(ada, pinecone, settings):
    settings.VECTOR_STORE = "pinecone"
    make_document(ada, "Cairns", CAIRNS)
    pinecone.faults.append(400)
    message = answered(begin_conversation(Chosen(), by=ada, question=QUESTION))
    assert (message.state, Citation.objects.get(message=message, marker=1).quote) == (State.DONE, TALL)
    assert {found["dense"] for found in message.retrieval["passages"]} == {0}


def test_answer_from_a_store_that_is_behind_quotes_nothing_that_is_gone(ada, pinecone, settings):
    settings.VECTOR_STORE = "pinecone"
    cairns, bread = make_document(ada, "Cairns", CAIRNS), make_document(ada, "Bread", BREAD)
    cairns.file.save("cairns.md", ContentFile(b"stones"))
    pinecone.is_stale = True
    Document.objects.filter(pk=cairns.pk).update(state="deleting")
    deleting.purge(cairns.pk)
    late = make_document(ada, "Late", ["The lighthouse of Orrin Point was lit in 1871."])
    message = answered(begin_conversation(Chosen(), by=ada, question=QUESTION))
    assert (message.state, message.retrieval["nearest"]) == (State.REFUSED, [bread.pk])
    message = answered(
        ask_further(message.conversation, by=ada, question="When was the lighthouse of Orrin Point lit?")
    )
    assert Citation.objects.get(message=message, marker=1).document == late
