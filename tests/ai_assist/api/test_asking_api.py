"""Asking through the API: the question, its answer with citations, and what nobody else ever learns of them."""

import threading
import time
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from ai_assist import rules
from ai_assist.actions.asking import begin_conversation
from ai_assist.actions.folders import make_folder
from ai_assist.answering import work
from ai_assist.api import waiting
from ai_assist.models import Audience, Conversation, Document, Message, Usage
from ai_assist.reach import Chosen
from communities.models import Visibility
from tests.addresses import table_digests
from tests.ai_assist.api.problem import is_problem
from tests.ai_assist.library import make_document
from tests.factories import make_community

CONVERSATIONS = "/api/v1/conversations"
MESSAGES = "/api/v1/messages"
QUESTION = "How tall is the highest cairn?"
TALL = "The highest cairn on the northern moor stands 4 metres tall."
CAIRNS = ["A cairn is a pile of stones that walkers leave where a path is hard to see.", f"{TALL} Varga built it."]
STILL = "Your last question is being answered. Wait for it, or stop it."


@pytest.fixture
def cairns(ada):
    return make_document(ada, "Cairns", CAIRNS, is_paged=True)


@pytest.fixture
def program(client_of, ada):
    return client_of(ada)


def answered(by, chosen=None, question=QUESTION) -> Message:
    message = begin_conversation(chosen or Chosen(), by=by, question=question)
    work.answer(message.pk)
    message.refresh_from_db()
    return message


def sent(browser, address, method="post", **body):
    return getattr(browser, method)(address, body, content_type="application/json")


def test_first_question_begins_a_conversation(ada, cairns, program):
    response = sent(program, CONVERSATIONS, question=f" {QUESTION}\r\n", documents=[str(cairns.uuid)])
    said = response.json()
    message = Message.objects.get()
    conversation = message.conversation
    assert (response.status_code, said["uuid"], said["question"]) == (201, str(message.uuid), QUESTION)
    assert (said["state"], said["answer"], said["mode"], said["citations"]) == ("pending", "", None, [])
    assert said["stream"] == f"http://localhost:8000/streams/answers/{message.uuid}/"
    assert (conversation.reach, [*conversation.documents.all()]) == ("documents", [cairns])
    again = sent(program, CONVERSATIONS, question=QUESTION)
    assert (again.status_code, again.json()["uuid"]) == (201, said["uuid"])
    other = sent(program, f"{CONVERSATIONS}/{conversation.uuid}/questions", question="And who built it?")
    assert is_problem(other, 409, STILL, message=said["uuid"])
    assert Usage.objects.get(member=ada, day=timezone.now().date()).questions == 1


def test_answer_comes_with_its_citations(ada, cairns, program):
    message = answered(ada)
    said = program.get(f"{MESSAGES}/{message.uuid}").json()
    assert (said["state"], said["mode"], said["model"], said["said"]) == ("done", "passages", "", "")
    assert (said["answer"], said["stream"], said["is_withheld"]) == (message.text, None, False)
    citation, *_others = said["citations"]
    assert f'href="#{citation["anchor"]}"' in said["html"]
    chunk = cairns.chunk_set.get(page_start=2)
    assert citation == {
        "number": 1,
        "quote": TALL,
        "passage": CAIRNS[1],
        "document": {"uuid": str(cairns.uuid), "title": "Cairns"},
        "page": 2,
        "is_paged": True,
        "heading": "",
        "url": f"http://localhost:8000/documents/{cairns.uuid}/read/2/?passage={chunk.pk}",
        "anchor": f"source-{message.pk}-1",
    }
    assert program.get(f"{MESSAGES}/{message.uuid}/citations").json() == {"citations": said["citations"]}
    conversation = program.get(f"{CONVERSATIONS}/{message.conversation.uuid}").json()
    assert (conversation["messages"], conversation["reach"], conversation["earlier"]) == ([said], "own", None)


def test_answer_from_what_one_may_no_longer_read_is_withheld(ada, bob, client_of):
    community = make_community(ada, bob)
    document = make_document(ada, "Cairns", CAIRNS, community=community, audience=Audience.COMMUNITY)
    message = answered(bob, Chosen(community=community))
    Document.objects.filter(pk=document.pk).update(audience=Audience.PRIVATE)
    browser = client_of(bob)
    response = browser.get(f"{MESSAGES}/{message.uuid}")
    said = response.json()
    assert (said["is_withheld"], said["answer"], said["html"], said["citations"]) == (True, "", "", [])
    assert said["said"].startswith("This answer quotes a document that is gone or")
    conversation = browser.get(f"{CONVERSATIONS}/{message.conversation.uuid}")
    for body in (response.content, conversation.content):
        assert b"metres" not in body
        assert b"Cairns" not in body
    assert browser.get(f"{MESSAGES}/{message.uuid}/citations").json() == {"citations": []}


