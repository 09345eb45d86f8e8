"""Casting, changing and undoing a vote."""

from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from communities import permissions, rules
from communities.ballots import Spent, ballot_of, write_vote
from communities.counts import recount_votes
from communities.models import Answer, Membership, Post, Vote
from communities.reading import hold_membership, lock_voted
from communities.signals import vote_cast
from net.limits import Rate, TooOften


class ReasonMissing(Exception):
    """A down vote says why."""


def cast_vote(content: Post | Answer, *, by: User, value: int, reason: str = "") -> Vote | None:
    """Makes `by`'s vote on a post or an answer be `value` (1, 0, -1); None when there was nothing to undo.

    Idempotent: the same value again changes and announces nothing. Locks the content (an answer with its post), then
    holds the membership, so that the votes of one person are counted one after another; recounts the content from the
    votes, logs the change, announces `vote_cast`. Raises PermissionDenied for what may not be voted on or not by this
    member, ReasonMissing for a down vote without reason, TooOften beyond the votes of a day.
    """
    with transaction.atomic():
        locked = lock_voted(content)
        post, answer = (locked.post, locked) if isinstance(locked, Answer) else (locked, None)
        me = hold_membership(by, post.community_id)
        ballot = ballot_of(by.pk, locked, value)
        if locked.author_id == by.pk or (answer is None and ballot.asked_once):
            raise PermissionDenied(_("You can't vote on what you wrote yourself."))
        if me is None or not permissions.can_vote_on(me, locked) or post.is_deleted:
            raise PermissionDenied(_("Only members of this community can vote here."))
        vote = ballot.vote
        before = vote.value if vote else 0
        if value == before:
            _as_counted(content, locked)
            return vote
        if value:
            _check_may_cast(me, locked, value)
            if value == -1 and not reason:
                raise ReasonMissing
            _check_not_too_often(me, ballot.spent, value)
        if vote is None:
            vote = Vote(voter=by, value=value)
        else:
            vote.generation += 1 if value else 0
            vote.value = value
            vote.changed_at = timezone.now()
        vote.post, vote.answer = post, answer
        vote.reason = reason if value == -1 else ""
        write_vote(vote)
        recount_votes(locked)
        vote_cast.send(Vote, vote=vote, before=before)
    _as_counted(content, locked)
    return vote


def _as_counted(content: Post | Answer, locked: Post | Answer) -> None:
    """What the caller goes on with was read before the lock."""
    content.up, content.down, content.version = locked.up, locked.down, locked.version


def _check_may_cast(me: Membership, content: Post | Answer, value: int) -> None:
    if value == 1 and not permissions.can_vote_up(me, content):
        raise PermissionDenied(
            _("You are new here. Read a few posts; until then you can vote on the answers to your own questions.")
        )
    if value == -1 and not permissions.takes_down_votes(content):
        if isinstance(content, Answer):
            raise PermissionDenied(_("Nothing is voted down in this community."))
        raise PermissionDenied(_("Posts can only be voted up."))
    if value == -1 and not permissions.can_vote_down(me, content):
        raise PermissionDenied(_("Voting down takes more time in this community. A comment helps the author, too."))


def _check_not_too_often(me: Membership, cast: Spent, value: int) -> None:
    """Counted in the log: undoing returns nothing."""
    a_day = rules.VOTES_A_DAY[value][me.trust]
    if cast.today >= a_day:
        sentence = _("%(n)d votes of this kind are all that you have for one day. Tomorrow there are more.")
        raise _too_often(a_day, rules.VOTE_DAY, sentence % {"n": a_day})
    for amount, limit, time in (
        (cast.on_author_today, rules.VOTES_ON_ONE_AUTHOR_A_DAY[value], rules.VOTE_DAY),
        (cast.on_author_this_week, rules.VOTES_ON_ONE_AUTHOR_A_WEEK[value], rules.VOTE_WEEK),
    ):
        if amount >= limit:
            raise _too_often(limit, time, _("Those were many votes for one person. Please come back another day."))


def _too_often(amount: int, time: timedelta, sentence: str) -> TooOften:
    seconds = int(time.total_seconds())
    return TooOften(Rate(amount, seconds), seconds, sentence)
