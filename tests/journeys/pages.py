"""Every kind of page of the site: where it is, who looks at it, what is done there first."""

from collections.abc import Iterator

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.apps import apps
from django.conf import settings
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page, expect

from accounts.actions import begin_welcome, claim_link
from accounts.address.moving import Mailbox, ask, path_to
from accounts.models import User
from ai_assist.models import Document
from tests.accounts.codes import give_app
from tests.factories import make_delivery, make_stub, make_user
from tests.journeys.everything import PASSWORD, Everything
from tests.journeys.kinds import Kind
from tests.journeys.pages_of_posts import of_asking, of_changes, of_judgements, of_posts


def for_everybody(there: Everything) -> Iterator[Kind]:
    def open_all(page: Page) -> None:
        page.evaluate("document.querySelectorAll('details').forEach((one) => (one.open = true))")

    yield Kind("landing", "/")
    yield Kind("about", reverse("about"))
    yield Kind("rules", reverse("rules"))
    yield Kind("for programs", reverse("described:docs"), None, open_all)
    yield Kind("appearance", reverse("appearance"))
    yield Kind("language", reverse("language"))
    yield Kind("home", "/", there.ada)
    yield Kind("home without communities", "/", there.eve)
    yield Kind("shortcuts", "/", there.ada, lambda page: page.keyboard.press("?"))
    yield Kind("menu", "/", there.ada, lambda page: page.get_by_role("button", name="My menu").click())
    search = reverse("communities:search")

    yield Kind("search", search)
    yield Kind("search, found", f"{search}?q=foo:bar+the+-xyzzy+is:question", there.ada)
    yield Kind("search, nothing found", f"{search}?q=quaternoins", there.ada)
    begin_welcome(there.mina)
    yield Kind("home of a new member", "/", there.mina)
    yield Kind("first steps, topics", reverse("communities:welcome_topics"), there.mina)
    yield Kind("first steps, communities", reverse("communities:welcome_community"), there.mina)
    yield Kind("inbox", reverse("notifications:inbox"), there.ada)
    yield Kind("empty inbox", reverse("notifications:inbox"), there.eve)
    yield Kind("profile", there.ada.get_absolute_url())
    yield Kind("profile, answers", f"{there.bob.get_absolute_url()}?show=answers")
    yield Kind("own profile, no answers", f"{there.eve.get_absolute_url()}?show=answers", there.eve)
    yield Kind("own profile", there.ada.get_absolute_url(), there.ada)
    yield Kind("settings", reverse("accounts:settings"), there.ada)
    yield Kind("privacy", reverse("accounts:privacy"), there.ada)
    fresh_session(there.ada)
    yield Kind("security", reverse("accounts:security"), there.ada)
    yield Kind("my data", reverse("accounts:mydata"), there.ada)
    yield Kind("delete my account", reverse("accounts:leave"), there.ada, asked_again)
    yield Kind("nothing to undo", reverse("accounts:stay", args=["forged"]), status=410)


def of_ones_own(there: Everything) -> Iterator[Kind]:
    def not_a_list(page: Page) -> None:
        page.get_by_text("Keep this list").click()
        page.locator(".save-list [name=address]").evaluate("field => (field.value = '/inbox/')")
        page.get_by_label("Name", exact=True).fill("My inbox")
        page.get_by_role("button", name="Keep", exact=True).click()
        expect(page.locator(".form__errors")).to_be_focused()

    feed, bookmarks = reverse("communities:feed"), reverse("communities:bookmarks")
    yield Kind("feed", f"{feed}?show=newest", there.ada)
    yield Kind("feed, not a list", f"{feed}?show=newest", there.ada, not_a_list, 422)
    yield Kind("drafts", reverse("communities:drafts"), there.ada)
    yield Kind("no drafts", reverse("communities:drafts"), there.eve)
    yield Kind("bookmarks", bookmarks, there.ada)
    yield Kind("no bookmarks", bookmarks, there.eve)
    yield Kind("bookmark", reverse("communities:bookmark_edit", args=[there.kept.pk]), there.ada)
    yield Kind("collection", f"{reverse('communities:collection_rename')}?name=Exam+in+June", there.ada)
    yield Kind("following", reverse("communities:following"), there.ada)
    yield Kind("following nothing", reverse("communities:following"), there.eve)


