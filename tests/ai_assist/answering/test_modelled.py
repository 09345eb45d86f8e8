"""Answers of a chat model, through the real client libraries against a server on a local port."""

import threading
import time
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.db import connection
from django.utils import timezone

from ai_assist import rules
from ai_assist.actions.asking import ask_further, begin_conversation, stop_answer
from ai_assist.allowances import Whose, left
from ai_assist.answering.breaker import Breaker
from ai_assist.answering.following import with_carried_words
from ai_assist.conversations import shown
from ai_assist.models import Audience, Citation, Document, Message, Usage
from ai_assist.pipeline import deleting
from ai_assist.reach import Chosen
from communities.actions.community import leave_community
from communities.models import Visibility
from tests.ai_assist.library import make_document
from tests.ai_assist.messages import answered, streamed
from tests.ai_assist.model_served import TOKENS_IN, TOKENS_OUT, Served, serve_model
from tests.factories import make_community

QUESTION = "How tall is the highest cairn?"
TALL = "The highest cairn on the northern moor stands 4 metres tall."
CAIRNS = [
    "A cairn is a pile of stones that walkers leave where a path is hard to see.",
    f"{TALL} It was begun in 1871 by the shepherd Elin Varga.",
]
State = Message.State
PROVIDERS = {"openai": "/v1", "anthropic": "", "ollama": ""}


@pytest.fixture
def model(settings, monkeypatch):
    for name in ("OPENAI_API_KEY", "ANTHROPIC_API_KEY"):
        monkeypatch.setenv(name, "no-secret")
    monkeypatch.setattr(rules, "MODEL_PAUSE", timedelta())
    with serve_model(lambda prompt: ["The highest cairn stands ", "4 metres tall [1]."]) as served:
        settings.AI_CHAT_MODEL = "openai:small"
        settings.AI_CHAT_BASE_URL = f"{served.address}/v1"
        yield served


@pytest.fixture
def cairns(ada):
    return make_document(ada, "Cairns", CAIRNS)


def ask(by, question=QUESTION, chosen=None) -> Message:
    return begin_conversation(chosen or Chosen(), by=by, question=question)


def use(settings, model: Served, provider: str) -> None:
    settings.AI_CHAT_MODEL = f"{provider}:small"
    settings.AI_CHAT_BASE_URL = f"{model.address}{PROVIDERS[provider]}"


@pytest.mark.parametrize("provider", PROVIDERS)
def test_answer_by_each_provider_is_streamed_cited_and_counted(ada, cairns, model, settings, provider):
    use(settings, model, provider)
    message = answered(ask(ada))
    assert (message.state, message.note, message.model) == (State.DONE, "", f"{provider}:small")
    assert message.text == "The highest cairn stands 4 metres tall. [1]"
    citation = Citation.objects.get(message=message)
    assert (citation.quote, citation.page) == (TALL, 2)
    assert (message.tokens_in, message.tokens_out) == (TOKENS_IN, TOKENS_OUT)
    used = Usage.objects.get(member=ada, day=timezone.now().date())
    assert (used.tokens, used.tokens_out) == (TOKENS_IN + TOKENS_OUT, TOKENS_OUT)
    assert streamed(message) == [
        ("begin", ""),
        ("text", "The highest cairn stands "),
        ("text", "4 metres tall [1]."),
        ("done", ""),
    ]


def test_prompt_has_the_rules_first_and_each_source_between_signs_of_its_own(ada, cairns, model):
    answered(ask(ada))
    answered(ask(ada, "Who begun the highest cairn?"))
    first, second = model.asked
    assert first.index("You answer a question") < first.index(TALL) < first.index(f"The question: {QUESTION}")
    signs = [asked.partition("<<")[2].partition(" source 1>>\nCairns\n\n")[0] for asked in (first, second)]
    assert [len(sign) for sign in signs] == [16, 16]
    assert signs[0] != signs[1]
    assert "path is hard to see" in first


