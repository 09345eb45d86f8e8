"""Posts: published, edited, deleted and brought back."""

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from communities import rules
from communities.actions.answering import accept_answer
from communities.actions.community import leave_community
from communities.actions.posting import convert_post, delete_post, edit_post, publish_post, restore_post
from communities.actions.voting import cast_vote
from communities.models import Post, Revision
from tests.factories import make_answer, make_post

RESTORING = "Only its author, unless a moderator deleted it, and moderators can bring this back."
TITLE = "When may I divide by a variable?"
BODY = "Dividing by x lost a solution of my equation; **when** is it allowed?"


def ask(by, community, **changes) -> Post:
    return publish_post(community, **{"by": by, "kind": "question", "title": TITLE, "body": BODY} | changes)


def posts_of(community) -> int:
    community.refresh_from_db()
    return community.post_count


def test_publish_stores_renders_counts_and_announces(ada, algebra, heard):
    post = ask(ada, algebra)
    assert (post.author, post.community, post.kind, post.title, post.body) == (ada, algebra, "question", TITLE, BODY)
    assert post.html == f"<p>{BODY.replace('**when**', '<strong>when</strong>')}</p>\n"
    assert (posts_of(algebra), post.score, post.answer_count, post.version) == (1, 0, 0, 1)
    assert heard == [("post_published", {"post": post})]


def test_same_text_again_is_the_same_post(ada, bob, algebra, heard):
    first = ask(ada, algebra)
    assert ask(ada, algebra) == first
    others = [ask(bob, algebra), ask(ada, algebra, title=f"{TITLE} Again"), ask(ada, algebra, body=f"{BODY} Please.")]
    assert first not in others
    assert (posts_of(algebra), len(heard)) == (4, 4)


def test_same_text_much_later_is_another_post(ada, algebra):
    first = ask(ada, algebra)
    Post.objects.filter(pk=first.pk).update(created_at=timezone.now() - rules.SAME_TEXT_WINDOW)
    assert ask(ada, algebra) != first


def test_outsiders_and_former_members_publish_nothing(ada, eve, algebra, heard):
    leave_community(algebra, by=ada)
    for person in (eve, ada):
        with pytest.raises(PermissionDenied) as refusal:
            ask(person, algebra)
        assert str(refusal.value) == "Only members of this community can post here."
    assert (posts_of(algebra), [name for name, _ in heard]) == (0, ["member_left"])


def test_edit_changes_title_text_and_address(ada, question):
    old_address = question.get_absolute_url()
    edit_post(question, by=ada, title=TITLE, body=BODY)
    question.refresh_from_db()
    assert (question.title, question.body, question.version) == (TITLE, BODY, 2)
    assert question.get_absolute_url() == f"/c/algebra/posts/{question.pk}/when-may-i-divide-by-a-variable/"
    assert old_address != question.get_absolute_url()
    assert question.edited_at is not None


def test_edit_to_the_same_changes_nothing(ada, question):
    edit_post(question, by=ada, title=question.title, body=question.body)
    question.refresh_from_db()
    assert (question.version, question.edited_at) == (1, None)


def test_others_edit_and_delete_nothing(bob, eve, question):
    for person in (bob, eve):
        with pytest.raises(PermissionDenied) as refusal:
            edit_post(question, by=person, title=TITLE, body=BODY)
        assert str(refusal.value) == "Only its author and moderators can change this."
        with pytest.raises(PermissionDenied) as refusal:
            delete_post(question, by=person)
        assert str(refusal.value) == "Only its author and moderators can delete this."
    question.refresh_from_db()
    assert (question.version, question.deleted_at) == (1, None)


def test_author_who_left_edits_no_more(ada, question):
    leave_community(question.community, by=ada)
    with pytest.raises(PermissionDenied):
        edit_post(question, by=ada, title=TITLE, body=BODY)