@pytest.mark.django_db(transaction=True)
def test_question_waits_for_its_answer(ada, program):
    def answer_soon():
        while not Message.objects.exists():
            threading.Event().wait(0.02)
        work.answer(Message.objects.get().pk)
        connection.close()

    worker = threading.Thread(target=answer_soon)
    worker.start()
    said = sent(program, f"{CONVERSATIONS}?wait=10", question=QUESTION).json()
    worker.join()
    assert (said["state"], said["stream"]) == ("refused", None)
    assert said["said"] == "There is no document here that is ready and that you may read."


def test_question_waits_no_longer_than_it_says_and_not_beside_many(ada, cairns, program, monkeypatch):
    first = sent(program, f"{CONVERSATIONS}?wait=0.05", question=QUESTION)
    assert (first.status_code, first.json()["state"]) == (201, "pending")
    monkeypatch.setattr(waiting, "_room", threading.Semaphore(0))
    started = time.monotonic()
    assert sent(program, f"{CONVERSATIONS}?wait=20", question=QUESTION).json()["state"] == "pending"
    assert time.monotonic() - started < 5
    response = sent(program, f"{CONVERSATIONS}?wait=21", question=QUESTION)
    assert (response.status_code, response.json()["errors"][0]["where"]) == (422, ["query", "wait"])


def test_conversation_that_is_deleted_while_a_program_waits_is_gone(ada, program, monkeypatch):
    monkeypatch.setattr(waiting, "give_connection_back", lambda: Conversation.objects.all().delete())
    assert is_problem(sent(program, f"{CONVERSATIONS}?wait=0.05", question=QUESTION), 404, "This is not here.")


@pytest.mark.parametrize(
    ("body", "where", "sentence"),
    [
        ({"question": " \n"}, ["body", "question"], "This field is required."),
        (
            {"question": "a\0b"},
            ["body", "question"],
            "There is a NUL in this, a character that is in no text. Take it out.",
        ),
        (
            {"question": "x" * 20_000},
            ["body", "question"],
            "Ensure this value has at most 2000 characters (it has 20000).",
        ),
        (
            {"question": QUESTION, "folder": 1, "community": "x"},
            ["body", "folder"],
            "Name documents, a folder or a community, not several of them.",
        ),
    ],
)
def test_question_without_sense_names_the_field(program, body, where, sentence):
    response = sent(program, CONVERSATIONS, **body)
    assert (response.status_code, response.json()["errors"][0]) == (422, {"where": where, "detail": sentence})
    assert Message.objects.count() == 0


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ('{"question": "\\ud800"}', 400),
        ('{"question": "Why?", "documents": []}', 422),
        ('{"question": "Why?", "folder": 99999999999999999999}', 404),
        ('{"question": "Why?", "community": "a\\u0000b"}', 422),
        ("[" * 100_000, 400),
        ("", 422),
    ],
)
def test_what_is_no_question_is_a_problem(program, body, status):
    response = program.post(CONVERSATIONS, body, content_type="application/json")
    assert (response.status_code, response.headers["Content-Type"]) == (status, "application/problem+json")


def test_one_question_more_than_the_day_allows_says_when_to_come_back(ada, program):
    Usage.objects.create(member=ada, day=timezone.now().date(), questions=rules.QUESTIONS_A_DAY)
    response = sent(program, CONVERSATIONS, question=QUESTION)
    assert is_problem(response, 429, "That were 100 questions today, which is all. You can ask more tomorrow.")
    assert 0 < int(response.headers["Retry-After"]) <= 24 * 3600
    for _ in range(rules.RATES["ask"].amount):
        response = sent(program, CONVERSATIONS, question=QUESTION)
    assert is_problem(response, 429, "That was a lot at once. Please try again later.")
    assert 0 < int(response.headers["Retry-After"]) <= 60


def test_stop_and_feedback(ada, cairns, program):
    message = begin_conversation(Chosen(), by=ada, question=QUESTION)
    stopped = program.post(f"{MESSAGES}/{message.uuid}/stop").json()
    assert (stopped["state"], stopped["said"]) == ("cancelled", "You stopped this answer before there was one.")
    judged = sent(program, f"{MESSAGES}/{message.uuid}/feedback", value="unhelpful")
    assert (judged.status_code, judged.json()["feedback"]) == (200, "unhelpful")
    assert sent(program, f"{MESSAGES}/{message.uuid}/feedback", value="").json()["feedback"] == ""
    wrong = sent(program, f"{MESSAGES}/{message.uuid}/feedback", value="great")
    assert (wrong.status_code, wrong.json()["errors"][0]["where"]) == (422, ["body", "value"])


