"""The preview: the same HTML as what is saved, and nothing is saved."""

import pytest
from django.test import Client

from communities.models import Membership, Post, Trust
from tests.addresses import table_digests

BODY = "Asks @bob: is $x^2$ **always** positive?\n\n```python\nx = 1\n```\n<script>alert(1)</script>"


def test_preview_is_what_will_be_saved(ada, algebra, client_of, read):
    browser = client_of(ada)
    before = table_digests()
    preview = browser.post("/c/algebra/preview/", {"body": BODY})
    assert table_digests() == before
    browser.post("/c/algebra/ask/", {"kind": "discussion", "title": "A question with formulas", "body": BODY})
    assert Post.objects.get().html in preview.content.decode()
    assert read(preview).find("math") is not None
    assert [link["href"] for link in read(preview).select("a.mention")] == ["/members/bob/"]


@pytest.mark.parametrize(("trust", "linked"), [(Trust.NEW, 2), (Trust.KNOWN, 3)])
def test_preview_links_as_many_names_as_will_be_told_and_says_so(ada, algebra, client_of, read, trust, linked):
    Membership.objects.filter(user=ada).update(trust_level=trust)
    body = "For @bob, @otto and @ada: which of you knows when one may divide by a variable?"
    preview = read(client_of(ada).post("/c/algebra/preview/", {"body": body}))
    said = [item.get_text() for item in preview.select(".warnings li")]
    few = ["You name more than 2 people; only the first 2 are told."]
    assert (len(preview.select("a.mention")), said) == (linked, few if trust == Trust.NEW else [])
    fields = {"kind": "discussion", "title": "When may one divide?", "body": body}
    held = read(client_of(ada).post("/c/algebra/ask/", fields))
    assert [item.get_text() for item in held.select(".warnings li")] == said
    client_of(ada).post("/c/algebra/ask/", fields | {"anyway": "1"})
    assert Post.objects.get().html.count('class="mention"') == linked


def test_preview_of_a_community_to_be_founded_knows_no_members(ada, algebra, client_of, read):
    shown = read(client_of(ada).post("/preview/", {"body": BODY}))
    assert (len(shown.select("math")), shown.select("a.mention")) == (1, [])


@pytest.mark.parametrize("address", ["/preview/", "/c/algebra/preview/"])
@pytest.mark.parametrize("body", ["", "   ", "\x00"])
def test_nothing_shows_nothing(ada, algebra, client_of, read, body, address):
    response = client_of(ada).post(address, {"body": body})
    assert response.status_code == 200
    assert read(response).get_text().strip() in ("Nothing to show yet.", "\ufffd")


def test_preview_is_refused_to_who_only_reads(ada, algebra, client_of, read):
    Membership.objects.filter(user=ada).update(role="read-only")
    response = client_of(ada).post("/c/algebra/preview/", {"body": BODY})
    assert (response.status_code, read(response).select_one(".sorry__text").get_text()) == (
        403,
        "Only members of this community can write here.",
    )


@pytest.mark.parametrize("path", ["/preview/", "/c/algebra/preview/"])
def test_preview_takes_nobody_away_from_what_they_write(algebra, client, read, path):
    """The page asks by itself, perhaps long after the session ended."""
    response = client.post(path, {"body": BODY}, headers={"HX-Request": "true"})
    assert (response.status_code, "HX-Redirect" in response.headers) == (403, False)
    assert read(response).select_one(".toast__text").get_text() == "Sign in again, in another tab, to see a preview."


def test_preview_with_an_old_token_says_so_in_place(ada, algebra, read):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(ada)
    ours = {"HX-Request": "true", "Sec-Fetch-Site": "same-origin"}
    response = browser.post("/c/algebra/preview/", {"body": BODY}, headers=ours)
    assert (response.status_code, "HX-Redirect" in response.headers) == (403, False)
    assert read(response).select_one(".toast__text").get_text().startswith("This page is out of date.")
