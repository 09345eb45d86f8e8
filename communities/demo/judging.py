"""Who vouches for which answers of the demo, and for whom they worked."""

from datetime import datetime

from communities.demo.chance import between, fraction, moment_after, shuffled
from communities.demo.threads import Place
from communities.judgements import recount_judgements
from communities.models import Answer, Endorsement, Membership, Outcome, Reaction
from communities.models.community import MENTORING

MENTORS = 2
ENDORSED, WORKED = 0.4, 0.6  # of the accepted answers
OUTDATED = "The other answers go further by now; whoever begins here takes a detour."


def mentors_of(place: Place) -> list[str]:
    """Some of those who answer; a private community is small enough without."""
    if place.is_private:
        return []
    answering = {reply.author for thread in place.threads for reply in thread.replies}
    return shuffled(answering - {place.owner}, place.slug, "mentors")[:MENTORS]


def judge(answers: list[Answer], members: list[Membership], now: datetime) -> None:
    """Endorses some accepted answers, lets others say that it worked, and finds the least liked one outdated."""
    asked = [answer for answer in answers if answer.post.is_question]
    accepted = [answer for answer in asked if answer.accepted_at is not None]
    mentors = [member for member in members if member.role in MENTORING]
    for answer in accepted:
        key = f"{answer.post.title}/{answer.author}"
        if fraction(key, "endorsed") < ENDORSED:
            _endorse(answer, mentors, key, now)
        if fraction(key, "worked") < WORKED:
            _say_it_worked(answer, members, key, now)
    if accepted and len(asked) > len(accepted):
        _report(min(asked, key=lambda answer: (answer.net, answer.post.title)), mentors, now)
    for answer in asked:
        answer.refresh_from_db()
        if answer.endorsements.exists() or answer.reactions.exists():
            recount_judgements(answer)


def _endorse(answer: Answer, mentors: list[Membership], key: str, now: datetime) -> None:
    for mentor in mentors:
        if mentor.user_id != answer.author_id:
            at = moment_after(answer.created_at, 60 * fraction(key, "endorsed on"), key, now=now)
            Endorsement.objects.create(answer=answer, by=mentor.user, role=mentor.role, created_at=at)
            return


def _say_it_worked(answer: Answer, members: list[Membership], key: str, now: datetime) -> None:
    others = {member.user.username: member for member in members if member.user_id != answer.author_id}
    for name in shuffled(others, key, "worked")[: between(1, 4, key, "many")]:
        member = others[name]
        at = moment_after(answer.created_at, 90 * fraction(key, name), key, name, now=now)
        Reaction.objects.create(answer=answer, by=member.user, role=member.role, outcome=Outcome.WORKED, created_at=at)


def _report(answer: Answer, mentors: list[Membership], now: datetime) -> None:
    for mentor in mentors:
        if mentor.user_id != answer.author_id:
            Reaction.objects.create(
                answer=answer,
                by=mentor.user,
                role=mentor.role,
                outcome=Outcome.OUTDATED,
                reason=OUTDATED,
                created_at=now,
            )
            return


def is_question(text: str) -> bool:
    """Whether a comment asks to clarify."""
    return text.rstrip().endswith("?")
