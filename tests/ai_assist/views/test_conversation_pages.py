"""Conversations as their owner sees them, and nobody else."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from ai_assist import rules
from ai_assist.actions.asking import begin_conversation
from ai_assist.answering import work
from ai_assist.models import Audience, Conversation, Document, Message, Usage
from ai_assist.models import State as DocumentState
from ai_assist.reach import Chosen
from communities.actions.community import leave_community
from communities.models import Draft, Visibility
from tests.ai_assist.library import make_document
from tests.factories import make_community

HTMX = {"HX-Request": "true"}
NEW = "/conversations/new/"
QUESTION = "How tall is the highest cairn?"
TALL = "The highest cairn on the northern moor stands 4 metres tall."
CAIRNS = ["A cairn is a pile of stones that walkers leave where a path is hard to see.", f"{TALL} Varga built it."]
State = Message.State


@pytest.fixture
def cairns(ada):
    return make_document(ada, "Cairns", CAIRNS, is_paged=True)


def answered(by, question=QUESTION, chosen=None) -> Message:
    message = begin_conversation(chosen or Chosen(), by=by, question=question)
    work.answer(message.pk)
    message.refresh_from_db()
    return message


def test_ask_begins_a_conversation_and_leads_to_the_question(ada, cairns, client_of):
    browser = client_of(ada)
    response = browser.post(NEW, {"question": f" {QUESTION}\r\n", "document": str(cairns.uuid)})
    message = Message.objects.get()
    waiting = f"/streams/answers/{message.uuid}/wait/"
    assert response["Location"] == waiting
    assert browser.get(waiting)["Location"] == f"/conversations/{message.conversation.uuid}/#question-{message.pk}"
    assert (message.question, message.state, message.asker) == (QUESTION, State.PENDING, ada)
    conversation = message.conversation
    assert (conversation.title, conversation.reach, [*conversation.documents.all()]) == (
        QUESTION,
        "documents",
        [cairns],
    )
    assert Usage.objects.get(member=ada, day=timezone.now().date()).questions == 1


def test_page_shows_the_answer_with_its_sources(ada, each_store, client_of, read):
    make_document(ada, "Cairns", CAIRNS, is_paged=True)
    message = answered(ada)
    page = read(client_of(ada).get(message.conversation.get_absolute_url()))
    answer = page.select_one(f"#question-{message.pk} .from-documents")
    assert answer.select_one(".from-documents__mode").get_text(strip=True) == "Closest passages in your documents"
    assert answer.select_one(".prose blockquote").get_text(strip=True) == f"{TALL}[1]"
    assert answer.select_one("a.marker")["href"] == f"#source-{message.pk}-1"
    source = answer.select_one(f"#source-{message.pk}-1")
    assert source.select_one("summary").get_text(" ", strip=True) == "[1] Cairns · page 2"
    assert source.select_one("mark").get_text() == TALL
    assert source.select_one(".source__passage").get_text().strip() == CAIRNS[1]


@pytest.mark.parametrize(
    ("question", "status", "said"),
    [
        ("", 422, "This field is required."),
        ("  \n ", 422, "This field is required."),
        ("x" * 20_000, 422, "Ensure this value has at most 2000 characters (it has 20000)."),
    ],
)
def test_ask_without_sense_gives_the_question_back(ada, cairns, client_of, read, question, status, said):
    first = answered(ada)
    for address in (NEW, first.conversation.get_absolute_url()):
        response = client_of(ada).post(address, {"question": question})
        page = read(response)
        assert (response.status_code, page.select_one(".field__error").get_text(strip=True)) == (status, said)
        assert page.select_one("textarea").get_text().strip() == question.strip()
    assert Message.objects.count() == 1


def test_ask_while_another_is_answered_gives_the_question_back(ada, cairns, client_of, read):
    running = begin_conversation(Chosen(), by=ada, question=QUESTION)
    response = client_of(ada).post(NEW, {"question": "And who built it?"})
    assert response.status_code == 422
    said = read(response).select_one(".field__error").get_text(strip=True)
    assert said == "Your last question is being answered. Wait for it, or stop it."
    again = client_of(ada).post(NEW, {"question": QUESTION})
    assert again["Location"] == f"/streams/answers/{running.uuid}/wait/"
    assert list(Message.objects.all()) == [running]


def test_ask_one_more_than_the_day_allows_is_refused_in_a_sentence(ada, cairns, client_of, read, monkeypatch):
    monkeypatch.setitem(rules.RATES, "ask", rules.Rate(1000, 60))
    Usage.objects.create(member=ada, day=timezone.now().date(), questions=rules.QUESTIONS_A_DAY)
    response = client_of(ada).post(NEW, {"question": QUESTION})
    assert response.status_code == 429
    assert read(response).select_one(".field__error").get_text(strip=True) == (
        "That were 100 questions today, which is all. You can ask more tomorrow."
    )
    assert Message.objects.count() == 0


def test_ask_on_gives_htmx_the_question_and_an_empty_form(ada, cairns, client_of, read):
    first = answered(ada)
    response = client_of(ada).post(
        first.conversation.get_absolute_url(), {"question": "And who built it?"}, headers=HTMX
    )
    page = read(response)
    message = Message.objects.latest("pk")
    assert page.select_one(f"[hx-swap-oob='beforeend:#conversation'] > #question-{message.pk} [hx-trigger]")
    assert page.select_one("#ask textarea").get_text().strip() == ""


def test_answer_whose_document_may_not_be_read_any_more_shows_nothing_of_it(ada, bob, client_of, read):
    community = make_community(bob, ada, visibility=Visibility.PRIVATE)
    document = make_document(bob, "Secret cairns", CAIRNS, community=community, audience=Audience.COMMUNITY)
    message = answered(ada, chosen=Chosen(documents=[document]))
    refused = answered(ada, "What do whales eat in winter?", Chosen(documents=[document]))
    addresses = [one.conversation.get_absolute_url() for one in (message, refused)]
    assert all("Secret cairns" in client_of(ada).get(address).content.decode() for address in addresses)
    leave_community(community, by=ada)
    pages = [client_of(ada).get(address).content.decode() for address in addresses]
    assert [word for page in pages for word in ("Secret", "metres", "Varga") if word in page] == []
    assert read(client_of(ada).get(addresses[0])).select_one(".from-documents").get_text(strip=True) == (
        "This answer quotes a document that is gone or that you may no longer read, so it is not shown."
    )


def test_answer_from_a_deleted_document_is_withheld(ada, cairns, client_of):
    message = answered(ada)
    Document.objects.filter(pk=cairns.pk).update(state=DocumentState.DELETING)
    page = client_of(ada).get(message.conversation.get_absolute_url()).content.decode()
    assert "4 metres" not in page


def test_nothing_found_offers_to_ask_a_community(ada, bob, cairns, client_of, read):
    community = make_community(bob, ada)
    message = answered(ada, "What do whales eat in winter?")
    assert message.state == State.REFUSED
    browser = client_of(ada)
    answer = read(browser.get(message.conversation.get_absolute_url())).select_one(".from-documents")
    assert answer.select_one(".from-documents__mode").get_text(strip=True) == "Not found in your documents"
    assert [link.get_text() for link in answer.select(".sources a")] == ["Cairns"]
    address = answer.select_one("a.button")["href"]
    assert read(browser.get(address)).select_one("button[name=community]")["value"] == community.slug
    response = browser.post(address, {"community": community.slug})
    draft = Draft.objects.get()
    assert response["Location"] == f"/c/{community.slug}/ask/?draft={draft.pk}"
    assert draft.fields == {"kind": "question", "title": message.question, "goal": message.question}
    assert browser.post(address, {"community": "elsewhere"}).status_code == 404


def test_choosing_what_one_may_not_read_is_404(ada, bob, eve, cairns, client_of):
    private = make_community(bob, visibility=Visibility.PRIVATE, name="Hidden")
    for query in (
        f"?document={cairns.uuid}",
        f"?document={cairns.uuid}&document=x",
        "?folder=1",
        "?folder=x",
        f"?community={private.slug}",
    ):
        assert (query, client_of(eve).get(NEW + query).status_code) == (query, 404)
    public = make_community(bob)
    response = client_of(eve).post(NEW, {"question": QUESTION, "community": public.slug})
    assert response.status_code == 403
    assert Message.objects.count() == 0


def test_conversations_of_others_are_404(ada, cairns, eve, client_of):
    message = answered(ada)
    browser = client_of(eve)
    for name in ("conversation", "conversation_rename", "conversation_delete"):
        address = reverse(f"ai_assist:{name}", args=[message.conversation.uuid])
        assert (name, browser.get(address).status_code) == (name, 404)
        assert (name, browser.post(address, {"question": "And?", "title": "Mine"}).status_code) in (
            (name, 404),
            ("conversation_delete", 302),
        )
    for name in ("question", "answer_stop", "answer_judge", "question_pass_on"):
        address = reverse(f"ai_assist:{name}", args=[message.uuid])
        assert (name, browser.get(address).status_code) == (name, 404)
    assert Conversation.objects.get().title == QUESTION
    assert Message.objects.count() == 1


def test_history_is_searched_by_words_and_goes_on_page_by_page(ada, bob, cairns, client_of, read, monkeypatch):
    monkeypatch.setattr(rules, "CONVERSATIONS_PER_PAGE", 2)
    first = answered(ada)
    second = answered(ada, "What do whales eat in winter?")
    third = answered(ada, "Where do walkers leave stones?")
    answered(bob, "How do whales of others sleep?")
    browser = client_of(ada)

    def titles(address: str) -> list[str]:
        return [link.get_text() for link in read(browser.get(address)).select(".conversations__title")]

    page = read(browser.get("/conversations/"))
    assert titles("/conversations/") == [third.question, second.question]
    assert titles(page.select_one(".more a")["href"]) == [first.question]
    assert titles("/conversations/?q=WHALES+winter") == [second.question]
    assert titles("/conversations/?q=whales+stones") == []
    lost = browser.get("/conversations/?before=1-x")
    assert (lost.status_code, len(read(lost).select(".conversations__title"))) == (422, 2)


def test_rename_and_delete(ada, cairns, client_of):
    message = answered(ada)
    browser = client_of(ada)
    address = message.conversation.get_absolute_url()
    assert browser.post(f"{address}rename/", {"title": "  Stones  of the moor "})["Location"] == address
    assert Conversation.objects.get().title == "Stones of the moor"
    assert browser.post(f"{address}rename/", {"title": " "}).status_code == 422
    assert browser.post(f"{address}delete/")["Location"] == "/conversations/"
    assert browser.post(f"{address}delete/")["Location"] == "/conversations/"
    assert (Conversation.objects.count(), Message.objects.count()) == (0, 0)


def test_judge_is_pressed_and_taken_back(ada, cairns, client_of, read):
    message = answered(ada)
    browser = client_of(ada)
    for value, pressed in (("helpful", "true"), ("unhelpful", "false"), ("", "false")):
        response = browser.post(f"/questions/{message.uuid}/judge/", {"value": value}, headers=HTMX)
        message.refresh_from_db()
        assert message.feedback == value
        assert read(response).select_one(f"#question-{message.pk}-helpful")["aria-pressed"] == pressed
    browser.post(f"/questions/{message.uuid}/judge/", {"value": "great"})
    message.refresh_from_db()
    assert message.feedback == ""


def test_stop_shows_at_once_that_it_is_stopped(ada, cairns, client_of, read):
    message = begin_conversation(Chosen(), by=ada, question=QUESTION)
    response = client_of(ada).post(f"/questions/{message.uuid}/stop/", headers=HTMX)
    assert read(response).select_one(".from-documents").get_text(strip=True) == (
        "You stopped this answer before there was one."
    )
    message.refresh_from_db()
    assert (message.state, message.stop_at is not None) == (State.CANCELLED, True)


def test_earlier_questions_are_a_page_of_their_own(ada, cairns, client_of, read, monkeypatch):
    monkeypatch.setattr(rules, "QUESTIONS_PER_PAGE", 2)
    message = answered(ada)
    conversation = message.conversation
    for number in range(2):
        Message.objects.create(
            conversation=conversation, asker=ada, question=f"Q{number}", state=State.FAILED, done_at=timezone.now()
        )
    page = read(client_of(ada).get(conversation.get_absolute_url()))
    assert [words.get_text(strip=True) for words in page.select(".asked__words")] == ["Q0", "Q1"]
    before = page.select_one(".conversation__earlier a")["href"]
    page = read(client_of(ada).get(conversation.get_absolute_url() + before))
    assert [words.get_text(strip=True) for words in page.select(".asked__words")] == [QUESTION]


def test_more_questions_and_conversations_cost_no_more_statements(
    ada, cairns, client_of, django_assert_max_num_queries
):
    message = answered(ada)
    browser = client_of(ada)
    address = message.conversation.get_absolute_url()
    browser.get(address)
    done = timezone.now() - timedelta(hours=1)
    for number in range(8):
        copy = Message.objects.create(
            conversation=message.conversation,
            asker=ada,
            question=f"Q{number}",
            state=State.DONE,
            text=message.text,
            done_at=done,
        )
        for citation in message.citations.all():
            citation.pk, citation.message = None, copy
            citation.save()
    with django_assert_max_num_queries(10):
        browser.get(address)
    with django_assert_max_num_queries(5):
        browser.get("/conversations/")
