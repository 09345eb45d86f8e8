"""Where a deleted text was: a calm page for its author and moderators, nothing for others."""

import pytest

from communities.actions.answering import delete_answer
from communities.actions.commenting import delete_comment
from communities.actions.posting import delete_post
from communities.actions.voting import cast_vote
from communities.models import Membership, Role
from communities.rules import RATES
from net.limits import Rate
from tests.factories import make_comment


@pytest.fixture
def gone(ada, bob, answer) -> list[str]:
    """Addresses of a comment and an answer that their authors deleted."""
    comment = make_comment(ada, answer.post)
    delete_comment(comment, by=ada)
    delete_answer(answer, by=bob)
    return [comment.get_absolute_url(), answer.get_absolute_url()]


def test_author_and_moderator_find_it_and_others_do_not(ada, bob, otto, eve, gone, client_of, read):
    statuses = {
        person and person.username: [client_of(person).get(address).status_code for address in gone]
        for person in (ada, bob, otto, eve, None)
    }
    assert statuses == {"ada": [200, 404], "bob": [404, 200], "otto": [200, 200], "eve": [404, 404], None: [404, 404]}


def test_deleted_post_says_so_and_comes_back(ada, question, client_of, read):
    browser, address = client_of(ada), question.get_absolute_url()
    browser.post(f"/posts/{question.pk}/delete/")
    page = read(browser.get(address))
    assert page.h1.get_text() == "This post is deleted"
    browser.post(page.select_one("button[formaction*=restore]")["formaction"])
    assert read(browser.get(address)).h1.get_text() == question.title


def test_what_a_moderator_deleted_its_author_reads_without_a_button(ada, otto, question, client_of, read):
    delete_post(question, by=otto)
    for person, buttons in ((ada, 0), (otto, 1)):
        page = read(client_of(person).get(question.get_absolute_url()))
        assert len(page.select("button[formaction*=restore]")) == buttons
    assert client_of(ada).post(f"/posts/{question.pk}/restore/").status_code == 403


def test_what_an_owner_deleted_a_moderator_reads_without_a_button(mina, otto, question, client_of, read):
    Membership.objects.create(community=question.community, user=mina, role=Role.MODERATOR)
    delete_post(question, by=otto)
    page = read(client_of(mina).get(question.get_absolute_url()))
    assert (len(page.select("button[formaction*=restore]")), page.select("p.quiet")[-1].get_text()) == (
        0,
        "An owner deleted this, so only an owner can bring it back.",
    )


def test_a_question_that_helps_others_offers_to_take_the_name_off(ada, otto, answer, client_of, read):
    cast_vote(answer, by=otto, value=1)
    browser, question = client_of(ada), answer.post
    asking = browser.post(f"/posts/{question.pk}/delete/")["Location"]
    assert read(browser.get(asking)).h1.get_text() == "Take your name off this question?"
    browser.post(asking)
    page = read(browser.get(question.get_absolute_url()))
    assert page.select_one(".post .byline__name").get_text() == "former member"
    assert read(browser.get(page.select_one(".post .byline__name")["href"])).h1 is not None


@pytest.mark.parametrize("act", ["delete", "restore"])
def test_deleting_and_restoring_have_a_limit(ada, question, client_of, act, monkeypatch):
    monkeypatch.setitem(RATES, "edit", Rate(0, 3600))
    assert client_of(ada).post(f"/posts/{question.pk}/{act}/").status_code == 429
