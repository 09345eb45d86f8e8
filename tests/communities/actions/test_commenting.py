"""Comments on posts and answers."""

import pytest
from django.core.exceptions import PermissionDenied

from communities.actions.answering import delete_answer
from communities.actions.commenting import add_comment, delete_comment, edit_comment, restore_comment
from communities.actions.posting import delete_post
from communities.models import Comment
from tests.factories import make_comment

RESTORING = "Only its author, unless a moderator deleted it, and moderators can bring this back."
MEMBERS_ONLY = "Only members of this community can comment here."


def version_of(content) -> int:
    content.refresh_from_db()
    return content.version


def test_comment_on_post_and_answer_marks_its_target_changed(ada, otto, answer, heard):
    question = answer.post
    before = version_of(question)
    on_answer = add_comment(answer, by=ada, body="Which `step`?")
    assert (on_answer.post, on_answer.answer, on_answer.author) == (question, answer, ada)
    assert on_answer.html == "<p>Which <code>step</code>?</p>\n"
    assert (version_of(answer), version_of(question)) == (2, before)
    on_post = add_comment(question, by=otto, body="Which step?")
    assert (on_post.post, on_post.answer, version_of(question)) == (question, None, before + 1)
    assert heard == [("comment_published", {"comment": on_answer}), ("comment_published", {"comment": on_post})]


def test_same_text_again_is_the_same_comment(ada, otto, answer, heard):
    first = add_comment(answer, by=ada, body="Which step?")
    assert add_comment(answer, by=ada, body="Which step?") == first
    assert add_comment(answer, by=otto, body="Which step?") != first
    assert add_comment(answer.post, by=ada, body="Which step?") != first
    assert (Comment.objects.count(), len(heard)) == (3, 3)


def test_outsiders_comment_nothing(eve, answer, heard):
    for target in (answer, answer.post):
        with pytest.raises(PermissionDenied) as refusal:
            add_comment(target, by=eve, body="Which step?")
        assert str(refusal.value) == MEMBERS_ONLY
    assert (Comment.objects.count(), heard) == (0, [])


def test_deleted_targets_take_no_comment(ada, bob, otto, answer):
    question = answer.post
    delete_answer(answer, by=bob)
    with pytest.raises(PermissionDenied):
        add_comment(answer, by=otto, body="Which step?")
    delete_post(question, by=ada)
    for target in (question, answer):
        with pytest.raises(PermissionDenied):
            add_comment(target, by=otto, body="Which step?")
    assert Comment.objects.count() == 0


def test_edit_changes_text_and_marks_the_target(ada, answer):
    comment = make_comment(ada, answer)
    before = version_of(answer)
    edit_comment(comment, by=ada, body="Which *line*?")
    comment.refresh_from_db()
    assert (comment.html, comment.version, version_of(answer)) == ("<p>Which <em>line</em>?</p>\n", 2, before + 1)
    edit_comment(comment, by=ada, body="Which *line*?")
    assert (version_of(comment), version_of(answer)) == (2, before + 1)


def test_others_edit_and_delete_nothing(ada, bob, eve, answer):
    comment = make_comment(ada, answer)
    for person in (bob, eve):
        with pytest.raises(PermissionDenied) as refusal:
            edit_comment(comment, by=person, body="Mine now")
        assert str(refusal.value) == "Only its author and moderators can change this."
        with pytest.raises(PermissionDenied) as refusal:
            delete_comment(comment, by=person)
        assert str(refusal.value) == "Only its author and moderators can delete this."
    comment.refresh_from_db()
    assert (comment.version, comment.deleted_at) == (1, None)


def test_delete_and_restore_are_idempotent(ada, answer):
    comment = make_comment(ada, answer)
    versions = [version_of(answer)]
    for act in (delete_comment, delete_comment, restore_comment, restore_comment):
        act(comment, by=ada)
        versions.append(version_of(answer) - versions[0])
    assert versions[1:] == [1, 1, 2, 2]
    assert list(Comment.objects.visible_to(ada)) == [comment]


def test_others_restore_nothing(ada, bob, eve, answer):
    comment = make_comment(ada, answer)
    delete_comment(comment, by=ada)
    for person in (bob, eve):
        with pytest.raises(PermissionDenied) as refusal:
            restore_comment(comment, by=person)
        assert str(refusal.value) == RESTORING
    assert list(Comment.objects.visible_to(ada)) == []


def test_comments_of_deleted_answers_are_out_of_sight(ada, bob, answer):
    make_comment(ada, answer)
    on_post = make_comment(bob, answer.post)
    delete_answer(answer, by=bob)
    assert list(Comment.objects.visible_to(ada)) == [on_post]
