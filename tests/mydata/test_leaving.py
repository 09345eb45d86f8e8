"""Deleting one's account: closed at once, open again for two weeks, then nothing of the person is left."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.utils import timezone

from accounts.leaving import pages
from accounts.leaving.erasing import erase_member
from accounts.leaving.going import HeldBack, leave
from accounts.leaving.steps import all_steps
from accounts.models import Leaving, Scope, User
from accounts.tokens import TokenRefused, make_token, token_behind
from ai_assist.models import Document, State
from ai_assist.pipeline.deleting import purge
from communities.actions.answering import accept_answer
from communities.models import Answer, Comment, Membership, Post, Role, Vote
from net.limits import Rate
from outbox.models import Mail
from tests.accounts.letters import last_mail, links_in
from tests.factories import make_answer, make_community, make_post, make_user
from tests.mydata.busy import EMAIL, NAME, PRIVATE, Busy
from tests.mydata.test_export import made

GO = "/settings/data/delete/"
PASSWORD = "seven piles of stones"
KEEP, DELETE = Leaving.Texts.KEEP, Leaving.Texts.DELETE


def tables() -> list[str]:
    return sorted(connection.introspection.table_names())


def everything(*, but: tuple[str, ...] = ()) -> dict[str, list[str]]:
    """Each row of each table as text."""
    found = {}
    with connection.cursor() as cursor:
        for table in tables():
            if table not in but:
                cursor.execute(f'SELECT t::text FROM "{table}" t ORDER BY 1')
                found[table] = [row for (row,) in cursor.fetchall()]
    return found


def said_of_them() -> dict[str, int]:
    """In which tables something private stands, and in how many rows."""
    private = re.compile("|".join(re.escape(word) for word in PRIVATE), re.IGNORECASE)
    found = {table: sum(1 for row in rows if private.search(row)) for table, rows in everything().items()}
    return {table: count for table, count in found.items() if count}


def erase(member: User, texts: str = KEEP) -> Leaving:
    leaving = leave(by=member, texts=texts)
    Leaving.objects.update(due_at=timezone.now())
    erase_member(leaving.pk)
    for document in Document.objects.filter(state=State.DELETING):
        purge(document.pk)
    leaving.refresh_from_db()
    return leaving


@pytest.fixture
def browser(db, client):
    """Nora typed her password a moment ago."""
    make_user("nora", password=PASSWORD)
    client.post("/accounts/login/", {"login": "nora", "password": PASSWORD})
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    return client


@pytest.mark.parametrize("texts", [KEEP, DELETE])
def test_erasing_leaves_nothing_of_the_person(db, texts, django_capture_on_commit_callbacks):
    busy = Busy()
    call_command("recount_xp")
    export = made(busy.me)
    before = (User.objects.get(pk=busy.other.pk).xp, Answer.objects.get(pk=busy.answered.pk).score)
    assert len(said_of_them()) > 10
    with django_capture_on_commit_callbacks(execute=True):
        leaving = erase(busy.me, texts)
    assert said_of_them() == {
        "communities_post": 1,  # what somebody else wrote: "What says @hypatia to it?"
        "communities_revision": 1,
        "communities_searchdocument": 1,
    }
    assert leaving.done_at is not None
    assert (User.objects.get(pk=busy.other.pk).xp, Answer.objects.get(pk=busy.answered.pk).score) == before
    assert Vote.objects.filter(answer=busy.answered, value=1).exists()
    media = {path.relative_to(settings.MEDIA_ROOT).parts[0] for path in Path(settings.MEDIA_ROOT).rglob("*.*")}
    assert (not export.file.storage.exists(export.file.name), "avatars" in media) == (True, False)
    is_kept = texts == KEEP
    assert Post.objects.get(pk=busy.asked.pk).deleted_at is None  # somebody answered it well
    for content in (busy.answer, busy.comment):
        content.refresh_from_db()
        assert (content.body != "", content.deleted_at is None) == (is_kept, is_kept)
    busy.gone.refresh_from_db()
    assert (busy.gone.title, Document.objects.filter(pk=busy.shared.pk).exists()) == ("", is_kept)
    call_command("recount_xp", check=True)


def test_texts_of_who_left_are_a_former_members(db, client, read):
    busy = Busy()
    address = busy.asked.get_absolute_url()
    assert "Hypatia Quillfeather" in client.get(address).text
    erase(busy.me)
    byline = read(client.get(address)).select_one(f"#post-{busy.asked.pk} .byline__name, .post .byline__name")
    assert (byline.name, byline.get_text()) == ("span", "former member")
    assert client.get(f"/members/{NAME}/").status_code == 404
    form = {"username": NAME.title(), "email": "new@example.org", "password1": PASSWORD}
    error = read(client.post("/accounts/signup/", form)).select_one(".field__error")
    assert "Somebody has this user name already" in error.get_text()


def test_what_others_rely_on_stays_when_texts_go(ada, bob):
    community = make_community(bob, ada)
    relied_on = make_post(ada, community, title="Which is the first prime?")
    accept_answer(make_answer(bob, relied_on), by=ada)
    vouched = make_answer(ada, make_post(bob, community, title="Which is the second?"))
    accept_answer(vouched, by=bob)
    left = make_community(bob, ada, name="Left")
    alone = make_post(ada, left, title="Is there a last one?")
    Membership.objects.filter(user=ada, community=left).delete()
    erase(ada, DELETE)
    assert list(Post.objects.filter(deleted_at=None, author=ada)) == [relied_on]
    assert Answer.objects.get(pk=vouched.pk).deleted_at is None
    assert Post.objects.get(pk=alone.pk).purged_at is not None


def test_undo_restores_everything(db, client, read, django_capture_on_commit_callbacks):
    busy = Busy()
    new = ("outbox_mail", "usersessions_usersession", "django_session", "gamification_rescore")
    before = everything(but=new)
    with django_capture_on_commit_callbacks(execute=True):
        leave(by=busy.me, texts=DELETE)
    assert everything(but=new) != before
    (link,) = links_in(last_mail(EMAIL))
    page = read(client.get(link))
    assert "Hypatia Quillfeather" in page.select_one(".page-header__text").get_text()
    with django_capture_on_commit_callbacks(execute=True):
        client.post(link)
    assert everything(but=new) == before
    assert client.get(link).status_code == 410
    client.force_login(busy.me)
    assert client.get("/settings/").status_code == 200


def test_account_is_closed_at_once_and_sign_in_offers_the_way_back(browser, read):
    nora = User.objects.get(username="nora")
    other = Client()
    other.post("/accounts/login/", {"login": "nora", "password": PASSWORD})
    _token, secret = make_token(by=nora, name="mine", scope=Scope.READ, days=1)
    said = read(browser.post(GO, {"texts": KEEP}, follow=True)).select_one(".toasts").get_text()
    assert "Your account is closed." in said
    assert [one.get("/settings/").status_code for one in (browser, other)] == [302, 302]
    assert UserSession.objects.count() == 0
    assert other.get("/members/nora/").status_code == 404
    with pytest.raises(TokenRefused):
        token_behind(secret)
    assert other.post("/accounts/login/", {"login": "nora", "password": "not her password"}).status_code == 422
    offered = other.post("/accounts/login/", {"login": "nora", "password": PASSWORD})
    assert offered["Location"].startswith("/stay/")
    assert read(other.get(offered["Location"])).h1.get_text() == "Keep your account?"
    other.post(offered["Location"])
    assert (User.objects.get(username="nora").is_active, Leaving.objects.exists()) == (True, False)


def test_nothing_can_be_undone_once_it_is_due(ada, client):
    leaving = leave(by=ada, texts=KEEP)
    (link,) = links_in(last_mail(ada.email))
    assert list(Leaving.objects.waiting()) == []
    erase_member(leaving.pk)  # too early
    assert User.objects.get(pk=ada.pk).username == "ada"
    Leaving.objects.update(due_at=timezone.now() - timedelta(seconds=1))
    assert list(Leaving.objects.waiting()) == [leaving.pk]
    assert [client.post(url).status_code for url in (link, "/stay/forged/")] == [410, 410]
    assert User.objects.get(pk=ada.pk).is_active is False


def test_killed_worker_is_followed_by_one_that_ends_it(db):
    busy = Busy()
    leaving = leave(by=busy.me, texts=DELETE)
    Leaving.objects.update(due_at=timezone.now(), taken_at=timezone.now())
    for step in all_steps()[:4]:
        step(busy.me, leaving)
    erase_member(leaving.pk)  # it may live
    assert list(Leaving.objects.waiting()) == []
    Leaving.objects.update(taken_at=timezone.now() - Leaving.SILENT_FOR - timedelta(seconds=1))
    assert list(Leaving.objects.waiting()) == [leaving.pk]
    for _ in range(2):
        erase_member(leaving.pk)
    leaving.refresh_from_db()
    assert (leaving.done_at is not None, User.objects.get(pk=busy.me.pk).is_former) == (True, True)
    assert Comment.objects.get(pk=busy.comment.pk).body == ""


def test_last_owner_hands_over_first(ada, bob, client_of, read):
    community = make_community(ada, bob, name="Conics")
    make_community(ada, name="Alone")
    with pytest.raises(HeldBack) as held:
        leave(by=ada, texts=KEEP)
    assert held.value.sentences == ["You are the only owner of Conics: make another member there an owner."]
    assert User.objects.get(pk=ada.pk).is_active
    Membership.objects.filter(community=community, user=bob).update(role=Role.OWNER)
    erase(ada)
    assert list(community.memberships.values_list("user", flat=True)) == [bob.pk]


def test_last_superuser_stays(ada, bob):
    User.objects.filter(pk=ada.pk).update(is_superuser=True)
    with pytest.raises(HeldBack):
        leave(by=ada, texts=KEEP)
    User.objects.filter(pk=bob.pk).update(is_superuser=True)
    assert leave(by=ada, texts=KEEP) == leave(by=ada, texts=DELETE)


def test_page_says_what_holds_back_and_asks_for_the_password(browser, ada, client_of, monkeypatch, read):
    ada.set_password(PASSWORD)
    ada.save()
    stale = client_of(ada)
    for response in (stale.get(GO), stale.post(GO, {"texts": KEEP})):
        assert response["Location"].startswith("/accounts/reauthenticate/?next=")
    make_community(User.objects.get(username="nora"), ada, name="Conics")
    page = read(browser.get(GO))
    assert [line.get_text() for line in page.select(".form__errors li")] == [
        "You are the only owner of Conics: make another member there an owner."
    ]
    assert page.select("main form[action='/settings/data/delete/']") == []
    assert [browser.post(GO, {"texts": wanted}).status_code for wanted in ("all", KEEP)] == [422, 422]
    monkeypatch.setattr(pages, "LEAVING", Rate(1, 3600))
    assert browser.post(GO, {"texts": KEEP}).status_code == 429
    unsafe = Client(enforce_csrf_checks=True)
    unsafe.force_login(ada)
    assert unsafe.post(GO, {"texts": KEEP}).status_code == 403
    assert (Leaving.objects.count(), Mail.objects.filter(subject="Your account is closed").count()) == (0, 0)
