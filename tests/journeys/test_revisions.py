"""A text and its history: edited, compared, brought back; suggested and approved. With scripts and without."""

import pytest
from playwright.sync_api import expect

from accounts.models import User
from communities.models import Answer, Revision
from tests.factories import make_answer, make_community, make_post
from tests.journeys.conftest import OpenWindow

FIRST = "Stop when the middle is one of the two ends: the interval cannot become smaller than that."
SECOND = (
    "Stop when the middle equals one of the two ends: the interval cannot become smaller than that.\n\n"
    "And mind a zero at the very end of the interval: the signs are the same there, and no halving finds it."
)
BETTER = "Stop when the middle is one of the two ends: between neighbouring floats there is nothing left to halve."


@pytest.fixture
def answer(site: str, ada: User, bob: User, mina: User) -> Answer:
    community = make_community(mina, ada, bob, name="Algebra")
    return make_answer(bob, make_post(ada, community, title="Why does my bisection never end?"), FIRST)


def test_edit_compare_and_go_back(scripts: bool, open_window: OpenWindow, answer: Answer, bob: User) -> None:
    page = open_window(bob, java_script_enabled=scripts).page
    page.goto(answer.post.get_absolute_url())
    mine = page.get_by_role("article", name="Answer by Bob")
    mine.get_by_role("link", name="Edit").click()
    page.get_by_label("Your answer").fill(SECOND)
    page.get_by_label("What did you change?").fill("one more warning")
    page.get_by_role("button", name="Save", exact=True).click()
    mine.get_by_role("link", name="edited").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("What changed in this answer")
    expect(page.get_by_role("list", name="Revisions")).to_contain_text("one more warning")
    expect(page.get_by_role("deletion").first).to_have_text("is")
    expect(page.get_by_role("insertion").first).to_have_text("equals")
    page.get_by_role("link", name="Side by side").click()
    expect(page.get_by_role("table", name="Before and after")).to_be_visible()
    page.get_by_role("link", name="Revision 1").click()
    expect(page.get_by_role("heading", name="How it began")).to_be_visible()
    page.get_by_role("button", name="Go back to revision 1").click()
    expect(mine).to_contain_text(FIRST)
    notes = Revision.objects.of(answer).values_list("note", flat=True)
    assert list(notes) == ["back to revision 1", "one more warning", ""]


def test_guest_suggests_and_author_approves(
    scripts: bool, open_window: OpenWindow, answer: Answer, bob: User, eve: User
) -> None:
    guest = open_window(eve, java_script_enabled=scripts).page
    guest.goto(answer.post.get_absolute_url())
    guest.get_by_role("article", name="Answer by Bob").get_by_role("link", name="Suggest an edit").click()
    guest.get_by_label("Text").fill(BETTER)
    guest.get_by_label("What did you change?").fill("why it is so")
    guest.get_by_role("button", name="Suggest").click()
    expect(guest.get_by_role("heading", level=1)).to_have_text("Suggested edit")

    author = open_window(bob, java_script_enabled=scripts).page
    author.goto("/inbox/")
    author.get_by_role("button", name="Eve suggests an edit to your answer").click()
    expect(author.get_by_role("insertion").first).to_be_visible()
    author.get_by_role("button", name="Approve").click()
    expect(author.get_by_text("Approved by Bob.")).to_be_visible()

    guest.goto("/inbox/")
    expect(guest.get_by_role("button", name="Bob approved your edit")).to_be_visible()
    guest.goto(answer.post.get_absolute_url())
    expect(guest.get_by_role("article", name="Answer by Bob")).to_contain_text("nothing left to halve")
    assert Revision.objects.of(answer).values_list("editor__username", flat=True)[0] == "eve"