@pytest.mark.parametrize(
    ("provider", "fault"),
    [
        *[("openai", fault) for fault in ("500", "429", "hang", "cut")],
        *[("anthropic", fault) for fault in ("429", "529", "cut")],
        *[("ollama", fault) for fault in ("503", "hang", "cut")],
    ],
)
def test_answer_without_the_model_quotes_and_says_why(ada, cairns, model, settings, monkeypatch, provider, fault):
    use(settings, model, provider)
    monkeypatch.setattr(rules, "FIRST_TOKEN_WITHIN", timedelta(seconds=0.5))
    monkeypatch.setattr(rules, "MODEL_HEARD", timedelta(seconds=0.1))
    model.say = lambda prompt: ["The highest cairn stands 4 metres tall [1]. ", "And ", "more ", "and ", "more."]
    model.fault = fault
    message = answered(ask(ada))
    assert (message.state, message.note, message.model) == (State.DONE, "model_away", "")
    assert message.text.startswith(f"> {TALL} [1]")
    assert len(model.asked) == (1 if fault == "cut" else 2)
    assert streamed(message)[-2:] == [("begin", ""), ("done", "")]


def test_answer_after_five_failures_asks_no_more_until_the_pause_is_over(ada, cairns, model, monkeypatch):
    monkeypatch.setattr(rules, "BREAK", timedelta(seconds=1))
    model.fault = "500"
    for _ in range(4):
        message = answered(ask(ada))
        message.conversation.delete()
    assert len(model.asked) == 5
    model.fault = ""
    before = left(Whose(ada))["tokens"]
    message = answered(ask(ada))
    assert (message.note, message.tokens_in, message.tokens_out) == ("model_away", 0, 0)
    assert len(model.asked) == 5
    assert left(Whose(ada))["tokens"] == before
    time.sleep(1.1)
    assert answered(ask(ada)).note == ""
    assert answered(ask(ada)).note == ""
    assert len(model.asked) == 7


def test_answer_beyond_the_tokens_of_the_day_quotes(ada, cairns, model):
    Usage.objects.create(member=ada, day=timezone.now().date(), tokens=rules.TOKENS_A_DAY - 10)
    message = answered(ask(ada))
    assert (message.state, message.note, message.tokens_in) == (State.DONE, "tokens", 0)
    assert model.asked == []
    assert left(Whose(ada))["tokens"] == 10


def test_answer_that_finds_nothing_is_refused(ada, cairns, model):
    model.say = lambda prompt: ["NOT FOUND", "."]
    message = answered(ask(ada))
    assert (message.state, message.text, message.retrieval["nearest"]) == (State.REFUSED, "", [cairns.pk])


def test_answer_says_what_is_not_supported_and_leaves_out_what_comes_from_nowhere(ada, cairns, model):
    model.say = lambda prompt: [
        "The highest cairn stands 4 metres tall [1][9]. The highest cairn stands 7 metres tall [1]. ",
        "It was begun in 1871 by the shepherd Olaf Berg [1]. The cairn was begun by a shepherd. ",
        "Elephants enjoy bananas under moonlight [1]. Look at https://evil.example/cairn [1].",
    ]
    message = answered(ask(ada))
    doubt = "*(not supported by your sources)*"
    assert message.text == (
        f"The highest cairn stands 4 metres tall. [1] The highest cairn stands 7 metres tall. [1] {doubt} "
        f"It was begun in 1871 by the shepherd Olaf Berg. [1] {doubt} The cairn was begun by a shepherd. {doubt}"
    )
    assert message.note == "left_out"
    assert Citation.objects.filter(message=message).count() == 1


def test_answer_without_any_support_quotes_instead(ada, cairns, model):
    model.say = lambda prompt: ["Elephants enjoy bananas under moonlight. Buy now at http://evil.example!"]
    message = answered(ask(ada))
    assert (message.note, message.model) == ("unsupported", "")
    assert message.text.startswith(f"> {TALL} [1]")


