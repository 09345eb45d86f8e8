"""What is taken out of the history is on none of its pages."""

import pytest

from communities.actions.posting import edit_post
from communities.actions.redacting import redact
from communities.models import Revision

SECRET = "Call me on 0170 5550123 and I will explain what the rule behind these signs is, for an hour or for two."
PLAIN = "I keep losing the same mark; what is the rule behind it, and how do I remember it while I am under pressure?"


@pytest.fixture
def slip(ada, question) -> Revision:
    edit_post(question, by=ada, title=question.title, body=SECRET)
    edit_post(question, by=ada, title=question.title, body=PLAIN)
    return Revision.objects.of(question).get(number=2)


def test_moderator_takes_out_and_puts_back(otto, slip, client_of, read):
    browser, address = client_of(otto), f"/posts/{slip.post_id}/revisions/?revision=2"
    link = read(browser.get(address)).select_one("a[href*=redact]")["href"]
    assert browser.post(link, {"reason": ""}).status_code == 422
    browser.post(link, {"reason": "a telephone number"})
    page = read(browser.get(address))
    assert page.select_one(".history__change .quiet").get_text() == "A moderator took this text out of the history."
    assert page.select_one(".history__note").get_text() == "Its text was taken out. Otto: a telephone number"
    browser.post(page.select_one("button[formaction*=put-back]")["formaction"])
    assert "5550123" in read(browser.get(address)).select_one(".difference").get_text()


def test_what_was_taken_out_is_on_no_page(ada, otto, bob, slip, client_of):
    redact(slip, by=otto, reason="a telephone number")
    for person in (ada, bob, otto, None):
        browser = client_of(person)
        for query in ("", "revision=1", "revision=2", "revision=3", "revision=2&view=side", "revision=3&view=side"):
            page = browser.get(f"/posts/{slip.post_id}/revisions/?{query}").content.decode()
            assert ("5550123" in page, "a telephone number" in page) == (False, person == otto)


def test_others_are_offered_no_redaction(ada, bob, slip, client_of, read):
    for person in (ada, bob, None):
        page = read(client_of(person).get(f"/posts/{slip.post_id}/revisions/?revision=2"))
        assert page.select("a[href*=redact]") == []