def of_communities(there: Everything) -> Iterator[Kind]:
    def at(name: str, community: str = there.algebra.slug) -> str:
        return reverse(f"communities:{name}", args=[community])

    def role(page: Page) -> None:
        page.get_by_text("Change role").first.click()
        expect(page.get_by_role("button", name="Save the role of").first).to_be_visible()

    def is_you(page: Page) -> None:
        if page.get_by_role("heading", name="Is it you?").is_visible():
            page.get_by_label("Password").fill(PASSWORD)
            page.get_by_role("button", name="Go on").click()
        expect(page.get_by_role("heading", name="Is it you?")).to_be_hidden()

    def refused(page: Page) -> None:
        is_you(page)
        page.get_by_label("Address").fill("https://127.0.0.1/in")
        page.get_by_role("button", name="Make it").click()
        expect(page.get_by_text("not public").first).to_be_visible()

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
    yield Kind("members, the owner", at("community_members"), there.ada, role)
    yield Kind("members, a member", at("community_members"), there.bob)
    yield Kind("how people ask", at("community_asking"), there.ada)
    yield Kind("suggested edits", at("community_edits"), there.ada)
    yield Kind("no suggested edits", at("community_edits", there.empty.slug), there.ada)
    yield Kind("stale answers", at("community_stale"), there.ada)
    yield Kind("no stale answers", at("community_stale", there.empty.slug), there.ada)
    told = make_delivery(there.algebra, there.post, body='{"event": "post.published"}')
    webhook, new = told.webhook.get_absolute_url(), reverse("webhooks:webhook_create", args=[there.algebra.slug])
    yield Kind("webhooks", reverse("webhooks:webhooks", args=[there.algebra.slug]), there.ada)
    yield Kind("no webhooks", reverse("webhooks:webhooks", args=[there.empty.slug]), there.ada)
    yield Kind("webhook", webhook, there.ada)
    yield Kind("webhook, a delivery", told.get_absolute_url(), there.ada)
    yield Kind("webhook, deleted", f"{webhook}delete/", there.ada)
    yield Kind("webhook, another secret", f"{webhook}secret/", there.ada, is_you)
    yield Kind("new webhook", new, there.ada, is_you)
    yield Kind("new webhook, refused", new, there.ada, refused, status=422)
    yield Kind("search in a community", at("community_search") + "?q=signs", there.bob)


def of_tags(there: Everything) -> Iterator[Kind]:
    def at(name: str, *tag: str) -> str:
        return reverse(f"communities:{name}", args=[there.algebra.slug, *tag])

    yield Kind("tags", at("tags"), there.ada)
    yield Kind("tag, a stranger", at("tag", "equations"))
    yield Kind("tag, a moderator", at("tag", "signs"), there.ada)
    yield Kind("new topic", at("tag_create"), there.ada)
    yield Kind("change tag", at("tag_edit", "signs"), there.ada)
    yield Kind("merge tag", at("tag_merge", "signs"), there.ada)


def of_libraries(there: Everything) -> Iterator[Kind]:
    def opened(page: Page) -> None:
        page.get_by_text("Add documents").click()
        expect(page.get_by_label("Files")).to_be_visible()

    def not_taken(page: Page) -> None:
        opened(page)
        page.get_by_label("Files").set_input_files({"name": "run.exe", "mimeType": "", "buffer": b"MZ"})
        page.get_by_role("button", name="Upload", exact=True).click()
        expect(page.locator(".upload--refused")).to_be_visible()

    def at(name: str, document: Document = there.document) -> str:
        return reverse(f"ai_assist:{name}", args=[document.uuid])

    own, of_algebra = reverse("ai_assist:library"), reverse("ai_assist:community_library", args=[there.algebra.slug])
    yield Kind("library", own, there.ada, opened)
    yield Kind("library as a grid", f"{own}?look=grid", there.ada)
    yield Kind("library, one file refused", own, there.ada, not_taken, 422)
    yield Kind("library, nothing found", f"{own}?name=xyzzy", there.ada)
    yield Kind("empty library", own, there.eve)
    yield Kind("library of a community", of_algebra, there.bob)
    yield Kind("library of a community, a stranger", of_algebra)
    yield Kind("document", at("document"), there.ada)
    yield Kind("document that failed, with a newer one", at("document", there.failed), there.ada)
    yield Kind("document, changed", at("document_edit"), there.ada)
    yield Kind("document, replaced", at("document_replace"), there.ada)
    yield Kind("document, deleted", at("document_delete"), there.ada)
    yield Kind("document, its password", at("document_password", there.locked), there.ada)
    yield Kind("folder", reverse("ai_assist:folder_edit", args=[there.folder.pk]), there.ada)
    yield Kind("new folder", reverse("ai_assist:folder_create"), there.ada)


def of_conversations(there: Everything) -> Iterator[Kind]:
    def opened(page: Page) -> None:
        page.locator(".source summary").click()
        expect(page.locator(".source mark")).to_be_visible()

    def at(name: str) -> str:
        return reverse(f"ai_assist:{name}", args=[there.conversation.uuid])

    read = reverse("ai_assist:read", args=[there.notes.uuid, 1])
    new = reverse("ai_assist:conversation_new")
    yield Kind("reading", read, there.ada)
    yield Kind("reading, at a passage", f"{read}?passage={there.passage.pk}", there.ada)
    yield Kind("asking", new, there.ada)
    yield Kind("asking one document", f"{new}?document={there.notes.uuid}", there.ada)
    yield Kind("asking, nothing to ask", new, there.eve)
    yield Kind("conversation", at("conversation"), there.ada, opened)
    yield Kind("conversation, its name", at("conversation_rename"), there.ada)
    yield Kind("conversation, deleted", at("conversation_delete"), there.ada)
    yield Kind("conversations", reverse("ai_assist:conversations"), there.ada)
    yield Kind("no conversations", reverse("ai_assist:conversations"), there.eve)