def test_answer_keeps_code_and_formulas_that_the_sources_have(ada, model):
    code = "```python\ndef stones(days):\n    return days * 3\n```"
    make_document(ada, "Code", [f"The function counts the stones of a cairn by days.\n\n{code}"])
    model.say = lambda prompt: [f"The function counts the stones of a cairn [1].\n\n{code}\n\n```\nrm -rf /\n```\n"]
    message = answered(ask(ada, "Which function counts the stones?"))
    assert message.text == f"The function counts the stones of a cairn. [1]\n\n{code}"


TABLE = "| cairn | height |\n|---|---|\n| northern | 4 metres |\n| southern | 2 metres |"


def test_answer_that_is_a_table_cites_where_it_stands(ada, cairns, model):
    heights = make_document(ada, "Heights", [f"How tall the cairns are, the highest first:\n\n{TABLE}"])
    model.say = lambda prompt: [TABLE]
    message = answered(ask(ada))
    assert (message.state, message.text) == (State.DONE, f"{TABLE}\n\n[1]")
    citation = Citation.objects.get(message=message)
    assert (citation.document, citation.quote) == (heights, TABLE)


def test_answer_doubts_names_and_numbers_that_only_look_as_in_the_source(ada, model):
    make_document(ada, "Hut", ["Each wall of the hut was built on 4.5.1871 and is 3.5 metres long. Walls are white."])
    doubt = " *(not supported by your sources)*"
    said = {
        "Each wall of the hut is 3.5 metres long.": "",
        "Each wall of the hut is 5 metres long.": doubt,
        "Each wall of the hut was built in 1871.": "",
        "Berg built each wall of the hut.": doubt,
        "Olaf built each wall of the hut, as Olaf says.": doubt,
        "Originally each wall of the hut was white.": "",
        "White walls are long.": "",
    }
    model.say = lambda prompt: [f"{sentence} [1] " for sentence in said]
    message = answered(ask(ada, "How long is each wall of the hut?"))
    assert message.text == " ".join(f"{sentence} [1]{mark}" for sentence, mark in said.items())


def test_answer_is_withheld_and_purged_with_each_document_that_the_model_read(ada, bob, cairns, model):
    community = make_community(bob, ada, visibility=Visibility.PRIVATE)
    built = "The highest cairn of the moor was built by a shepherd with two dogs."
    theirs = make_document(bob, "Moor", [built], community=community, audience=Audience.COMMUNITY)
    model.say = lambda prompt: [f"{TALL} [1]\n\n{built}"]
    message = answered(ask(ada, chosen=Chosen(documents=[cairns, theirs])))
    assert "two dogs" in message.text
    assert {one.document for one in Citation.objects.filter(message=message)} == {cairns}
    assert message.retrieval["written_from"] == [cairns.pk, theirs.pk]
    leave_community(community, by=ada)
    (line,) = shown([message], ada)
    assert line.is_withheld
    answered(ask_further(message.conversation, by=ada, question="And who was it?"))
    assert [prompt for prompt in model.asked[1:] if "two dogs" in prompt] == []
    theirs.file.save("moor.md", ContentFile(b"stones"))
    Document.objects.filter(pk=theirs.pk).update(state="deleting")
    deleting.purge(theirs.pk)
    message.refresh_from_db()
    assert (message.text, message.html) == ("", "")


def meanwhile(model: Served, act, *words: str) -> None:
    """The model speaks these words, and before it does something happens, as another process would do it."""

    def say(prompt: str) -> list[str]:
        try:
            act()
        finally:
            connection.close()
        return list(words)

    model.say = say


def stop_after_the_first_words(message: Message) -> None:
    until = time.monotonic() + 20
    while ("text", f"{TALL} [1] ") not in streamed(message) and time.monotonic() < until:
        time.sleep(0.02)
    try:
        stop_answer(message)
    finally:
        connection.close()


