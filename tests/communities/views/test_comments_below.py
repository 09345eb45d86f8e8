"""The first few comments of each text, the rest on demand, and what a comment is for."""

from datetime import timedelta

import pytest

from communities.actions.commenting import add_comment, edit_comment, resolve_comment
from communities.models import Comment
from tests.factories import make_answer, make_comment

HTMX = {"HX-Request": "true"}


def below(page, content) -> tuple[list[str], list[str]]:
    """The comments on one text, and what the link to the rest says."""
    box = page.find(id=f"comments-{content.anchor}")
    return [item["id"] for item in box.select(".comment")], [more.get_text() for more in box.select(".comments__more")]


def test_three_are_shown_and_the_rest_on_demand(ada, bob, otto, answer, client, read):
    other = make_answer(otto, answer.post, "Another answer with two comments of its own.")
    five = {
        content: [f"comment-{make_comment(ada, content, f'No. {n}').pk}" for n in range(5)]
        for content in (answer, answer.post)
    }
    two = [f"comment-{make_comment(bob, other, f'No. {n}').pk}" for n in range(2)]
    page = read(client.get(answer.post.get_absolute_url()))
    assert below(page, other) == (two, [])
    for content, ids in five.items():
        assert below(page, content) == (ids[:3], ["2 more comments"])
        link = page.find(id=f"comments-{content.anchor}").select_one(".comments__more")
        whole, fragment = read(client.get(link["href"])), read(client.get(link["hx-get"], headers=HTMX))
        assert (below(whole, content), below(fragment, content), fragment.html) == ((ids, []), (ids, []), None)
        focused = [[one["id"] for one in part.select("[autofocus][tabindex='-1']")] for part in (whole, fragment)]
        assert focused == [[], [ids[3]]]


def test_comment_below_its_text_reads_as_among_all(ada, otto, bob, question, client_of, read):
    comment = add_comment(question, by=otto, body="Which **step** do you mean?", kind="clarify")
    Comment.objects.update(created_at=comment.created_at - timedelta(days=1))
    edit_comment(comment, by=otto, body="Which *line* do you mean?")
    resolve_comment(comment, by=ada, is_resolved=True)
    browser, place = client_of(bob), question.get_absolute_url()
    shown, among_all = (
        read(browser.get(address)).find(id=f"comment-{comment.pk}")
        for address in (place, f"/posts/{question.pk}/comments/all/")
    )
    assert (shown, shown.select_one(".byline__name").get_text()) == (among_all, "Otto")
    assert shown.select_one(".byline__edited") is not None


def test_hidden_comment_is_found_among_all(ada, answer, client):
    comments = [make_comment(ada, answer, f"No. {n}") for n in range(4)]
    found = [client.get(comment.get_absolute_url())["Location"] for comment in comments]
    place = answer.post.get_absolute_url()
    assert found == [
        *(f"{place}#comment-{comment.pk}" for comment in comments[:3]),
        f"/answers/{answer.pk}/comments/all/#comment-{comments[3].pk}",
    ]


def test_new_comment_is_shown_at_once_with_all_others(ada, answer, client_of, read):
    for number in range(3):
        make_comment(ada, answer, f"No. {number}")
    given = {"body": "The fourth one", "kind": "improve"}
    page = read(client_of(ada).post(f"/answers/{answer.pk}/comments/", given, headers=HTMX))
    newest = Comment.objects.latest("pk")
    assert (newest.kind, below(page, answer)[0][-1]) == ("improve", f"comment-{newest.pk}")
    item = page.find(id=f"comment-{newest.pk}")
    assert item.select_one(".comment__kind").get_text() == "Suggestion"


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["page", "fragment"])
def test_request_to_clarify_is_settled_and_opened_again(ada, otto, answer, client_of, read, headers):
    comment = add_comment(answer, by=otto, body="Which step do you mean?", kind="clarify")
    browser = client_of(ada)
    seen = []
    for value in ("1", "0"):
        response = browser.post(f"/comments/{comment.pk}/resolve/", {"value": value}, headers=headers)
        page = read(response if headers else browser.get(answer.post.get_absolute_url()))
        item = page.find(id=f"comment-{comment.pk}")
        button = page.find(id=f"resolve-{comment.pk}")
        seen.append((item.select_one(".comment__kind").get_text(), button["aria-pressed"], button["value"]))
        assert (button["hx-target"], page.select(f"article#{answer.anchor}") == []) == (
            f"#comments-{answer.anchor}",  # on the page of all comments, too
            bool(headers),
        )
    assert seen == [("Clarified", "true", "0"), ("Needs clarifying", "false", "1")]


def test_toggle_is_for_who_may(ada, bob, otto, eve, answer, client_of, read):
    comment = add_comment(answer, by=otto, body="Which step do you mean?", kind="clarify")
    make_comment(bob, answer, "Just talk")
    people = {"ada": ada, "bob": bob, "otto": otto, "eve": eve, "stranger": None}
    seen = {}
    for name, person in people.items():
        page = read(client_of(person).get(answer.post.get_absolute_url()))
        seen[name] = [button["id"] for button in page.select("[id^=resolve-]")]
    mine = [f"resolve-{comment.pk}"]
    assert seen == {"ada": mine, "bob": mine, "otto": mine, "eve": [], "stranger": []}