def test_delete_and_restore_are_idempotent_and_counted(ada, question):
    for _ in range(2):
        delete_post(question, by=ada)
        assert (posts_of(question.community), list(Post.objects.visible_to(ada))) == (0, [])
    question.refresh_from_db()
    assert question.deleted_by == ada
    for _ in range(2):
        restore_post(question, by=ada)
        assert (posts_of(question.community), list(Post.objects.visible_to(ada))) == (1, [question])


def test_a_question_that_was_answered_well_stays(ada, bob, otto, question):
    answer = make_answer(bob, question)
    cast_vote(answer, by=otto, value=1)
    with pytest.raises(PermissionDenied) as refusal:
        delete_post(question, by=ada)
    assert (
        str(refusal.value)
        == "This has an answer that helped somebody, so it stays. You can edit it, or take your name off it."
    )
    cast_vote(answer, by=otto, value=0)
    delete_post(question, by=ada)
    question.refresh_from_db()
    assert question.is_deleted


def test_an_own_good_answer_does_not_hold_the_question(ada, bob, question):
    cast_vote(make_answer(ada, question), by=bob, value=1)
    delete_post(question, by=ada)
    question.refresh_from_db()
    assert question.is_deleted


@pytest.mark.parametrize("kind", ["discussion", "resource"])
def test_a_good_reply_holds_nothing_but_a_question(kind, ada, bob, otto, algebra):
    post = make_post(ada, algebra, kind=kind)
    cast_vote(make_answer(bob, post), by=otto, value=1)
    delete_post(post, by=ada)
    post.refresh_from_db()
    assert post.is_deleted


def test_others_restore_nothing(ada, bob, eve, question):
    delete_post(question, by=ada)
    for person in (bob, eve):
        with pytest.raises(PermissionDenied) as refusal:
            restore_post(question, by=person)
        assert str(refusal.value) == RESTORING
    leave_community(question.community, by=ada)
    with pytest.raises(PermissionDenied):
        restore_post(question, by=ada)
    question.refresh_from_db()
    assert question.is_deleted


def test_deleted_post_is_gone_for_all_lists(ada, bob, algebra):
    standing, gone = make_post(ada, algebra), make_post(ada, algebra, title=TITLE)
    delete_post(gone, by=ada)
    assert list(Post.objects.visible_to(bob)) == [standing]
    assert list(Post.objects.visible_to(bob).unanswered()) == [standing]


def test_convert_keeps_the_post_and_takes_the_acceptance_back(ada, bob, otto, algebra, heard):
    post = ask(ada, algebra)
    answer = make_answer(bob, post)
    accept_answer(answer, by=ada)
    heard.clear()
    for _ in range(2):
        converted = convert_post(post, by=otto, kind="discussion")
    post.refresh_from_db()
    answer.refresh_from_db()
    assert (post.kind, post.body, post.accepted_at, answer.accepted_at) == ("discussion", BODY, None, None)
    said = [(one.editor, one.body, one.note) for one in Revision.objects.of(post)]
    assert said == [(otto, BODY, "from question to discussion"), (ada, BODY, "")]
    assert post.edited_at is not None
    assert heard == [
        ("answer_unaccepted", {"answer": answer}),
        ("post_converted", {"post": converted, "before": "question", "by": otto}),
    ]


@pytest.mark.parametrize("who", ["ada", "bob", "eve"])
def test_convert_is_for_moderators(who, request, ada, question):
    with pytest.raises(PermissionDenied, match="Only moderators can change what kind of post this is"):
        convert_post(question, by=request.getfixturevalue(who), kind="discussion")
    question.refresh_from_db()
    assert question.kind == "question"


def test_announcements_are_for_moderators(ada, otto, algebra):
    with pytest.raises(PermissionDenied, match="Only moderators can make announcements"):
        ask(ada, algebra, kind="announcement")
    assert ask(otto, algebra, kind="announcement").kind == "announcement"
