"""Comments that want something clarified, and who settles them; how many people a text may name."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from communities.actions.answering import edit_answer
from communities.actions.commenting import add_comment, resolve_comment
from communities.actions.community import join_community
from communities.actions.following import follow
from communities.models import Comment, Level, Membership, Role, Trust
from notifications.models import Notification
from tests.factories import make_answer, make_comment, make_user


@pytest.fixture
def comment(otto, answer) -> Comment:
    return add_comment(answer, by=otto, body="Which step do you mean?", kind="clarify")


def test_settled_by_who_asked_the_authors_and_moderators_alone(ada, bob, otto, mina, eve, algebra, comment):
    join_community(algebra, by=mina)
    for person in (ada, bob, otto):
        for is_resolved in (True, True, False):
            resolve_comment(comment, by=person, is_resolved=is_resolved)
            comment.refresh_from_db()
            assert (comment.resolved_at is not None, comment.resolved_by) == (
                is_resolved,
                person if is_resolved else None,
            )
    for person in (mina, eve):
        with pytest.raises(PermissionDenied):
            resolve_comment(comment, by=person, is_resolved=True)
    talk = make_comment(ada, comment.answer)
    Membership.objects.filter(user=ada).update(role=Role.READ_ONLY)
    with pytest.raises(PermissionDenied):
        resolve_comment(comment, by=ada, is_resolved=True)
    with pytest.raises(PermissionDenied):
        resolve_comment(talk, by=otto, is_resolved=True)
    assert not Comment.objects.filter(resolved_at__isnull=False).exists()


def test_who_asked_to_clarify_hears_that_it_is_settled_once_while_unread(ada, bob, otto, comment):
    for person, is_resolved in ((ada, True), (ada, False), (ada, True), (otto, False), (otto, True)):
        resolve_comment(comment, by=person, is_resolved=is_resolved)
    told = Notification.objects.of(otto).filter(url=comment.get_absolute_url())
    title = f"Ada settled what you wanted clarified in “{comment.post.title}”"
    assert list(told.values_list("kind", "title")) == [("comment", title)]


def test_who_follows_less_closely_hears_of_no_settling(ada, otto, comment):
    follow(comment.post, by=otto, level=Level.OFF)
    resolve_comment(comment, by=ada, is_resolved=True)
    assert not Notification.objects.of(otto).filter(url=comment.get_absolute_url()).exists()


def test_settling_marks_the_answer_changed(ada, comment):
    versions = []
    for is_resolved in (True, True, False):
        resolve_comment(comment, by=ada, is_resolved=is_resolved)
        comment.answer.refresh_from_db()
        versions.append(comment.answer.version)
    assert versions == [versions[0], versions[0], versions[0] + 1]


@pytest.mark.parametrize(
    ("promise", "change"),
    [
        ("comment_kind_known", {"kind": "shout"}),
        ("resolved_says_who_and_was_to_clarify", {"resolved_at": timezone.now()}),
        ("resolved_says_who_and_was_to_clarify", {"kind": "talk", "resolved_at": timezone.now(), "by": True}),
    ],
)
def test_the_database_keeps_the_promises(otto, comment, promise, change):
    if change.pop("by", False):
        change["resolved_by"] = otto
    with pytest.raises(IntegrityError, match=promise), transaction.atomic():
        Comment.objects.filter(pk=comment.pk).update(**change)


def test_new_member_names_two_people_others_ten(bob, algebra, question):
    names = [f"learner{number}" for number in range(12)]
    for name in names:
        join_community(algebra, by=make_user(name))
    text = "Thanks to " + " ".join(f"@{name}" for name in names)
    told = {}
    for trust in (Trust.NEW, Trust.KNOWN):
        Membership.objects.filter(user=bob).update(trust_level=trust)
        Notification.objects.all().delete()
        answer = make_answer(bob, question, f"{text}, says somebody of trust {trust}.")
        told[trust] = Notification.objects.filter(kind="mention").count()
        edit_answer(answer, by=bob, body=f"{text}, says somebody of trust {trust}, again.")
        assert Notification.objects.filter(kind="mention").count() == told[trust]
        Membership.objects.filter(user=bob).update(trust_level=Trust.KNOWN)
    assert told == {Trust.NEW: 2, Trust.KNOWN: 10}
