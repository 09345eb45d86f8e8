"""What stood for a day settles, some at a time; and everything is settled anew by the same function."""

from collections.abc import Iterator

from django.db import transaction
from django.db.models import Exists, F, OuterRef
from django.utils import timezone

from accounts.models import FORMER_MEMBER, User
from communities.models import Answer, Post, PostKind
from communities.models.content import NOT_DELETED
from gamification import ledger, rules
from gamification.ledger import Change, Scope
from gamification.models import Activity, Award, Entry
from gamification.slicing import slices_of
from gamification.streaks.acts import note_all, people_in, sources_in


def settle_what_stood() -> None:
    """Questions and answers of the last days that have stood long enough. Idempotent."""
    for posts in _some(_waiting(Post, "post", kind=PostKind.QUESTION)):
        with transaction.atomic():
            ledger.lock_rows(Post, posts)
            ledger.settle(ledger.STANDING, Scope(posts=posts))
    for answers in _some(_waiting(Answer, "answer", post__kind=PostKind.QUESTION, post__deleted_at=None)):
        with transaction.atomic():
            ledger.lock_rows(Post, Answer.objects.filter(pk__in=answers).values_list("post", flat=True))
            ledger.lock_rows(Answer, answers)
            ledger.settle(ledger.STANDING, Scope(answers=answers))


def settle_everything(*, is_trial: bool = False) -> Iterator[Change]:
    """Compares all that is due with all that stands, and gives each difference. It is mended, unless `is_trial`."""
    for posts in slices_of(Post.objects.all(), _AT_ONCE):
        yield from _settle_posts(posts, is_trial=is_trial)
    for awards in slices_of(Award.objects.all(), _AT_ONCE):
        yield from _settle_awards(awards, is_trial=is_trial)
    for people in slices_of(User.objects.all(), _AT_ONCE):
        yield from _settle_days_of(people, is_trial=is_trial)


def settle_some(*, night: int) -> None:
    """The posts whose turn it is: what rose above zero late, or was missed, settles within a month."""
    turn = night % rules.SETTLED_ANEW_IN_NIGHTS
    theirs = Post.objects.alias(turn=F("pk") % rules.SETTLED_ANEW_IN_NIGHTS).filter(turn=turn)
    for posts in slices_of(theirs, _AT_ONCE):
        _settle_posts(posts, is_trial=False)


_AT_ONCE = rules.SETTLED_AT_ONCE


def _settle_posts(posts: list[int], *, is_trial: bool) -> list[Change]:
    with transaction.atomic():
        ledger.lock_rows(Post, posts)
        sources = sources_in(posts)
        ledger.lock_rows(Answer, sources.answers)
        ledger.lock_people(people_in(sources))
        scope = Scope(posts=posts, answers=sources.answers, questions=posts, edited=posts)
        changes = ledger.settle(ledger.EVERYTHING, scope, days=note_all(sources))
        if is_trial:
            transaction.set_rollback(True)
    return changes


def _settle_days_of(people: list[int], *, is_trial: bool) -> list[Change]:
    """All that they ever filled, or that once counted for filled."""
    with transaction.atomic():
        ledger.lock_people(people)
        filled = Activity.objects.filter(user__in=people).values_list("user", "local_date")
        counted = Entry.objects.filter(user__in=people, rule="T1").values_list("user", "local_date")
        changes = ledger.settle_days({*filled, *counted})
        if is_trial:
            transaction.set_rollback(True)
    return changes


def _settle_awards(awards: list[int], *, is_trial: bool) -> list[Change]:
    with transaction.atomic():
        ledger.lock_rows(Award, awards)
        changes = ledger.settle(ledger.AWARDS, Scope(awards=awards))
        if is_trial:
            transaction.set_rollback(True)
    return changes


def _waiting(model: type[Post] | type[Answer], noun: str, **where: object) -> list[int]:
    """Those that have not settled, and may: what can't would be asked again each time."""
    now = timezone.now()
    settled = Entry.objects.standing().filter(rule__in=("Q1", "A1"), source_type=noun, source_id=OuterRef("pk"))
    stood = model._base_manager.filter(
        NOT_DELETED,
        ~Exists(settled),
        origin_url=None,
        score__gte=0,
        created_at__lte=now - rules.SETTLED_AFTER,
        created_at__gt=now - rules.SETTLED_AFTER - rules.SETTLED_LOOKS_BACK,
        **where,
    ).exclude(author__origin_url=FORMER_MEMBER)
    return list(stood.order_by("pk").values_list("pk", flat=True))


def _some(pks: list[int]) -> Iterator[list[int]]:
    for start in range(0, len(pks), _AT_ONCE):
        yield pks[start : start + _AT_ONCE]
