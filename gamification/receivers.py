"""What this floor does about facts from below: whatever happened, what is due is compared with what stands."""

from datetime import datetime

from django.contrib.auth.signals import user_logged_in
from django.db.models import Q
from django.dispatch import receiver

from accounts.models import User
from accounts.signals import suspension_changed, zone_changed
from communities.models import Answer, Comment, Membership, Post, Suggestion, Vote
from communities.signals import (
    answer_accepted,
    answer_deleted,
    answer_published,
    answer_restored,
    answer_unaccepted,
    comment_deleted,
    comment_published,
    comment_restored,
    demo_planted,
    member_joined,
    member_left,
    post_converted,
    post_deleted,
    post_disassociated,
    post_published,
    post_restored,
    suggestion_approved,
    text_returned,
    vote_cast,
)
from gamification import ledger, rules
from gamification.achievements.demo import plant_achievements
from gamification.boards.choosing import plant_appearances, rescore_soon
from gamification.ledger import Scope, lock_people, settle, settle_days
from gamification.models import Act, Entry, Source, ZoneMove
from gamification.settling import settle_everything
from gamification.streaks.acts import Filled, Sources, note, note_all, people_in, sources_in
from gamification.streaks.flame import kindle_after, kindle_everybody
from gamification.streaks.noted import say_noted
from gamification.summing import sum_up_membership
from gamification.tasks import kindle
from outbox import enqueue


@receiver(vote_cast)
def settle_vote(vote: Vote, **_: object) -> None:
    if not vote.post.is_question:
        return
    if vote.answer_id is None:
        settle(ledger.VOTES, Scope(posts=[vote.post_id], voter=vote.voter_id))
    else:
        settle(ledger.VOTES, Scope(answers=[vote.answer_id], questions=[vote.post_id], voter=vote.voter_id))


@receiver([answer_accepted, answer_unaccepted])
def settle_acceptance(answer: Answer, **_: object) -> None:
    """All of the question at once, for one acceptance often ends another; a converted post is settled whole."""
    if answer.post.is_question:
        settle(ledger.ACCEPTANCES, Scope(questions=[answer.post_id]))


@receiver(post_published)
def note_question(post: Post, **_: object) -> None:
    if post.is_question:
        _note(post.author, Act.POST, post.pk, post.community_id, post.created_at)


@receiver(answer_published)
def note_answer(answer: Answer, **_: object) -> None:
    if answer.post.is_question:
        _note(answer.author, Act.ANSWER, answer.pk, answer.post.community_id, answer.created_at)


@receiver(comment_published)
def note_comment(comment: Comment, **_: object) -> None:
    if len(comment.body) >= rules.COMMENT_FILLS_FROM:
        settle_days(_note(comment.author, Act.COMMENT, comment.pk, comment.post.community_id, comment.created_at))


def _note(by: User, source: Act, pk: int, community: int, at: datetime) -> Filled:
    """Who did it sees their flame change."""
    filled = note(by, source, pk, community, at)
    say_noted()
    kindle_after(by.pk)
    return filled


def _note_all(sources: Sources) -> Filled:
    """Others see it a little later."""
    filled = note_all(sources)
    if filled:
        say_noted()
    for person in {person for person, _day in filled}:
        enqueue(kindle, person)
    return filled


@receiver([comment_deleted, comment_restored])
def settle_comment(comment: Comment, **_: object) -> None:
    lock_people([comment.author_id])
    settle_days(_note_all(Sources(comments=[comment.pk])))


@receiver([answer_deleted, answer_restored])
def settle_answer(answer: Answer, **_: object) -> None:
    """With its comments, which go out of sight with it. Another answer may become the one that came to the rescue."""
    comments = list(Comment.objects.filter(answer=answer).values_list("pk", flat=True))
    sources = Sources(answers=[answer.pk], comments=comments)
    lock_people({*people_in(sources), *_concerned(answer.post)})
    settle(ledger.EVERYTHING, Scope(answers=[answer.pk], questions=[answer.post_id]), days=_note_all(sources))


@receiver([post_deleted, post_restored, post_converted, post_disassociated])
def settle_post(post: Post, **_: object) -> None:
    """With its answers and comments, which go out of sight with it."""
    sources = sources_in([post.pk])
    lock_people({*people_in(sources), *_concerned(post)})
    scope = Scope(posts=[post.pk], answers=sources.answers, questions=[post.pk])
    settle(ledger.EVERYTHING, scope, days=_note_all(sources))


def _concerned(post: Post) -> set[int]:
    """Who asked and who answered, and who has entries from that: another answer may have rescued the question now."""
    answers = Answer.objects.filter(post=post)
    of_it = Q(source_type=Source.POST, source_id=post.pk) | Q(source_type=Source.ANSWER, source_id__in=answers)
    earned = Entry.objects.filter(of_it).values_list("user", flat=True)
    return {post.author_id, *answers.values_list("author", flat=True), *earned.distinct()}


@receiver(suggestion_approved)
def settle_edit(suggestion: Suggestion, **_: object) -> None:
    _settle_edits(suggestion.post)


@receiver(text_returned)
def settle_edits(content: Post | Answer | Comment, **_: object) -> None:
    if not isinstance(content, Comment):
        _settle_edits(content.post)


def _settle_edits(post: Post) -> None:
    sources = Sources(suggestions=list(Suggestion.objects.filter(post=post).values_list("pk", flat=True)))
    lock_people(people_in(sources))
    settle(ledger.EDITS, Scope(edited=[post.pk]), days=_note_all(sources))


@receiver(zone_changed)
def note_move(user: User, before: str, **_: object) -> None:
    ZoneMove.objects.create(user=user, zone_before=before, zone=user.time_zone)
    kindle_after(user.pk)


@receiver(member_joined)
def find_what_they_had(membership: Membership, **_: object) -> None:
    """Who comes back. Without the lock of their row, for the community is locked here, and people come before it."""
    sum_up_membership(membership)
    rescore_soon(membership.user)


@receiver(member_left)
def rescore_who_left(membership: Membership, **_: object) -> None:
    """Only members stand on the board of a community."""
    rescore_soon(membership.user)


@receiver(suspension_changed)
def rescore_who_was_suspended(user: User, **_: object) -> None:
    """Or came back."""
    rescore_soon(user)


@receiver(user_logged_in)
def rescore_who_was_claimed(user: User, **_: object) -> None:
    """With their first sign-in a stub becomes somebody who stands on boards."""
    if user.origin_url is not None:
        rescore_soon(user)


@receiver(demo_planted)
def settle_demo(people: dict[str, User], **_: object) -> None:
    for _change in settle_everything():
        pass
    kindle_everybody()
    plant_appearances(people.values())
    plant_achievements(people.values())
