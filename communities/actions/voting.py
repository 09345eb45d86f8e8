"""Casting, changing and undoing a vote."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from communities import permissions
from communities.ballots import write_vote
from communities.counts import recount_votes
from communities.models import Answer, Post, Vote
from communities.reading import lock, membership, vote_of
from communities.signals import vote_cast


def cast_vote(content: Post | Answer, *, by: User, value: int) -> Vote | None:
    """Makes `by`'s vote on a post (1, 0) or an answer (1, 0, -1) be `value`; None when there was nothing to undo.

    Idempotent: the same value again changes and announces nothing. Locks the content (an answer with its post),
    recounts it from the votes, logs the change, announces `vote_cast`. Raises PermissionDenied for one's own content,
    for people who are not members, and for a down vote on a post.
    """
    if value not in ((1, 0, -1) if isinstance(content, Answer) else (1, 0)):
        raise PermissionDenied(_("Posts can only be voted up."))
    with transaction.atomic():
        locked = lock(content)
        post, answer = (locked.post, locked) if isinstance(locked, Answer) else (locked, None)
        me = membership(by, post.community_id)
        if locked.author_id == by.pk:
            raise PermissionDenied(_("You can't vote on what you wrote yourself."))
        if not permissions.can_vote_on(me, locked) or post.is_deleted:
            raise PermissionDenied(_("Only members of this community can vote here."))
        vote = vote_of(by, post, answer)
        before = vote.value if vote else 0
        if value == before:
            return vote
        if vote is None:
            vote = Vote(post=post, answer=answer, voter=by, value=value)
        else:
            vote.generation += 1 if value else 0
            vote.value = value
            vote.changed_at = timezone.now()
        write_vote(vote)
        recount_votes(locked)
        vote_cast.send(Vote, vote=vote, before=before)
    content.up, content.down, content.version = locked.up, locked.down, locked.version
    return vote
