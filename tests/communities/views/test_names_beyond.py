"""Whoever names more people than may hear of it is told so, also once the text is saved."""

import pytest

from communities import rules
from communities.models import Membership, Trust
from tests.factories import make_answer, make_comment, make_post

NAMES = "For @bob, @otto and @ada: which of you knows when one may divide by a variable?"
SAID = ["You name more than 2 people; only the first 2 are told."]
HTMX = {"HX-Request": "true"}


@pytest.fixture(params=["answer", "comment on a post", "comment on an answer"])
def addresses(request, ada, bob, algebra, question) -> tuple[str, str]:
    """Where Ada writes, and where she edits what she wrote before."""
    if request.param == "answer":
        before = make_answer(ada, make_post(bob, algebra, title="May one divide by zero?"))
        return f"/posts/{question.pk}/answers/", f"/answers/{before.pk}/edit/"
    target = question if request.param == "comment on a post" else make_answer(bob, question)
    return f"/{target._meta.model_name}s/{target.pk}/comments/", f"/comments/{make_comment(ada, target).pk}/edit/"


def toasts(page) -> list[str]:
    return [toast.get_text() for toast in page.select("#toasts .toast__text")]


@pytest.mark.parametrize("trust", [Trust.NEW, Trust.KNOWN])
def test_saving_says_who_is_not_told(ada, addresses, client_of, read, trust):
    Membership.objects.filter(user=ada).update(trust_level=trust)
    browser = client_of(ada)
    for address in addresses:
        saved = browser.post(address, {"body": NAMES}, follow=True)
        assert (saved.status_code, toasts(read(saved))) == (200, SAID if trust == Trust.NEW else [])


@pytest.mark.parametrize("trust", [Trust.NEW, Trust.KNOWN])
def test_saving_by_htmx_says_who_is_not_told_at_once(ada, addresses, client_of, read, trust):
    Membership.objects.filter(user=ada).update(trust_level=trust)
    browser = client_of(ada)
    beside = read(browser.post(addresses[0], {"body": NAMES}, headers=HTMX)).select("#toasts")
    said = [(place["hx-swap-oob"], [toast.get_text() for toast in place.select(".toast__text")]) for place in beside]
    assert said == ([("beforeend", SAID)] if trust == Trust.NEW else [])
    assert toasts(read(browser.get("/about/"))) == []


def test_editing_a_post_says_who_is_not_told_to_its_author_alone(ada, otto, question, client_of, read, monkeypatch):
    monkeypatch.setattr(rules, "MENTIONS_MAX", 2)
    Membership.objects.filter(user=ada).update(trust_level=Trust.NEW)
    given = {"title": question.title, "body": NAMES, "note": "more names"}
    assert toasts(read(client_of(otto).post(f"/posts/{question.pk}/edit/", given, follow=True))) == []
    given["body"] += " Really?"
    assert toasts(read(client_of(ada).post(f"/posts/{question.pk}/edit/", given, follow=True))) == SAID
