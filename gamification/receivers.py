"""What this floor does about facts from below: whatever happened, what is due is compared with what stands."""

from django.dispatch import receiver

from communities.models import Answer, Comment, Membership, Post, Suggestion, Vote
from communities.signals import (
    answer_accepted,
    answer_deleted,
    answer_restored,
    answer_unaccepted,
    demo_planted,
    member_joined,
    member_left,
    post_converted,
    post_deleted,
    post_disassociated,
    post_restored,
    suggestion_approved,
    text_returned,
    vote_cast,
)
from gamification import ledger
from gamification.achievements.rarity import measure_rarity
from gamification.achievements.weighing import weigh_everybody
from gamification.boards.choosing import rescore_soon
from gamification.ledger import Scope, settle
from gamification.settling import settle_everything
from gamification.tasks import sum_up_member, weigh_member
from outbox import enqueue


@receiver(vote_cast)
def settle_vote(vote: Vote, **_: object) -> None:
    """What is voted up may bring its author to an achievement."""
    if not vote.post.is_question:
        return
    if vote.value == 1:
        enqueue(weigh_member, vote.post.author_id if vote.answer is None else vote.answer.author_id)
    if vote.answer_id is None:
        settle(ledger.VOTES, Scope(posts=[vote.post_id], voter=vote.voter_id))
    else:
        settle(ledger.VOTES, Scope(answers=[vote.answer_id], questions=[vote.post_id], voter=vote.voter_id))


@receiver([answer_accepted, answer_unaccepted])
def settle_acceptance(answer: Answer, **_: object) -> None:
    """All of the question at once, for one acceptance often ends another; a converted post is settled whole."""
    if answer.post.is_question:
        settle(ledger.ACCEPTANCES, Scope(questions=[answer.post_id]))
        for member in {answer.author_id, answer.post.author_id}:
            enqueue(weigh_member, member)


@receiver([answer_deleted, answer_restored])
def settle_answer(answer: Answer, **_: object) -> None:
    settle(ledger.EVERYTHING, Scope(answers=[answer.pk], questions=[answer.post_id]))


@receiver([post_deleted, post_restored, post_converted, post_disassociated])
def settle_post(post: Post, **_: object) -> None:
    """With its answers, which go out of sight with it."""
    answers = list(Answer.objects.filter(post=post).values_list("pk", flat=True))
    settle(ledger.EVERYTHING, Scope(posts=[post.pk], answers=answers, questions=[post.pk]))


@receiver(suggestion_approved)
def settle_edit(suggestion: Suggestion, **_: object) -> None:
    settle(ledger.EDITS, Scope(edited=[suggestion.post_id]))
    enqueue(weigh_member, suggestion.author_id)


@receiver(text_returned)
def settle_edits(content: Post | Answer | Comment, **_: object) -> None:
    if not isinstance(content, Comment):
        settle(ledger.EDITS, Scope(edited=[content.post.pk]))


@receiver(member_joined)
def sum_up_soon(membership: Membership, **_: object) -> None:
    """Who comes back finds what they had: after commit, for the community is locked here, and people come before it."""
    enqueue(sum_up_member, membership.user_id)


@receiver(member_left)
def rescore_who_left(membership: Membership, **_: object) -> None:
    """Only members stand on the board of a community."""
    rescore_soon(membership.user)


@receiver(demo_planted)
def settle_demo(**_: object) -> None:
    for _change in settle_everything():
        pass
    weigh_everybody()
    measure_rarity()
