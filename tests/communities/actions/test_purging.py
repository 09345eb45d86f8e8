"""What its author deleted and what nobody may keep goes for good a month after."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from communities import rules
from communities.actions.answering import delete_answer, edit_answer, post_answer, restore_answer
from communities.actions.commenting import delete_comment, restore_comment
from communities.actions.drafting import save_draft
from communities.actions.posting import delete_post, edit_post, restore_post
from communities.actions.purging import purge
from communities.actions.redacting import redact
from communities.actions.suggesting import approve_suggestion, suggest_edit
from communities.drafts import Place
from communities.models import (
    Answer,
    Comment,
    DeletionReason,
    Draft,
    DraftKind,
    Picture,
    Post,
    Redaction,
    Revision,
    Suggestion,
)
from communities.tasks import purge_deleted_texts
from notifications.models import Notification
from tests.communities.actions.test_picturing import line
from tests.factories import make_comment, make_picture, make_post

SECRET = "Olga's number is 0170 5550123, and she lives in the second house behind the mill."
DELETE = {Post: delete_post, Answer: delete_answer, Comment: delete_comment}
RESTORE = {Post: restore_post, Answer: restore_answer, Comment: restore_comment}


def grow_old(content: Post | Answer | Comment, by: timedelta = rules.PURGED_AFTER) -> None:
    type(content)._base_manager.filter(pk=content.pk).update(deleted_at=timezone.now() - by)


def said(content: Post | Answer | Comment) -> tuple[str, ...]:
    content.refresh_from_db()
    return (content.title, content.body, content.html) if isinstance(content, Post) else (content.body, content.html)


@pytest.fixture
def things(ada, answer) -> list[Post | Answer | Comment]:
    return [make_comment(ada, answer, body=SECRET), answer, answer.post]


@pytest.mark.parametrize("reason", ["spam", "illegal", "private"])
def test_purge_takes_the_text_and_nobody_brings_it_back(ada, otto, things, reason):
    for content in things:
        DELETE[type(content)](content, by=otto, reason=reason)
        grow_old(content)
        purge_deleted_texts()
        assert set(said(content)) == {""}
        version = content.version
        purge_deleted_texts()
        assert (said(content)[-1], content.version) == ("", version)
        assert type(content).objects.deleted_seen_by(otto).count() == 0
        for person in (content.author, otto):
            with pytest.raises(PermissionDenied) as refusal:
                RESTORE[type(content)](content, by=person)
            assert str(refusal.value) == "Its text is gone for good."


def test_purge_takes_what_its_author_deleted_and_until_then_they_bring_it_back(things):
    for content in things:
        before = said(content)
        DELETE[type(content)](content, by=content.author)
        grow_old(content, rules.PURGED_AFTER - timedelta(hours=1))
        purge_deleted_texts()
        content.refresh_from_db()
        assert content.purged_from == content.deleted_at + rules.PURGED_AFTER
        RESTORE[type(content)](content, by=content.author)
        purge_deleted_texts()
        assert said(content) == before
        DELETE[type(content)](content, by=content.author)
        grow_old(content)
        purge_deleted_texts()
        assert (set(said(content)), content.purged_from) == ({""}, None)
        with pytest.raises(PermissionDenied, match=r"Its text is gone for good\."):
            RESTORE[type(content)](content, by=content.author)


def test_purge_leaves_what_is_young_was_deleted_otherwise_or_stands(ada, otto, things):
    for content in things:
        before = said(content)
        for reason, age in (
            ("spam", rules.PURGED_AFTER - timedelta(hours=1)),
            (DeletionReason.MISPLACED, rules.PURGED_AFTER),
            ("", rules.PURGED_AFTER),
        ):
            DELETE[type(content)](content, by=otto, reason=reason)
            grow_old(content, age)
            purge_deleted_texts()
            RESTORE[type(content)](content, by=otto)
            assert (said(content), content.deleted_for) == (before, "")
        purge_deleted_texts()
        assert said(content) == before


def test_purge_takes_history_suggestions_and_drafts_of_edits(ada, bob, otto, eve, question):
    body = f"{question.body} {SECRET * 2}"
    edit_post(question, by=ada, title=question.title, body=f"{body} {SECRET * 2}", note="Olga's number")
    edit_post(question, by=ada, title="Who knows Olga of the mill?", body=body)
    redact(Revision.objects.of(question).get(number=2), by=otto, reason="a telephone number")
    approved = suggest_edit(question, (question.title, f"{body} Call."), by=bob, note="the name is Olga")
    approve_suggestion(approved, by=otto)
    question.refresh_from_db()
    suggest_edit(question, (question.title, f"{question.body} Soon."), by=eve, note="more of Olga")
    save_draft(Place(DraftKind.POST_EDIT, question), by=ada, fields={"body": SECRET}, known=None)
    kept = save_draft(Place(DraftKind.ANSWER, question), by=bob, fields={"body": "I would add"}, known=None)
    delete_post(question, by=otto, reason="private")
    grow_old(question)
    purge_deleted_texts()
    texts = Revision.objects.of(question).values_list("number", "title", "body", "tags", "note")
    assert list(texts) == [(number, "", "", "", "") for number in (4, 3, 2, 1)]
    assert [(one.reason, one.sealed) for one in Redaction.objects.all()] == [("a telephone number", None)]
    suggestions = Suggestion.objects.values_list("author__username", "title", "body", "note")
    assert list(suggestions) == [("bob", "", "", "")]
    assert list(Draft.objects.all()) == [kept]


def test_purge_leaves_what_others_wrote_below(ada, bob, otto, answer):
    comment = make_comment(otto, answer)
    before = said(comment)
    delete_answer(answer, by=otto, reason="spam")
    grow_old(answer)
    purge_deleted_texts()
    assert (said(answer), said(comment)) == (("", ""), before)
    assert answer.post.title == Post.objects.get(pk=answer.post_id).title != ""


def test_purge_takes_pictures_that_no_other_text_names(ada, bob, otto, algebra, django_capture_on_commit_callbacks):
    colours = ("red", "green", "blue", "white", "black")
    now, before, answered, drafted, elsewhere = (make_picture(ada, algebra, colour) for colour in colours)
    body = "\n\n".join(line(picture) for picture in (before, now, answered, drafted))
    post = make_post(ada, algebra, body=body)
    edit_post(post, by=ada, title=post.title, body=body.replace(line(before), "") * 2)
    answer = post_answer(post, by=bob, body=line(answered))
    edit_answer(answer, by=bob, body="Without the picture it is as clear as with it, and much shorter.")
    save_draft(Place(DraftKind.POST, algebra), by=bob, fields={"body": line(drafted)}, known=None)
    make_post(ada, algebra, title="Where is the black picture?", body=line(elsewhere))
    delete_post(post, by=otto, reason="illegal")
    grow_old(post)
    with django_capture_on_commit_callbacks(execute=True):
        purge_deleted_texts()
    assert set(Picture.objects.all()) == {answered, drafted, elsewhere}
    storage = now.file.storage
    assert [storage.exists(picture.file.name) for picture in (now, before, answered)] == [False, False, True]


def test_purge_takes_what_the_author_was_told(ada, otto, question):
    delete_post(question, by=otto, reason="spam")
    assert question.title in Notification.objects.get(recipient=ada).title
    grow_old(question)
    purge_deleted_texts()
    assert not Notification.objects.exists()


def test_purged_text_cannot_be_filled_again(otto, things):
    for content in things:
        DELETE[type(content)](content, by=otto, reason="spam")
        grow_old(content)
    purge_deleted_texts()
    for content in things:
        rows = type(content)._base_manager.filter(pk=content.pk)
        for change in ({"body": "again"}, {"html": "again"}, {"deleted_at": None, "deleted_for": ""}):
            with pytest.raises(IntegrityError), transaction.atomic():
                rows.update(**change)


def test_purge_leaves_what_was_brought_back_in_between(otto, question):
    """The task has found it, and waits for the lock of who brings it back."""
    before = said(question)
    delete_post(question, by=otto, reason="spam")
    grow_old(question)
    found = Post.objects.get(pk=question.pk)
    restore_post(question, by=otto)
    purge(found)
    assert said(question) == before


def test_purged_text_without_a_history_has_an_empty_one(otto, question):
    """An import brings histories to texts that have none."""
    Revision.objects.all().delete()
    delete_post(question, by=otto, reason="spam")
    grow_old(question)
    purge_deleted_texts()
    assert list(Revision.objects.of(question).values_list("number", "title", "body")) == [(1, "", "")]