@pytest.mark.django_db(transaction=True)
def test_stop_in_the_middle_keeps_what_is_there(ada, cairns, model, monkeypatch):
    monkeypatch.setattr(rules, "ANSWER_HEARD", timedelta())
    monkeypatch.setattr(rules, "MODEL_HEARD", timedelta(seconds=0.05))
    model.say = lambda prompt: [f"{TALL} [1] ", "It was begun ", "in 1871."]
    model.holds_after = 1
    message = ask(ada)
    stopper = threading.Thread(target=stop_after_the_first_words, args=[message])
    stopper.start()
    message = answered(message)
    stopper.join()
    assert (message.state, message.text, message.model) == (State.CANCELLED, f"{TALL} [1]", "openai:small")
    assert streamed(message) == [("begin", ""), ("text", f"{TALL} [1] "), ("done", "")]


@pytest.mark.django_db(transaction=True)
def test_stop_before_the_first_word_of_a_silent_model_is_heard(ada, cairns, model, monkeypatch):
    monkeypatch.setattr(rules, "ANSWER_HEARD", timedelta())
    monkeypatch.setattr(rules, "MODEL_HEARD", timedelta(seconds=0.05))
    message = ask(ada)
    model.fault = "hang"
    meanwhile(model, lambda: stop_answer(message))
    started = time.monotonic()
    assert answered(message).state == State.CANCELLED
    assert time.monotonic() - started < 10


@pytest.mark.django_db(transaction=True)
def test_answer_after_losing_the_right_while_the_model_writes_shows_nothing(ada, bob, model, monkeypatch):
    monkeypatch.setattr(rules, "ANSWER_HEARD", timedelta())
    community = make_community(bob, ada, visibility=Visibility.PRIVATE)
    make_document(bob, "Cairns", CAIRNS, community=community, audience=Audience.COMMUNITY)
    meanwhile(model, lambda: leave_community(community, by=ada), f"{TALL} [1] ", f"{TALL} [1]")
    message = answered(ask(ada, chosen=Chosen(community=community)))
    assert (message.state, message.text, message.note) == (State.REFUSED, "", "nothing_to_ask")
    assert [kind for kind, _ in streamed(message) if kind != "text"] == ["begin", "begin", "done"]
    assert Citation.objects.count() == 0


BUILT = "The shepherd Elin Varga built the highest cairn of the moor."
LEANING, ALONE = "And who was the builder?", "Who built the highest cairn?"


def writes_anew(prompt: str) -> bool:
    return "You prepare questions for a search" in prompt


def rewrites(model: Served, line: str, pause: float = 0, says: str = BUILT) -> None:
    """What it says to a question that it is to write anew, and to others."""

    def say(prompt: str) -> list[str]:
        if not writes_anew(prompt):
            return [f"{says} [1]"]
        time.sleep(pause)
        return [line, "\nAnd more"]

    model.say = say


@pytest.fixture
def begun(ada) -> Message:
    """A question that was answered; what comes next leans on it."""
    make_document(ada, "Moor", [BUILT])
    make_document(ada, "Towers", ["The builder of the tower was Jo Moreau.", "The builder was tired, and who was not?"])
    return answered(ask(ada, "Tell me about the highest cairn"))


def test_follow_up_is_written_anew_looked_for_shown_and_counted(client, ada, model, begun):
    rewrites(model, f'"{ALONE}"')
    message = answered(ask_further(begun.conversation, by=ada, question=LEANING))
    assert (message.state, message.standalone, message.text) == (State.DONE, ALONE, f"{BUILT[:-1]}. [1]")
    assert (message.tokens_in, message.tokens_out) == (2 * TOKENS_IN, 2 * TOKENS_OUT)
    anew, asked = model.asked[-2:]
    sign = anew.partition("<<")[2].partition(" earlier>>")[0]
    assert f"<<{sign} earlier>>\nQuestion: Tell me about the highest cairn\nAnswer: " in anew
    assert asked.endswith(f"question as it was looked for>>\n\nThe question: {LEANING}")
    assert f"\n{ALONE}\n<<" in asked
    client.force_login(ada)
    page = client.get(message.conversation.get_absolute_url()).content.decode()
    assert f"Looked for: <bdi>{ALONE}</bdi>" in page


