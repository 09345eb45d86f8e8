"""Who hears of what: once for one text, only where they may read, and no longer than it stands."""

import pytest

from communities.actions.answering import (
    accept_answer,
    delete_answer,
    edit_answer,
    post_answer,
    restore_answer,
    unaccept_answer,
)
from communities.actions.commenting import add_comment, delete_comment, edit_comment
from communities.actions.community import join_community, leave_community
from communities.actions.posting import delete_post, edit_post, publish_post
from communities.actions.voting import cast_vote
from communities.models import Membership
from communities.rules import MENTIONS_MAX
from notifications.actions import notify, withdraw
from notifications.models import Kind, Notification
from tests.factories import make_answer, make_comment, make_post, make_stub, make_user

BODY = "Multiply both sides by the common denominator first."


def told() -> list[tuple[str, str, str, str]]:
    rows = Notification.objects.order_by("pk").values_list("recipient__username", "kind", "title", "url")
    return list(rows)


def test_asker_hears_of_an_answer(bob, question):
    answer = make_answer(bob, question)
    assert told() == [
        (
            "ada",
            "answer",
            "Bob answered “Why do signs flip in brackets?”",
            f"/c/algebra/posts/{question.pk}/answers/{answer.pk}/",
        )
    ]


def test_author_hears_of_comments_on_post_and_answer(ada, bob, otto, answer):
    Notification.objects.all().delete()
    on_post, on_answer = make_comment(otto, answer.post), make_comment(otto, answer)
    assert told() == [
        ("ada", "comment", "Otto commented on “Why do signs flip in brackets?”", on_post.get_absolute_url()),
        (
            "bob",
            "comment",
            "Otto commented on your answer to “Why do signs flip in brackets?”",
            on_answer.get_absolute_url(),
        ),
    ]


def test_answerer_hears_of_the_acceptance_once(ada, answer):
    Notification.objects.all().delete()
    accept_answer(answer, by=ada)
    accept_answer(answer, by=ada)
    title = "Ada accepted your answer to “Why do signs flip in brackets?”"
    assert told() == [("bob", "accept", title, answer.get_absolute_url())]


def test_nobody_hears_of_own_deeds_or_of_votes(ada, bob, question):
    own = make_answer(ada, question)
    make_comment(ada, question)
    make_comment(ada, own)
    cast_vote(own, by=bob, value=1)
    cast_vote(question, by=bob, value=1)
    assert told() == []


def test_mentioned_members_hear_once_and_only_members(ada, bob, otto, eve, algebra):
    post = publish_post(
        algebra, by=ada, kind="question", title="Why do signs flip?", body=f"@bob @BOB @eve @ada {BODY}"
    )
    assert told() == [("bob", "mention", "Ada mentioned you in “Why do signs flip?”", post.permanent_url)]
    assert post.html.startswith('<p><a class="mention" href="/members/bob/" ')
    assert "/members/eve/" not in post.html


def test_asker_who_is_mentioned_hears_of_the_answer_only(ada, bob, question):
    post_answer(question, by=bob, body=f"@ada {BODY}")
    assert [(who, kind) for who, kind, *_ in told()] == [("ada", "answer")]


def test_commented_author_who_is_mentioned_hears_of_the_comment_only(ada, otto, answer):
    Notification.objects.all().delete()
    add_comment(answer, by=otto, body="@bob and @ada: which step?")
    assert [(who, kind) for who, kind, *_ in told()] == [("bob", "comment"), ("ada", "mention")]


def test_edits_tell_only_the_newly_mentioned(ada, bob, otto, question):
    answer = post_answer(question, by=bob, body=f"@otto {BODY}")
    comment = add_comment(answer, by=ada, body="@otto, is that so?")
    Notification.objects.all().delete()
    edit_answer(answer, by=bob, body=f"@otto @ada {BODY}")
    edit_comment(comment, by=ada, body="@otto @bob, is that so?")
    edit_post(question, by=ada, title=question.title, body=f"@bob {BODY}")
    assert [(who, kind, url) for who, kind, _, url in told()] == [
        ("ada", "mention", answer.get_absolute_url()),
        ("bob", "mention", comment.get_absolute_url()),
        ("bob", "mention", question.permanent_url),
    ]


def test_the_first_ten_names_count(ada, algebra):
    names = [f"learner{n}" for n in range(MENTIONS_MAX + 2)]
    for name in names:
        join_community(algebra, by=make_user(name))
    make_post(ada, algebra, body=" ".join(f"@{name}" for name in names) + BODY)
    assert sorted(who for who, *_ in told()) == sorted(names[:MENTIONS_MAX])


def test_stubs_and_closed_accounts_hear_nothing(bob, otto, algebra):
    stub = make_stub("gauss")
    Membership.objects.create(community=algebra, user=stub)
    post = make_post(stub, algebra)
    make_answer(bob, post)
    bob.is_active = False
    bob.save()
    make_post(otto, algebra, title="To those who are gone", body=f"@gauss @bob {BODY}")
    assert told() == []


@pytest.mark.parametrize("act", [make_answer, make_comment])
def test_who_left_a_private_community_hears_nothing(ada, bob, closed, act):
    post = make_post(ada, closed)
    leave_community(closed, by=ada)
    act(bob, post)
    assert told() == []


def test_who_left_a_public_community_hears_on(ada, bob, question):
    leave_community(question.community, by=ada)
    make_answer(bob, question)
    assert [(who, kind) for who, kind, *_ in told()] == [("ada", "answer")]


def test_deletion_takes_back_all_that_points_there(ada, bob, otto, question):
    answers = [make_answer(person, question, f"{BODY} {person}") for person in (bob, otto)]
    comment = make_comment(otto, answers[0])
    make_comment(ada, answers[0])
    make_comment(bob, question)
    other = make_comment(bob, make_post(ada, question.community, title="Another question, please"))
    accept_answer(answers[0], by=ada)
    assert len(told()) == 7
    delete_comment(comment, by=otto)
    assert len(told()) == 6
    delete_answer(answers[0], by=bob)
    assert told()[0][-1] == answers[1].get_absolute_url()
    assert len(told()) == 3
    delete_post(question, by=ada)
    assert [url for *_, url in told()] == [other.get_absolute_url()]


def test_addresses_are_compared_part_by_part(ada, bob, answer):
    """/posts/1/ is not the beginning of /posts/10/, and the underscore of LIKE is no wildcard."""
    Notification.objects.all().delete()
    for url in (answer.post.permanent_url.replace("/posts/", "/posts/1"), "/c/algebra-x/"):
        notify(ada, Kind.MENTION, title="Bob mentioned you", url=url)
    delete_post(answer.post, by=ada)
    withdraw(url="/c/algebra_x/")
    assert len(told()) == 2


def test_unaccept_and_restore_tell_nobody(ada, bob, answer):
    accept_answer(answer, by=ada)
    Notification.objects.all().delete()
    unaccept_answer(answer, by=ada)
    delete_answer(answer, by=bob)
    restore_answer(answer, by=bob)
    assert told() == []


def test_the_longest_names_and_titles_are_told_in_full(ada, bob, algebra):
    post = make_post(ada, algebra, title="W" * 150)
    bob.name = "B" * 60
    bob.save()
    make_comment(ada, make_answer(bob, post))
    endings = (" answered “”", "Ada commented on your answer to “”")
    assert [len(title) for _, _, title, _ in told()] == [60 + len(endings[0]) + 150, len(endings[1]) + 150]
