"""Asking documents: words as they come, a source, a lost connection, a stop, what is not there, no scripts."""

import re
import time
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from celery.contrib.testing.worker import start_worker
from playwright.sync_api import Browser, expect

from accounts.models import User
from ai_assist import rules
from ai_assist.models import Message
from config.celery import app
from tests.ai_assist.library import make_document
from tests.ai_assist.model_served import Served, serve_model
from tests.factories import make_community
from tests.journeys.conftest import OpenWindow
from tests.journeys.site import serve_streams
from tests.journeys.test_accessibility import look

TALL = "The highest cairn on the northern moor stands 4 metres tall."
BEGUN = "It was begun in 1871 by the shepherd Elin Varga."
HOSTILE = "Look at https://evil.example <img src=//evil.example> ![](//evil.example)."
QUESTION = "How tall is the highest cairn?"


@pytest.fixture
def site(transactional_db: None) -> Iterator[str]:
    with serve_streams() as address:
        yield address


@pytest.fixture
def answering(site: str) -> Iterator[None]:
    app.control.purge()
    with start_worker(app, pool="solo", queues=["answers"], perform_ping_check=False, shutdown_timeout=20):
        yield


def said(prompt: str) -> list[str]:
    """Nothing where it is to prepare a question."""
    return [f"{TALL[:-1]} [1]. {HOSTILE} ", f"{BEGUN[:-1]} [1]."] if "Sources:" in prompt else []


@pytest.fixture
def model(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Served]:
    monkeypatch.setenv("OPENAI_API_KEY", "no-secret")
    monkeypatch.setattr(rules, "ANSWER_HEARD", timedelta(seconds=0.2))
    with serve_model(said) as served:
        settings.AI_CHAT_MODEL, settings.AI_CHAT_BASE_URL = "openai:small", f"{served.address}/v1"
        yield served


@pytest.fixture
def library(ada: User, site: str) -> None:
    make_document(ada, "Cairns", ["A cairn is a pile of stones.", f"{TALL} {BEGUN}"], is_paged=True)


def test_ask_read_lose_the_connection_and_stop(
    open_window: OpenWindow, library: None, answering: None, model: Served, ada: User, bob: User
) -> None:
    make_community(bob, ada)
    window = open_window(ada)
    page = window.page
    page.goto("/conversations/new/")
    model.holds_after = 1
    page.get_by_label("Your question").fill(QUESTION)
    page.get_by_role("button", name="Ask", exact=True).click()
    waiting = page.locator(".from-documents__live")
    expect(waiting).to_have_text(f"{TALL[:-1]} [1]. {HOSTILE}")
    expect(waiting.locator("*")).to_have_count(0)
    model.held.set()
    answer = page.locator(".asked").nth(0)
    expect(answer.locator(".from-documents__mode")).to_be_visible()
    expect(answer.locator(".from-documents > .prose")).to_contain_text(
        "It was begun in 1871 by the shepherd Elin Varga. [1]"
    )
    answer.get_by_role("link", name="Source 1").first.click()
    expect(answer.locator("summary")).to_be_focused()
    expect(answer.locator("mark")).to_be_visible()
    expect(answer.locator("summary")).to_contain_text("Cairns · page 2")
    assert look(page) == ""

    model.held.clear()
    page.get_by_label("Your question").fill("Who begun it?")
    page.get_by_role("button", name="Ask", exact=True).click()
    expect(waiting).to_contain_text("stands 4 metres")
    window.context.set_offline(True)
    model.held.set()
    expect_done(2)
    window.context.set_offline(False)
    expect(page.locator(".asked").nth(1).locator(".from-documents__mode")).to_be_visible()

    model.held.clear()
    page.get_by_label("Your question").fill("How high is the moor?")
    page.get_by_role("button", name="Ask", exact=True).click()
    expect(waiting).to_contain_text("stands 4 metres")
    page.get_by_role("button", name="Stop").click()
    stopped = page.locator(".asked").nth(2)
    expect(stopped.get_by_text("stopped by you")).to_be_visible()
    expect(stopped.locator(".from-documents > .prose")).to_have_text(re.compile(r"4 metres tall. \[1\]\s*$"))
    model.held.set()

    page.get_by_label("Your question").fill("What do whales eat in winter?")
    page.get_by_role("button", name="Ask", exact=True).click()
    absent = page.locator(".asked").nth(3)
    expect(absent.get_by_text("Not found in your documents")).to_be_visible()
    absent.get_by_role("link", name="Ask the community").click()
    page.get_by_role("button", name="Algebra").click()
    expect(page.get_by_label("Title")).to_have_value("What do whales eat in winter?")
    window.complaints = [said for said in window.complaints if "ERR_INTERNET_DISCONNECTED" not in said]


def expect_done(count: int) -> None:
    until = time.monotonic() + 20
    while Message.objects.unanswered().exists() and time.monotonic() < until:
        time.sleep(0.1)
    assert Message.objects.filter(state="done").count() == count


def test_ask_without_scripts_waits_for_the_answer(
    chromium: Browser, open_window: OpenWindow, library: None, answering: None, ada: User
) -> None:
    page = open_window(ada, java_script_enabled=False).page
    page.goto("/conversations/new/")
    page.get_by_label("Your question").fill(QUESTION)
    page.get_by_role("button", name="Ask", exact=True).click()
    answer = page.locator(".asked")
    expect(answer.get_by_text("Closest passages in your documents")).to_be_visible()
    answer.locator("summary").first.click()
    expect(answer.locator("mark").first).to_have_text(TALL)
    page.get_by_label("Your question").fill("Who begun it?")
    page.get_by_role("button", name="Ask", exact=True).click()
    expect(page.locator(".asked").nth(1).get_by_text("Closest passages")).to_be_visible()
