"""What earns a member trust in one community: pure rules over what they did there.

What is earned stays; the highest level (leading) is given and taken elsewhere.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from math import ceil

from allauth.account.models import EmailAddress
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone

from communities import rules
from communities.models import Answer, Attendance, Membership, Post, Revision, Trust, Vote
from communities.models.content import NOT_DELETED


@dataclass(frozen=True)
class Record:
    """What one member did in one community. `good` and `bad` are their texts above and below a quality of one half.

    `edits` are those of texts by others.
    """

    in_new_community: bool = False
    is_verified: bool = True
    is_invited: bool = False
    account_age: timedelta = timedelta(0)
    posts_read: int = 0
    minutes: int = 0
    upvoted_texts: int = 0
    active_days: int = 0
    answers: int = 0
    edits: int = 0
    good: int = 0
    bad: int = 0
    upvotes_cast: int = 0


def earned(record: Record) -> Trust:
    """The level that this record is worth."""
    if not is_known(record):
        return Trust.NEW
    return Trust.TRUSTED if is_trusted(record) else Trust.KNOWN


def is_known(record: Record) -> bool:
    """A verified person whom the community could get to know: by reading, or by a text that helped somebody."""
    has_age = record.is_invited or record.account_age >= rules.KNOWN_AFTER
    has_read = record.posts_read >= _wanted(rules.KNOWN_POSTS_READ, record)
    was_there = record.minutes >= _wanted(rules.KNOWN_MINUTES, record)
    return record.is_verified and has_age and ((has_read and was_there) or record.upvoted_texts > 0)


def is_trusted(record: Record) -> bool:
    """Somebody who comes back, answers, votes, and whose texts are good."""
    return (
        record.active_days >= _wanted(rules.TRUSTED_ACTIVE_DAYS, record)
        and record.answers + record.edits >= _wanted(rules.TRUSTED_ANSWERS_OR_EDITS, record)
        and record.upvotes_cast >= _wanted(rules.TRUSTED_UPVOTES_CAST, record)
        and member_quality(record.good, record.bad) >= rules.TRUSTED_QUALITY
    )


def member_quality(good: int, bad: int) -> float:
    return (good + rules.PRIOR_UP) / (good + bad + rules.PRIOR_TOTAL)


def _wanted(count: int, record: Record) -> int:
    """A new community wants a third, rounded up."""
    return ceil(count / rules.NEW_COMMUNITY_DIVISOR) if record.in_new_community else count


def who_was_there(since: timedelta) -> QuerySet[Membership]:
    """Members of late who can still rise."""
    days = Attendance.objects.filter(day__gte=(timezone.now() - since).date())
    return Membership.objects.filter(trust_level__lt=Trust.TRUSTED, pk__in=days.values("membership"))


def records(memberships: QuerySet[Membership]) -> Iterable[tuple[Membership, Record]]:
    """Each member with their record, counted now."""
    now = timezone.now()
    mine = {"author": OuterRef("user"), "community": OuterRef("community")}
    posts, answers = Post.objects.filter(NOT_DELETED, **mine), _answers_of_member()
    days = Attendance.objects.filter(membership=OuterRef("pk"))
    since = (now - rules.TRUSTED_DAYS_COUNTED).date()
    verified = EmailAddress.objects.filter(user=OuterRef("user"), verified=True)
    votes = Vote.objects.filter(voter=OuterRef("user"), post__community=OuterRef("community"), value=1)
    counted = memberships.select_related("user", "community").annotate(
        is_verified=Exists(verified),
        posts_read=Count("visits"),
        minutes=_total(days, Sum("minutes"), "membership"),
        active_days=_total(days.filter(day__gt=since), Count("pk"), "membership"),
        answers=_total(answers, Count("pk")),
        edits=_total(_edits_of_member(), Count("pk"), "editor"),
        upvoted=_total(posts.filter(up__gt=0), Count("pk")) + _total(answers.filter(up__gt=0), Count("pk")),
        good=_total(posts.filter(up__gt=F("down")), Count("pk"))
        + _total(answers.filter(up__gt=F("down")), Count("pk")),
        bad=_total(posts.filter(up__lt=F("down")), Count("pk")) + _total(answers.filter(up__lt=F("down")), Count("pk")),
        upvotes_cast=_total(votes, Count("pk"), "voter"),
    )
    for one in counted.iterator(chunk_size=rules.MEMBERS_AT_ONCE):
        yield (
            one,
            Record(
                in_new_community=one.community.is_new,
                is_verified=one.is_verified,
                is_invited=one.community.is_private,
                account_age=now - one.user.date_joined,
                posts_read=one.posts_read,
                minutes=one.minutes,
                upvoted_texts=one.upvoted,
                active_days=one.active_days,
                answers=one.answers,
                edits=one.edits,
                good=one.good,
                bad=one.bad,
                upvotes_cast=one.upvotes_cast,
            ),
        )


def _answers_of_member() -> QuerySet[Answer]:
    return Answer.objects.filter(NOT_DELETED, author=OuterRef("user"), post__community=OuterRef("community"))


def _edits_of_member() -> QuerySet[Revision]:
    by_others = Q(answer=None) & ~Q(post__author=F("editor")) | ~Q(answer__author=F("editor"))
    edits = Revision.objects.filter(by_others, editor=OuterRef("user"), post__community=OuterRef("community"))
    return edits.filter(comment=None, origin_url=None)


def _total(rows: QuerySet, what: Count | Sum, by: str = "author") -> Coalesce:
    return Coalesce(Subquery(rows.order_by().values(by).annotate(total=what).values("total")), 0)