def test_conversations_are_listed_searched_renamed_and_deleted(ada, program, monkeypatch, django_assert_num_queries):
    monkeypatch.setattr(rules, "CONVERSATIONS_PER_PAGE", 2)
    for number in range(3):
        Conversation.objects.create(owner=ada, title=f"About {number}", changed_at=timezone.now() + timedelta(number))
    with django_assert_num_queries(2):
        page = program.get(CONVERSATIONS).json()
    rest = program.get(CONVERSATIONS, {"before": page["next"]}).json()
    titles = [one["title"] for one in (*page["conversations"], *rest["conversations"])]
    assert (titles, rest["next"]) == (["About 2", "About 1", "About 0"], None)
    (found,) = program.get(CONVERSATIONS, {"q": "about 1"}).json()["conversations"]
    address = f"{CONVERSATIONS}/{found['uuid']}"
    assert sent(program, address, "patch", title="Stones").json()["title"] == "Stones"
    assert is_problem(sent(program, address, "patch", title=" "), 422, "This field is required.")
    lost = program.get(CONVERSATIONS, {"before": "x"})
    assert is_problem(lost, 422, "There is no such page. Begin with the first one.")
    assert program.delete(address).status_code == 204
    assert is_problem(program.delete(address), 404, "This is not here.")
    assert Conversation.objects.count() == 2


def test_reading_a_conversation_asks_as_much_for_many_questions_as_for_one(
    ada, cairns, program, django_assert_num_queries
):
    message = answered(ada, Chosen(documents=[cairns]))
    address = f"{CONVERSATIONS}/{message.conversation.uuid}"
    copies = [Message(conversation=message.conversation, asker=ada, question="Again?", state="done") for _ in range(9)]
    with django_assert_num_queries(6):
        program.get(address)
    Message.objects.bulk_create(copies)
    with django_assert_num_queries(6):
        program.get(address)


@pytest.fixture
def theirs(ada):
    """Bob may not ask it, and Eve not know of it."""
    return begin_conversation(Chosen(), by=ada, question="What is a zebrafinch?")


def addresses(message):
    conversation = f"{CONVERSATIONS}/{message.conversation.uuid}"
    return [
        ("get", conversation, {}),
        ("post", f"{conversation}/questions", {"question": ""}),
        ("patch", conversation, {"title": "Mine"}),
        ("delete", conversation, {}),
        ("get", f"{MESSAGES}/{message.uuid}", {}),
        ("get", f"{MESSAGES}/{message.uuid}/citations", {}),
        ("post", f"{MESSAGES}/{message.uuid}/stop", {}),
        ("post", f"{MESSAGES}/{message.uuid}/feedback", {"value": "helpful"}),
    ]


def test_eve_finds_no_conversation_of_others(theirs, eve, client_of):
    browser = client_of(eve)
    before = table_digests()
    for method, address, body in addresses(theirs):
        response = browser.get(address) if method == "get" else sent(browser, address, method, **body)
        assert is_problem(response, 404, "This is not here.")
    assert browser.get(CONVERSATIONS, {"q": "zebrafinch"}).json() == {"conversations": [], "next": None}
    assert table_digests() == before


def test_strangers_are_asked_to_sign_in_first(theirs, client):
    for method, address, body in [*addresses(theirs), ("get", CONVERSATIONS, {}), ("post", CONVERSATIONS, {})]:
        response = client.get(address) if method == "get" else sent(client, address, method, **body)
        assert is_problem(response, 401, "Sign in first.")


def test_asking_what_one_may_not_read_is_refused(ada, bob, eve, client_of, cairns):
    hidden = make_community(bob, visibility=Visibility.PRIVATE, name="Hidden")
    public = make_community(bob)
    folder = make_folder(by=ada, name="Walks")
    browser = client_of(eve)
    before = table_digests()
    for reach in ({"documents": [str(cairns.uuid)]}, {"folder": folder.pk}, {"community": hidden.slug}):
        assert is_problem(sent(browser, CONVERSATIONS, question=QUESTION, **reach), 404, "This is not here.")
    refused = sent(browser, CONVERSATIONS, question=QUESTION, community=public.slug)
    assert is_problem(refused, 403, "Only members of this community can ask its library.")
    assert table_digests() == before


def test_stream_asks_programs_to_sign_in(theirs, client):
    response = client.get(f"/streams/answers/{theirs.uuid}/", headers={"Accept": "text/event-stream"})
    assert is_problem(response, 401, "Sign in first.")
