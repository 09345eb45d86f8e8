"""Every kind of page of the site: where it is, who looks at it, what is done there first."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page, expect

from accounts.actions import claim_link
from accounts.models import User
from tests.factories import make_stub, make_user
from tests.journeys.everything import PASSWORD, Everything


@dataclass(frozen=True)
class Kind:
    """`person` None is a stranger. `first` is done on the page before it is looked at; `status` is the worst answer."""

    name: str
    url: str
    person: User | None = None
    first: Callable[[Page], None] = lambda page: None
    status: int = 200


def kinds(there: Everything) -> Iterator[Kind]:
    yield from for_everybody(there)
    yield from of_communities(there)
    yield from of_posts(there)
    yield from of_accounts(there)


def for_everybody(there: Everything) -> Iterator[Kind]:
    yield Kind("landing", "/")
    yield Kind("about", reverse("about"))
    yield Kind("appearance", reverse("appearance"))
    yield Kind("home", "/", there.ada)
    yield Kind("home without communities", "/", there.eve)
    yield Kind("shortcuts", "/", there.ada, lambda page: page.keyboard.press("?"))
    yield Kind("menu", "/", there.ada, lambda page: page.get_by_role("button", name="My menu").click())
    search = reverse("communities:search")
    yield Kind("search", search)
    yield Kind("search, found", f"{search}?q=foo:bar+the+-xyzzy+is:question", there.ada)
    yield Kind("search, nothing found", f"{search}?q=quaternoins", there.ada)
    yield Kind("inbox", reverse("notifications:inbox"), there.ada)
    yield Kind("empty inbox", reverse("notifications:inbox"), there.eve)
    yield Kind("profile", there.ada.get_absolute_url())
    yield Kind("own profile", there.ada.get_absolute_url(), there.ada)
    yield Kind("settings", reverse("accounts:settings"), there.ada)


def of_communities(there: Everything) -> Iterator[Kind]:
    def at(name: str, community: str = there.algebra.slug) -> str:
        return reverse(f"communities:{name}", args=[community])

    yield Kind("directory", reverse("communities:directory"), there.ada)
    yield Kind("found", reverse("communities:community_create"), there.ada)
    yield Kind("community, a stranger", at("community_home"))
    yield Kind("community, a member", at("community_home"), there.ada)
    yield Kind("community, nothing unanswered", at("community_home") + "?show=unanswered", there.ada)
    yield Kind("community, empty", there.empty.get_absolute_url(), there.ada)
    yield Kind("community, private", there.private.get_absolute_url(), there.bob)
    yield Kind("community, about", at("community_about"), there.ada)
    yield Kind("community, settings", at("community_settings"), there.ada)
    yield Kind("invitation", at("community_invitation"), there.ada)
    yield Kind("private invitation", at("community_invitation", there.private.slug), there.ada)
    yield Kind("join", at("community_join"), there.eve)
    yield Kind("leave", at("community_leave"), there.bob)


def of_posts(there: Everything) -> Iterator[Kind]:
    def open_all(page: Page) -> None:
        page.locator("summary", has_text="not useful").click()
        page.get_by_label("Your answer").fill("Is it $x^2$ and **this**?")
        page.get_by_role("button", name="Preview").click()
        expect(page.locator(".composer__preview strong")).to_be_visible()
        page.get_by_role("article", name="Answer by Bob").get_by_role("link", name="Comment").click()
        expect(page.get_by_label("Your comment")).to_be_focused()

    def refused(page: Page) -> None:
        page.get_by_role("button", name="Post", exact=True).click()
        expect(page.locator(".form__errors")).to_be_focused()

    def deleted(page: Page) -> None:
        page.get_by_role("button", name="Delete").first.click()
        expect(page.get_by_role("button", name="Undo")).to_be_visible()

    def picture(page: Page) -> None:
        page.get_by_role("button", name="Picture").click()
        expect(page.get_by_role("dialog", name="Add a picture")).to_be_visible()

    def suggested(page: Page) -> None:
        page.get_by_label("Your answer").press_sequentially(" Thanks, @bo")
        expect(page.get_by_role("option", name="Bob")).to_be_visible()

    post = there.post.get_absolute_url()
    ask = reverse("communities:post_ask", args=[there.algebra.slug])
    yield Kind("post, a stranger", post)
    yield Kind("post, the asker", post, there.ada)
    yield Kind("post, folded answer, preview and comment form open", post, there.bob, open_all)
    yield Kind("discussion without replies", there.reply_wanted.get_absolute_url(), there.ada)
    yield Kind("ask", ask, there.ada)
    yield Kind("ask, refused", ask, there.ada, refused, 422)
    yield Kind("picture", reverse("communities:picture_add", args=[there.algebra.slug]), there.ada)
    yield Kind("edit post", reverse("communities:post_edit", args=[there.post.pk]), there.ada)
    yield Kind("answer", reverse("communities:answer_create", args=[there.post.pk]), there.bob)
    own = reverse("communities:answer_edit", args=[there.own.pk])
    yield Kind("edit answer", own, there.ada)
    yield Kind("edit answer, adding a picture", own, there.ada, picture)
    yield Kind("edit answer, mentioning somebody", own, there.ada, suggested)
    yield Kind("comment", reverse("communities:answer_comment", args=[there.own.pk]), there.bob)
    yield Kind("edit comment", reverse("communities:comment_edit", args=[there.comment.pk]), there.ada)
    yield Kind("post, undo offered", there.reply_wanted.get_absolute_url(), there.bob, deleted)


def of_accounts(there: Everything) -> Iterator[Kind]:
    def reset(key: str) -> str:
        return reverse("account_reset_password_from_key", args=[user_pk_to_url_str(there.ada), key])

    def failed(page: Page) -> None:
        page.get_by_label("User name").fill("ada")
        page.get_by_label("Password").fill("not this one")
        page.get_by_role("main").get_by_role("button", name="Sign in").click()
        expect(page.locator(".form__errors")).to_be_focused()

    yield Kind("sign up", reverse("account_signup"))
    yield Kind("sign in", reverse("account_login"))
    yield Kind("sign in, failed", reverse("account_login"), None, failed, status=422)
    yield Kind("sign out", reverse("account_logout"), there.ada)
    yield Kind("inactive", reverse("account_inactive"))
    yield Kind("forgotten password", reverse("account_reset_password"))
    yield Kind("forgotten password, sent", reverse("account_reset_password_done"))
    yield Kind("new password", reset(default_token_generator.make_token(there.ada)))
    yield Kind("new password, old link", reset("bad-key"))
    yield Kind("new password, done", reverse("account_reset_password_from_key_done"))
    yield Kind("password again", reverse("account_reauthenticate"), there.ada)
    yield Kind("change address", reverse("account_email"), there.ada)
    yield Kind("change password", reverse("account_change_password"), there.ada)
    yield Kind("first password", reverse("account_set_password"), there.bob)
    grace = make_user("grace", is_staff=True, is_superuser=True)
    euler = make_stub("euler", name="Leonhard Euler")
    yield Kind("imported profile", euler.get_absolute_url())
    yield Kind("claim", claim_link(euler, by=grace).removeprefix(settings.SITE_URL))
    yield Kind("claim, forged", reverse("accounts:claim", args=["forged"]), status=404)


def session_before_code() -> str:
    """The session of somebody who has just signed up and waits for the code."""
    client = Client()
    fields = {"username": "nora", "name": "Nora", "email": "nora@example.org", "password1": PASSWORD}
    client.post(reverse("account_signup"), fields)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def fresh_session(person: User) -> str:
    """The session of somebody who typed the password a moment ago."""
    client = Client()
    client.post(reverse("account_login"), {"login": person.username, "password": PASSWORD})
    return client.cookies[settings.SESSION_COOKIE_NAME].value
