"""Every save is a revision: what is kept, what mends the last one, what leaves no mark."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from communities import rules
from communities.actions.answering import edit_answer
from communities.actions.commenting import edit_comment
from communities.actions.posting import edit_post
from communities.models import Comment, Post, Revision
from communities.models.revision import thing_of
from tests.factories import make_answer, make_comment, make_post, make_tag

OTHER = "Draw the two graphs and look where they meet, then check the value in both equations, one after another."


def kept(content) -> list[tuple[int, str, str, str]]:
    """(number, editor, text, note), the oldest first."""
    revisions = Revision.objects.of(content).reverse().select_related("editor")
    return [(one.number, one.editor.username, one.body, one.note) for one in revisions]


def age(content, passed: timedelta) -> None:
    """Everything was written that much earlier."""
    Revision.objects.filter(**thing_of(content)).update(created_at=timezone.now() - passed)
    type(content)._base_manager.filter(pk=content.pk).update(created_at=timezone.now() - passed)


def is_marked(content) -> bool:
    content.refresh_from_db()
    return content.edited_at is not None


def test_publish_and_answer_keep_their_first_revision(ada, bob, question, answer):
    assert kept(question) == [(1, "ada", question.body, "")]
    assert kept(answer) == [(1, "bob", answer.body, "")]
    assert Revision.objects.of(question).get().title == question.title


def test_edit_keeps_both_texts_and_the_note(ada, question):
    first = question.body
    edit_post(question, by=ada, title="Why do the signs flip here?", body=OTHER, note="what I tried")
    assert kept(question) == [(1, "ada", first, ""), (2, "ada", OTHER, "what I tried")]
    assert Revision.objects.of(question).first().title == "Why do the signs flip here?"
    assert is_marked(question)


def test_edit_to_the_same_keeps_nothing(bob, answer):
    edit_answer(answer, by=bob, body=answer.body, note="nothing")
    assert len(kept(answer)) == 1


def test_small_edit_at_once_mends_the_revision(ada, question):
    mended = question.body.replace("mark", "sign")
    edit_post(question, by=ada, title=question.title, body=mended)
    assert (kept(question), is_marked(question)) == ([(1, "ada", mended, "")], False)


@pytest.mark.parametrize(
    ("characters", "passed", "revisions"),
    [
        (rules.MINOR_CHARACTERS - 1, rules.GRACE - timedelta(seconds=9), 1),
        (rules.MINOR_CHARACTERS, rules.GRACE - timedelta(seconds=9), 2),
        (rules.MINOR_CHARACTERS - 1, rules.GRACE, 2),
    ],
)
def test_grace_ends_with_its_minutes_and_characters(bob, answer, characters, passed, revisions):
    age(answer, passed)
    edit_answer(answer, by=bob, body=f"{answer.body}{' ' * 1}{'x' * (characters - 1)}")
    assert (len(kept(answer)), is_marked(answer)) == (revisions, revisions == 2)


@pytest.mark.parametrize("reply", [make_answer, make_comment])
def test_no_grace_after_a_reply(ada, bob, question, reply):
    reply(bob, question)
    edit_post(question, by=ada, title=question.title, body=f"{question.body} Please.")
    assert len(kept(question)) == 2


def test_no_grace_for_an_answer_with_a_comment(ada, bob, answer):
    make_comment(ada, answer)
    edit_answer(answer, by=bob, body=f"{answer.body} Really.")
    assert len(kept(answer)) == 2


def test_what_is_older_than_the_history_begins_it_with_its_first_edit(ada, algebra):
    long_ago = timezone.now() - timedelta(days=400)
    post = make_post(ada, algebra)
    Revision.objects.all().delete()
    Post.objects.filter(pk=post.pk).update(created_at=long_ago)
    edit_post(post, by=ada, title=post.title, body=f"{post.body} Please.")
    assert kept(post) == [(1, "ada", post.body, ""), (2, "ada", f"{post.body} Please.", "")]
    assert Revision.objects.of(post).last().created_at == long_ago


def test_comments_have_a_history_after_fifteen_minutes(ada, answer):
    comment = make_comment(ada, answer, "Which step?")
    age(comment, rules.COMMENT_FREE - timedelta(seconds=9))
    edit_comment(comment, by=ada, body="Which line do you mean?")
    assert (kept(comment), is_marked(comment)) == ([], False)
    age(comment, rules.COMMENT_FREE)
    edit_comment(comment, by=ada, body="Which line?")
    assert kept(comment) == [(1, "ada", "Which line do you mean?", ""), (2, "ada", "Which line?", "")]
    assert is_marked(comment)


def test_things_count_their_revisions_apart(ada, bob, answer):
    question = answer.post
    comments = [make_comment(ada, question), make_comment(ada, answer)]
    for comment in comments:
        age(comment, rules.COMMENT_FREE)
        edit_comment(comment, by=ada, body="Which line do you mean?")
    edit_answer(answer, by=bob, body=OTHER)
    assert [len(kept(thing)) for thing in (question, answer, *comments)] == [1, 2, 2, 2]
    assert Comment.objects.count() == 2


@pytest.mark.parametrize(("number", "promise"), [(1, "revision_number_once"), (0, "revisions_count_from_one")])
def test_the_database_keeps_the_promises(ada, question, number, promise):
    with pytest.raises(IntegrityError, match=promise), transaction.atomic():
        Revision.objects.create(post=question, number=number, editor=ada, body="x")


def test_tags_are_kept_as_everybody_sees_them(ada, algebra):
    """A tag that only waits for a moderator is in no history."""
    make_tag(algebra, "Signs")
    make_tag(algebra, "Brackets")
    post = make_post(ada, algebra, tags=["signs", "minus"])
    edit_post(post, by=ada, title=post.title, body=post.body, tags=["brackets", "minus", "signs"])
    assert list(Revision.objects.of(post).values_list("number", "tags")) == [(2, "brackets, signs"), (1, "signs")]
