"""@everyone: a word of moderators, once a day, heard by each member once."""

from datetime import timedelta

import pytest
from django.utils import timezone

from communities.actions.answering import delete_answer
from communities.actions.commenting import delete_comment
from communities.actions.posting import delete_post
from communities.models import Callout
from communities.tasks import tell_everyone
from notifications.models import Notification
from tests.factories import make_answer, make_comment, make_post

BODY = "@everyone, the meeting is on Friday, with tea and equations."


def told() -> list[tuple[str, str]]:
    for pk in Callout.objects.values_list("pk", flat=True):
        for _ in range(2):
            tell_everyone(pk)
    return sorted(Notification.objects.filter(kind="mention").values_list("recipient__username", "url"))


def test_moderator_calls_all_members_each_once(ada, bob, otto, mina, algebra):
    post = make_post(otto, algebra, body=f"{BODY} Bring your notes, @ada.")
    assert told() == [("ada", post.permanent_url), ("bob", post.permanent_url)]
    titles = dict(Notification.objects.values_list("recipient__username", "title"))
    assert titles["bob"] == f"Otto calls everybody to “{post.title}”"


def test_second_call_of_the_day_is_a_word(otto, algebra, question):
    first = make_comment(otto, question, BODY)
    make_answer(otto, question, BODY)
    assert {url for _, url in told()} == {first.get_absolute_url()}
    Callout.objects.update(day=timezone.now().date() - timedelta(days=1))
    answer = make_answer(otto, question, f"{BODY} This is another day.")
    assert {url for _, url in told()} == {first.get_absolute_url(), answer.get_absolute_url()}


def test_from_others_it_is_a_word(ada, bob, algebra, question):
    make_answer(bob, question, BODY)
    make_post(ada, algebra, title="The meeting is on Friday", body=BODY)
    assert (Callout.objects.count(), told()) == (0, [])


@pytest.mark.parametrize(
    "body",
    ["`@everyone` is what moderators write to call all.", "Write everyone@example.org, all of you, and say hello."],
)
def test_code_and_addresses_call_nobody(otto, algebra, body):
    make_post(otto, algebra, body=body)
    assert Callout.objects.count() == 0


def test_deleted_text_calls_nobody(otto, algebra):
    delete_post(make_post(otto, algebra, body=BODY), by=otto)
    assert told() == []
    assert Callout.objects.get().told_at is not None


def test_deleted_answer_or_comment_calls_nobody(otto, question):
    delete_answer(make_answer(otto, question, BODY), by=otto)
    assert (told(), Callout.objects.filter(told_at=None).count()) == ([], 0)


def test_deletion_of_another_text_calls_nobody_off(otto, ada, question):
    called = make_comment(otto, question, BODY)
    delete_comment(make_comment(ada, question), by=ada)
    assert {url for _, url in told()} == {called.get_absolute_url()}