@pytest.mark.parametrize(
    ("line", "pause"),
    [("", 0), ("And who was it?", 0), ("Elephants and bananas?", 0), ("See https://evil.example", 0), (ALONE, 1)],
    ids=["nothing", "the same", "what is not there", "an address", "too late"],
)
def test_follow_up_without_help_of_the_model_carries_words(ada, model, begun, monkeypatch, line, pause):
    monkeypatch.setattr(rules, "LINE_WITHIN", timedelta(seconds=0.5))
    monkeypatch.setattr(rules, "BREAK_AFTER", 1)
    monkeypatch.setattr(rules, "MODEL_HEARD", timedelta(seconds=0.1))
    rewrites(model, line, pause)
    message = answered(ask_further(begun.conversation, by=ada, question="And who was it?"))
    assert message.standalone == "And who was it? highest cairn"
    assert [writes_anew(prompt) for prompt in model.asked[-2:]] == [True, False]
    assert message.tokens_in > TOKENS_IN
    assert message.note == ""


def test_follow_up_is_not_what_tries_whether_the_model_is_back(ada, model, begun):
    breaker = Breaker("openai:small")
    for _ in range(rules.BREAK_AFTER):
        breaker.failed()
    cache.delete(breaker._open)  # the pause is over
    rewrites(model, ALONE)
    message = answered(ask_further(begun.conversation, by=ada, question="And who was it?"))
    assert (message.note, message.model, message.tokens_in) == ("", "openai:small", TOKENS_IN)
    assert [writes_anew(prompt) for prompt in model.asked] == [False, False]


def test_follow_up_hears_and_shows_nothing_of_what_one_may_not_read_any_more(ada, bob, model):
    community = make_community(bob, ada, visibility=Visibility.PRIVATE)
    theirs = make_document(bob, "Moor", [BUILT], community=community, audience=Audience.COMMUNITY)
    tower = "The tower of the town stands 90 metres tall."
    hers = make_document(ada, "Town", [tower])
    rewrites(model, "")
    begun = answered(ask(ada, ALONE, Chosen(documents=[theirs, hers])))
    rewrites(model, "How tall is the tower of the town?", says=tower)
    message = answered(ask_further(begun.conversation, by=ada, question="How tall is hers?"))
    assert message.retrieval["said_in"] == [theirs.pk, hers.pk]
    assert shown([message], ada)[0].looked_for == message.standalone
    leave_community(community, by=ada)
    message.retrieval |= {"written_from": [hers.pk]}
    (line,) = shown([message], ada)
    assert (line.is_withheld, line.looked_for) == (False, "")
    answered(ask_further(begun.conversation, by=ada, question="And how tall?"))
    anew = next(prompt for prompt in model.asked[::-1] if writes_anew(prompt))
    assert (BUILT in anew, ALONE in anew) == (False, True)
    Message.objects.filter(pk=message.pk).update(standalone="How tall is Elin Varga?")
    carried = with_carried_words(
        Message(conversation=begun.conversation, asker=ada, question="And her?", pk=message.pk + 1)
    )
    assert (carried.question, carried.said_in) == ("And her? tall", set())


def test_question_in_another_language_is_asked_in_that_of_the_documents(ada, cairns, model):
    rewrites(model, QUESTION)
    message = answered(ask(ada, "ما هو ارتفاع أعلى كومة حجارة؟"))
    assert (message.state, message.standalone) == (State.DONE, QUESTION)
    assert "sample>>\n" in model.asked[0]
    assert CAIRNS[0] in model.asked[0]
    assert len(model.asked) == 2


def test_question_about_what_is_not_there_costs_nothing(ada, cairns, model):
    assert answered(ask(ada, "What is the capital of Japan and who was born in it?")).state == State.REFUSED
    assert model.asked == []
