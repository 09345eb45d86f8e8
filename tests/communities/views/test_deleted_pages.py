"""Where a deleted text was: a calm page for its author and moderators, nothing for others."""

import pytest

from communities.actions.answering import delete_answer
from communities.actions.commenting import delete_comment
from communities.actions.posting import delete_post
from communities.actions.voting import cast_vote
from communities.models import DeletionReason, Membership, Role
from communities.rules import RATES
from communities.tasks import purge_deleted_texts
from net.limits import Rate
from tests.communities.actions.test_moderated_deletion import is_deleted
from tests.communities.actions.test_purging import grow_old
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
    assert page.select_one(".post a.byline__name") is None  # it leads to nobody


@pytest.mark.parametrize("act", ["delete", "restore"])
def test_deleting_and_restoring_have_a_limit(ada, question, client_of, act, monkeypatch):
    monkeypatch.setitem(RATES, "edit", Rate(0, 3600))
    assert client_of(ada).post(f"/posts/{question.pk}/{act}/").status_code == 429


def deletions(browser, read, post) -> list[str]:
    """Where the page of the post offers to delete something: post, its answer, the comment on that."""
    page = read(browser.get(post.get_absolute_url()))
    offered = page.select("a.act[href$='/delete/'], button[formaction$='/delete/']")
    return [one.get("href") or one["formaction"] for one in offered]


def test_moderator_says_why_and_its_author_reads_it(ada, otto, answer, client_of, read):
    """The reason decides whether it is ever purged, and the pages say so."""
    comment = make_comment(ada, answer)
    browser, found = client_of(otto), []
    addresses = deletions(browser, read, answer.post)
    for content, address in zip((answer.post, answer, comment), addresses, strict=True):
        assert browser.get(address).status_code == 200
        response = browser.post(address, {"reason": "because"})
        assert (response.status_code, is_deleted(content)) == (422, False)
    for content, address in zip((comment, answer, answer.post), addresses[::-1], strict=True):
        browser.post(address, {"reason": "misplaced" if content == answer else "spam"})
        assert is_deleted(content)
        page = read(client_of(content.author).get(content.get_absolute_url()))
        found.append(
            (page.select_one("main p:has(time)").get_text().rpartition(" · ")[2], len(page.select("#purged-from")))
        )
    assert found == [("It is spam", 1), ("It does not belong here", 0), ("It is spam", 1)]


def test_author_is_not_asked_why(ada, bob, answer, client_of, read):
    comment = make_comment(ada, answer)
    for content, person in ((comment, ada), (answer, bob)):
        address = f"/{type(content).__name__.lower()}s/{content.pk}/delete/"
        browser = client_of(person)
        assert address in deletions(browser, read, answer.post)
        assert browser.get(address).status_code == 302
        browser.post(address, {"reason": "spam"})
        content.refresh_from_db()
        assert (content.is_deleted, content.deleted_for) == (True, "")


@pytest.mark.parametrize("role", [Role.MENTOR, Role.MEMBER, Role.READ_ONLY, None])
def test_others_are_not_asked_why_but_refused(mina, question, client_of, read, role):
    if role:
        Membership.objects.create(community=question.community, user=mina, role=role)
    browser, address = client_of(mina), f"/posts/{question.pk}/delete/"
    assert deletions(browser, read, question) == []
    assert browser.post(address, {"reason": "spam"}).status_code == 403
    assert not is_deleted(question)


def test_purged_ones_are_found_by_nobody(ada, otto, question, client_of):
    delete_post(question, by=otto, reason=DeletionReason.SPAM)
    grow_old(question)
    purge_deleted_texts()
    for person in (ada, otto, None):
        assert client_of(person).get(question.permanent_url).status_code == 404
    for person in (ada, otto):
        assert client_of(person).post(f"/posts/{question.pk}/restore/").status_code == 404
