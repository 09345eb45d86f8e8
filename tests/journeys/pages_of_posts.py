"""The pages of posts: reading, asking, answering, what changed, and whom one can trust."""

from collections.abc import Iterator

from django.urls import reverse
from playwright.sync_api import Page, expect

from communities.actions.answering import edit_answer
from tests.accounts.pictures import picture as teal
from tests.journeys.everything import Everything
from tests.journeys.kinds import Kind

TRIED = """import signs
for sign in signs:
    print(sign)
Is it so? Or so? Or so?"""


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


def of_asking(there: Everything) -> Iterator[Kind]:
    def fill(page: Page) -> None:
        page.get_by_label("Title").press_sequentially("Why do signs flip in brackets?")
        page.get_by_label("Goal").fill("The rule.")
        page.get_by_label("What I tried").fill(TRIED)
        page.get_by_label("Where I am stuck").fill("Everywhere.")

    def similar(page: Page) -> None:
        page.get_by_label("Title").press_sequentially("Why do signs flip in brackets?")
        expect(page.get_by_role("button", name="This answers me")).to_be_visible()

    def warned(page: Page) -> None:
        fill(page)
        page.get_by_label("Tags").fill("equations")
        page.get_by_role("button", name="Post", exact=True).click()
        expect(page.get_by_role("button", name="Post anyway")).to_be_visible()

    def new_tag(page: Page) -> None:
        fill(page)
        page.get_by_label("Tags").fill("equations, parity")
        page.get_by_role("button", name="Post", exact=True).click()
        expect(page.locator(".form__errors")).to_be_focused()

    def added(page: Page) -> None:
        file = {"name": "teal.png", "mimeType": "image/png", "buffer": teal()}
        page.get_by_label("Picture").set_input_files([file])
        page.get_by_role("button", name="Add picture").click()
        expect(page.get_by_label("Copy this line")).to_be_visible()

    ask = reverse("communities:post_ask", args=[there.algebra.slug])
    yield Kind("ask, similar posts", ask, there.bob, similar)
    yield Kind("ask, warned", ask, there.bob, warned, 422)
    yield Kind("ask, a new tag", ask, there.bob, new_tag, 422)
    yield Kind("announce", f"{ask}?kind=announcement", there.ada)
    yield Kind("picture, added", reverse("communities:picture_add", args=[there.algebra.slug]), there.ada, added)


def of_changes(there: Everything) -> Iterator[Kind]:
    def conflict(page: Page) -> None:
        edit_answer(there.own, by=there.ada, body="Meanwhile I found the other part of it, too, in a second window.")
        page.get_by_label("Your answer").fill("The part that I found myself: the sum is even, and so is the rest.")
        page.get_by_role("button", name="Save").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Somebody saved in between")

    history, suggestion = there.post.history_url, there.suggestion
    yield Kind("history", history)
    yield Kind("history, side by side", f"{history}?revision=3&view=side", there.ada)
    yield Kind("history, taken out", f"{history}?revision=1", there.ada)
    yield Kind("take a text out", reverse("communities:revision_redact", args=[there.second.pk]), there.ada)
    yield Kind("suggest an edit", reverse("communities:post_suggest", args=[there.post.pk]), there.eve)
    yield Kind("suggested edit", suggestion.get_absolute_url(), there.ada)
    yield Kind("rework a suggestion", reverse("communities:suggestion_rework", args=[suggestion.pk]), there.ada)
    yield Kind("delete what somebody wrote", reverse("communities:answer_delete", args=[there.helpful.pk]), there.ada)
    yield Kind("deleted post", there.gone.get_absolute_url(), there.ada)
    yield Kind("change the kind", reverse("communities:post_kind", args=[there.post.pk]), there.ada)
    yield Kind("take the name off", reverse("communities:post_disassociate", args=[there.post.pk]), there.ada)
    yield Kind("conflict", reverse("communities:answer_edit", args=[there.own.pk]), there.ada, conflict, 409)


def of_judgements(there: Everything) -> Iterator[Kind]:
    def why(page: Page) -> None:
        page.get_by_role("button", name="Validated").click()
        expect(page.get_by_text("It has been checked")).to_be_visible()

    def down(page: Page) -> None:
        page.get_by_role("article", name="Answer by Bob").get_by_role("button", name="vote down").click()
        expect(page.get_by_role("button", name="Incomplete")).to_be_visible()

    def report(page: Page) -> None:
        page.get_by_role("article", name="Answer by Bob").get_by_role("link", name="Outdated or wrong?").click()
        expect(page.get_by_label("Why?")).to_be_focused()

    post = there.post.get_absolute_url()
    yield Kind("post, why an answer is trusted", post, None, why)
    yield Kind("post, voting down", post, there.ada, down)
    yield Kind("post, reporting", post, there.ada, report)
    yield Kind("report", reverse("communities:answer_report", args=[there.helpful.pk]), there.ada)
    yield Kind("trusted answer", reverse("communities:answer_trust", args=[there.helpful.pk]))
    yield Kind("stale answer", reverse("communities:answer_trust", args=[there.folded.pk]), there.ada)
    yield Kind("comments", reverse("communities:answer_comments", args=[there.own.pk]), there.ada)
