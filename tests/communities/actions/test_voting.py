"""Votes: what one says is what counts, however often it is said."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from communities.actions.answering import delete_answer
from communities.actions.community import leave_community
from communities.actions.posting import delete_post
from communities.actions.voting import cast_vote
from communities.counts import recount_votes
from communities.models import Answer, Post, Vote, VoteChange
from communities.tasks import recount_votes_nightly
from tests.factories import make_community

MEMBERS_ONLY = "Only members of this community can vote here."


def counted(content: Post | Answer) -> tuple[int, int]:
    content.refresh_from_db()
    return content.up, content.down


def log(vote: Vote) -> list[int]:
    return list(vote.changes.order_by("pk").values_list("value", flat=True))


def test_cast_up_counts_logs_and_announces_once(ada, answer, heard):
    version = answer.version
    vote = cast_vote(answer, by=ada, value=1)
    assert (vote.voter, vote.post, vote.answer, vote.value, vote.generation) == (ada, answer.post, answer, 1, 1)
    assert counted(answer) == (1, 0)
    assert (answer.score, answer.quality, answer.version) == (1, 0.6, version + 1)
    assert log(vote) == [1]
    assert heard == [("vote_cast", {"vote": vote, "before": 0})]


def test_cast_same_again_changes_and_announces_nothing(ada, answer, heard):
    first = cast_vote(answer, by=ada, value=-1)
    answer.refresh_from_db()
    version = answer.version
    assert cast_vote(answer, by=ada, value=-1) == first
    assert counted(answer) == (0, 1)
    assert (answer.version, Vote.objects.count(), log(first), len(heard)) == (version, 1, [-1], 1)


def test_undo_keeps_the_row_with_zero(ada, answer, heard):
    vote = cast_vote(answer, by=ada, value=1)
    assert cast_vote(answer, by=ada, value=0) == vote
    vote.refresh_from_db()
    assert (vote.value, vote.generation, counted(answer)) == (0, 1, (0, 0))
    assert [(name, fact["before"]) for name, fact in heard] == [("vote_cast", 0), ("vote_cast", 1)]


def test_undo_of_nothing_leaves_no_trace(ada, answer, heard):
    assert cast_vote(answer, by=ada, value=0) is None
    assert (Vote.objects.count(), VoteChange.objects.count(), heard) == (0, 0, [])


def test_cast_anew_and_turned_round_begin_a_generation(ada, answer):
    generations = [cast_vote(answer, by=ada, value=value).generation for value in (1, -1, 0, 1, 1, 0, 0, -1)]
    assert generations == [1, 2, 2, 3, 3, 3, 3, 4]
    assert log(Vote.objects.get()) == [1, -1, 0, 1, 0, -1]
    assert counted(answer) == (0, 1)


def test_votes_on_post_and_answer_are_counted_apart(bob, otto, answer):
    question = answer.post
    cast_vote(question, by=bob, value=1)
    cast_vote(question, by=otto, value=1)
    cast_vote(answer, by=otto, value=-1)
    assert (counted(question), counted(answer)) == ((2, 0), (0, 1))


def test_imported_votes_are_added_at_every_recount(ada, otto, answer):
    Answer.objects.filter(pk=answer.pk).update(imported_up=7, imported_down=2, up=7, down=2)
    cast_vote(answer, by=ada, value=1)
    cast_vote(answer, by=otto, value=-1)
    assert counted(answer) == (8, 3)
    cast_vote(answer, by=ada, value=0)
    assert counted(answer) == (7, 3)


def test_cast_updates_what_the_caller_holds(ada, answer):
    cast_vote(answer, by=ada, value=1)
    held = (answer.up, answer.down, answer.version, answer.net)
    answer.refresh_from_db()
    assert held == (answer.up, answer.down, answer.version, answer.score)


def test_own_content_is_refused(ada, bob, answer, heard):
    for content, author in ((answer, bob), (answer.post, ada)):
        with pytest.raises(PermissionDenied) as refusal:
            cast_vote(content, by=author, value=1)
        assert str(refusal.value) == "You can't vote on what you wrote yourself."
    assert (Vote.objects.count(), heard) == (0, [])


@pytest.mark.parametrize("value", [-1, 2, -2])
def test_posts_take_up_votes_only(bob, question, value):
    with pytest.raises(PermissionDenied) as refusal:
        cast_vote(question, by=bob, value=value)
    assert str(refusal.value) == "Posts can only be voted up."
    assert Vote.objects.count() == 0


def test_outsider_and_former_member_are_refused(bob, ada, eve, otto, answer, heard):
    cast_vote(answer, by=ada, value=1)
    leave_community(answer.post.community, by=ada)
    for person in (eve, ada):
        for content in (answer, answer.post):
            with pytest.raises(PermissionDenied):
                cast_vote(content, by=person, value=0 if person == ada else 1)
    assert (counted(answer), counted(answer.post), len(heard)) == ((1, 0), (0, 0), 1)


def test_member_of_another_community_is_refused(eve, mina, answer):
    make_community(eve, mina, name="Chemistry")
    with pytest.raises(PermissionDenied) as refusal:
        cast_vote(answer, by=mina, value=1)
    assert str(refusal.value) == MEMBERS_ONLY


def test_deleted_content_takes_no_vote(ada, bob, otto, answer):
    question = answer.post
    delete_answer(answer, by=bob)
    delete_post(question, by=ada)
    for content in (answer, question):
        with pytest.raises(PermissionDenied) as refusal:
            cast_vote(content, by=otto, value=1)
        assert str(refusal.value) == MEMBERS_ONLY
    assert Vote.objects.count() == 0


def test_answer_of_deleted_post_takes_no_vote(ada, otto, answer):
    delete_post(answer.post, by=ada)
    with pytest.raises(PermissionDenied):
        cast_vote(answer, by=otto, value=1)
    assert counted(answer) == (0, 0)


@pytest.mark.parametrize(
    ("promise", "row"),
    [
        ("vote_once", {"value": 1}),
        ("vote_value_known", {"value": 2, "by_otto": True}),
        ("no_downvote_on_posts", {"value": -1, "by_otto": True}),
    ],
)
def test_the_database_keeps_the_promises(bob, otto, question, promise, row):
    cast_vote(question, by=bob, value=1)
    voter = otto if row.get("by_otto") else bob
    with pytest.raises(IntegrityError, match=promise), transaction.atomic():
        Vote.objects.create(voter=voter, post=question, value=row["value"])


def test_nightly_recount_mends_what_drifted_and_nothing_else(ada, bob, otto, answer, caplog):
    question = answer.post
    cast_vote(answer, by=ada, value=1)
    cast_vote(question, by=otto, value=1)
    Answer.objects.filter(pk=answer.pk).update(up=5, down=1)
    question.refresh_from_db()
    version = question.version
    recount_votes_nightly()
    assert (counted(answer), counted(question), question.version) == ((1, 0), (1, 0), version)
    assert [r.getMessage() for r in caplog.records if r.name == "communities.tasks"] == [
        f"Answer {answer.pk}: 5 up, 1 down was wrong"
    ]


def test_recount_of_what_is_right_gives_the_same(ada, otto, answer):
    cast_vote(answer, by=ada, value=1)
    cast_vote(answer, by=otto, value=-1)
    answer.refresh_from_db()
    recount_votes(answer)
    assert counted(answer) == (1, 1)
