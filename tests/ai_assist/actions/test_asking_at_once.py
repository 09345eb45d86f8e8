"""Asking at the same moment, and workers that die over a question."""

import multiprocessing
import os
import signal
import time
from datetime import timedelta

import pytest
from django.db import connection, connections
from django.utils import timezone

from ai_assist import rules
from ai_assist.actions.asking import StillAnswering, begin_conversation, title_of
from ai_assist.answering import work
from ai_assist.models import Conversation, Message, Usage
from ai_assist.reach import Chosen
from tests.ai_assist.library import make_document
from tests.ai_assist.model_served import serve_model
from tests.communities.at_once import at_once

QUESTION = "How tall is the highest cairn?"
TALL = "The highest cairn on the northern moor stands 4 metres tall."

fork = multiprocessing.get_context("fork")


@pytest.mark.django_db(transaction=True)
def test_ask_at_once_is_one_question(ada):
    acts = [lambda: begin_conversation(Chosen(), by=ada, question=QUESTION)] * 6
    acts += [lambda: begin_conversation(Chosen(), by=ada, question="What is a cairn?")] * 6
    outcomes = at_once(acts)
    message = Message.objects.get()
    assert Conversation.objects.count() == 1
    assert Usage.objects.get(member=ada, day=timezone.now().date()).questions == 1
    assert [outcome == message or type(outcome) is StillAnswering for outcome in outcomes] == [True] * 12
    assert sum(type(outcome) is StillAnswering for outcome in outcomes) == 6


@pytest.mark.django_db(transaction=True)
def test_question_of_a_killed_worker_is_answered_once_by_the_next(ada, settings, monkeypatch):
    monkeypatch.setenv("OPENAI_API_KEY", "no-secret")
    monkeypatch.setattr(rules, "SILENT_FOR", timedelta(seconds=1))
    make_document(ada, "Cairns", [TALL])
    message = begin_conversation(Chosen(), by=ada, question=QUESTION)
    with serve_model(lambda prompt: [f"{TALL} [1]"]) as served:
        settings.AI_CHAT_MODEL, settings.AI_CHAT_BASE_URL = "openai:small", f"{served.address}/v1"
        served.fault = "hang"
        connections.close_all()
        worker = fork.Process(target=turn, args=(message.pk,))
        worker.start()
        until = time.monotonic() + 30
        while not served.asked and time.monotonic() < until:
            time.sleep(0.05)
        os.kill(worker.pid, signal.SIGKILL)
        worker.join()
        served.fault = ""
        message.refresh_from_db()
        assert (message.state, message.attempts) == ("streaming", 1)
        while not list(Message.objects.waiting()) and time.monotonic() < until:
            time.sleep(0.05)
        for pk in Message.objects.waiting():
            work.answer(pk)
    message.refresh_from_db()
    assert (message.state, message.attempts, message.text) == ("done", 2, f"{TALL} [1]")
    assert message.citations.count() == 1


def turn(pk):
    connection.close()
    work.answer(pk)
    os._exit(0)


@pytest.mark.parametrize(
    ("question", "title"),
    [
        ("How tall?", "How tall?"),
        ("\n How tall?\nI mean the cairn.", "How tall?"),
        ("word " * 60, f"{'word ' * 22}word…"),
    ],
)
def test_title_is_the_first_line(question, title):
    assert title_of(question) == title
    assert len(title) <= rules.CONVERSATION_TITLE_MAX