def of_accounts(there: Everything) -> Iterator[Kind]:
    def reset(key: str) -> str:
        return reverse("account_reset_password_from_key", args=[user_pk_to_url_str(there.ada), key])

    def failed(page: Page) -> None:
        page.get_by_label("User name").fill("ada")
        page.get_by_label("Password").fill("not this one")
        page.get_by_role("main").get_by_role("button", name="Sign in", exact=True).click()
        expect(page.locator(".form__errors")).to_be_focused()

    def is_you(page: Page) -> None:
        asked_again(page)
        expect(page.get_by_role("heading", name="New token")).to_be_visible()

    def made(page: Page) -> None:
        is_you(page)
        page.get_by_label("Name").fill("Course page")
        page.get_by_role("button", name="Make it").click()
        expect(page.get_by_role("heading", name="Your new token")).to_be_visible()

    def asked_for(page: Page) -> None:
        page.get_by_label("New e-mail address").fill("ada@elsewhere.example")
        page.get_by_role("button", name="Change address").click()
        asked_again(page)
        expect(page.get_by_role("heading", name="A change is on its way")).to_be_visible()

    yield Kind("sign up", reverse("account_signup"))
    yield Kind("sign in", reverse("account_login"))
    yield Kind("sign in, failed", reverse("account_login"), None, failed, status=422)
    yield Kind("sign in by mail", reverse("account_request_login_code"))
    yield Kind("sign out", reverse("account_logout"), there.ada)
    yield Kind("inactive", reverse("account_inactive"))
    yield Kind("forgotten password", reverse("account_reset_password"))
    yield Kind("forgotten password, sent", reverse("account_reset_password_done"))
    yield Kind("new password", reset(default_token_generator.make_token(there.ada)))
    yield Kind("new password, old link", reset("bad-key"))
    yield Kind("new password, done", reverse("account_reset_password_from_key_done"))
    yield Kind("password again", reverse("account_reauthenticate"), there.ada)
    yield Kind("change address", reverse("account_email"), there.ada, asked_for)
    change = ask(by=there.bob, email="bob@elsewhere.example")
    yield Kind("another address", path_to(change, Mailbox.OLD))
    yield Kind("another address, over", reverse("accounts:address_change", args=["forged"]), status=410)
    yield Kind("change password", reverse("account_change_password"), there.ada)
    tokens = reverse("accounts:tokens")
    yield Kind("no tokens", tokens, there.ada)
    yield Kind("new token", reverse("accounts:token_create"), there.ada, is_you)
    yield Kind("new token, made", reverse("accounts:token_create"), there.ada, made)
    yield Kind("tokens", tokens, there.ada)
    yield from of_second_step(there)
    yield Kind("first password", reverse("account_set_password"), there.bob)
    grace = make_user("grace", is_staff=True, is_superuser=True)
    euler = make_stub("euler", name="Leonhard Euler")
    yield Kind("imported profile", euler.get_absolute_url())
    yield Kind("claim", claim_link(euler, by=grace).removeprefix(settings.SITE_URL))
    yield Kind("claim, forged", reverse("accounts:claim", args=["forged"]), status=404)


def asked_again(page: Page) -> None:
    if page.get_by_role("heading", name="Is it you?").is_visible():
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Go on").click()


def of_second_step(there: Everything) -> Iterator[Kind]:
    def signs_in(page: Page) -> None:
        page.get_by_label("User name").fill("ada")
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("main").get_by_role("button", name="Sign in", exact=True).click()
        expect(page.get_by_role("heading", name="Second step")).to_be_visible()

    def wrong(page: Page) -> None:
        asked_again(page)
        page.get_by_role("textbox").last.fill("0")
        page.get_by_role("button", name="Switch on").click()
        expect(page.locator(".form__errors")).to_be_focused()

    yield Kind("second step, set up", reverse("mfa_activate_totp"), there.ada, wrong, status=422)
    give_app(there.ada)
    RecoveryCodes.activate(there.ada)
    yield Kind("second step, at sign-in", reverse("account_login"), None, signs_in)
    yield Kind("second step, switch off", reverse("mfa_deactivate_totp"), there.ada, asked_again)
    yield Kind("recovery codes", reverse("mfa_view_recovery_codes"), there.ada, asked_again)
    yield Kind("new recovery codes", reverse("mfa_generate_recovery_codes"), there.ada, asked_again)
    yield Kind("code again", reverse("mfa_reauthenticate"), there.ada)
    yield Kind("security with a second step", reverse("accounts:security"), there.ada)


PARTS = {
    "lists": (for_everybody, of_ones_own, of_communities, of_tags),
    "libraries": (of_libraries, of_conversations),
    "texts": (of_posts, of_asking),
    "judgements": (of_changes, of_judgements, of_accounts),
}
"""About as long as each other: they are looked at side by side."""
if apps.is_installed("gamification"):
    from tests.journeys.games.pages_of_games import of_games

    PARTS["games"] = (of_games,)


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
