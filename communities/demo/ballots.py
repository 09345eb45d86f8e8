"""Who voted how in the demo."""

from datetime import datetime

from accounts.models import User
from communities.demo.chance import between, fraction, moment_after
from communities.models import Answer, Post, Reason, Vote

DAYS = 30  # in which most of the votes come


def votes_on(
    post: Post, answer: Answer | None, members: list[User], *, key: str, up: int, down: int, now: datetime
) -> list[Vote]:
    """Votes by members other than the author: as many as wanted, or as there are people for."""
    content = answer or post
    others = [member for member in members if member.pk != content.author_id]
    others.sort(key=lambda member: fraction(key, "voter", member.username))
    values = [1] * up + [-1] * down
    votes = []
    for voter, value in zip(others, values, strict=False):
        hours = 24 * DAYS * fraction(key, "when", voter.username) ** 3
        at = moment_after(content.created_at, hours, key, voter.username, now=now)
        reason = Reason.values[between(0, 2, key, "reason", voter.username)] if value < 0 else ""
        vote = Vote(voter=voter, post=post, answer=answer, value=value, reason=reason, created_at=at, changed_at=at)
        votes.append(vote)
    return votes
