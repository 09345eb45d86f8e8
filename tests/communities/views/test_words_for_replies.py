"""Below a question one answers, below anything else one replies: in every list and sentence."""

import pytest

from communities.actions.answering import delete_answer, edit_answer
from communities.actions.bookmarking import bookmark
from communities.actions.commenting import add_comment
from communities.actions.drafting import save_draft
from communities.actions.following import tell_followers
from communities.actions.posting import convert_post
from communities.drafts import Place
from communities.models import DraftKind, Telling
from notifications.models import Notification
from tests.factories import make_suggestion

TITLE = "Why do signs flip in brackets?"


@pytest.fixture(params=["question", "discussion"])
def noun(request, otto, answer):
    """What an answer to the post is called; its post was asked as a question."""
    convert_post(answer.post, by=otto, kind=request.param)
    answer.refresh_from_db()
    Notification.objects.all().delete()
    Telling.objects.all().delete()
    return {"question": "answer", "discussion": "reply"}[request.param]


def heard():
    for telling in Telling.objects.order_by("pk"):
        tell_followers(telling.pk)
    return [" ".join(row) for row in Notification.objects.order_by("pk").values_list("recipient__username", "title")]


def test_notification_names_what_it_is_about(ada, bob, otto, answer, noun):
    add_comment(answer, by=ada, body="Which step do you mean?")
    add_comment(answer, by=otto, body="The second one, I think.")
    make_suggestion(ada, answer)
    edit_answer(answer, by=otto, body=f"{answer.body} Always.", note="clearer")
    one = "an answer" if noun == "answer" else "a reply"
    assert sorted(heard()) == sorted(
        [
            f"otto Ada commented on {one} to “{TITLE}”, as you did",
            f"bob Ada commented on your {noun} to “{TITLE}”",
            f"bob Otto commented on your {noun} to “{TITLE}”",
            f"bob Ada suggests an edit to your {noun} to “{TITLE}”",
            f"bob Otto edited your {noun} to “{TITLE}”: clearer",
            f"ada Otto commented on {one} to “{TITLE}”, as you did",
        ]
    )


def test_notification_of_a_deletion_names_what_is_gone(otto, answer, noun):
    delete_answer(answer, by=otto, reason="misplaced")
    assert heard() == [f"bob Otto deleted your {noun} to “{TITLE}”"]


def test_lists_name_what_is_in_them(ada, bob, otto, answer, noun, client_of, read):
    bookmark(answer, by=ada)
    make_suggestion(ada, answer)
    kinds = (DraftKind.COMMENT_ON_ANSWER, DraftKind.ANSWER_EDIT)
    for kind in kinds:
        save_draft(Place(kind, answer), by=bob, fields={"body": "Begun."}, known=None)

    def words(person, path, chosen):
        return [found.get_text() for found in read(client_of(person).get(path)).select(chosen)]

    one = "An answer" if noun == "answer" else "A reply"
    assert words(ada, "/bookmarks/", ".kept__title a") == [f"Bob’s {noun} to “{TITLE}”"]
    assert words(bob, "/c/algebra/edits/", ".suggestions__link") == [f"{one} to “{TITLE}”"]
    drafts = sorted(line.partition(" · ")[0] for line in words(bob, "/drafts/", ".drafts__facts"))
    assert drafts == [f"Comment on {one.lower()}", f"Edit of {one.lower()}"]
    assert f"Algebra · {noun} ·" in words(ada, "/members/bob/?show=answers", ".answered__facts")[0]
    assert words(otto, f"/answers/{answer.pk}/delete/", "h1") == [f"Delete this {noun}?"]
    found = read(client_of(ada).get("/search/?q=is:answer")).select_one(".post-row__answers")
    assert found.get_text() == noun
