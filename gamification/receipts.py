"""What a member's XP are made of: their own entries, the newest first, and what the caps left of them.

Who voted stays unsaid; a text that its reader may no longer see has no address, and such a community no name.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils.functional import Promise

from accounts.models import User
from communities.models import Answer, Community, Post, Suggestion
from gamification.achievements.catalogue import CATALOGUE
from gamification.models import Award, Case, DailyXP, Decision, Entry, HeldEntry, Source, Status
from gamification.rules import DECISIONS_SHOWN, ENTRIES_PER_PAGE, RULES, Rule

Origin = Post | Answer | Suggestion | Award
Sources = dict[tuple[str, int], Origin]


@dataclass(frozen=True)
class Account:
    """`earned` is the sum of the entries that count, `over` what the caps took off it, `waiting` what does not count
    yet, `is_in_question` whether a person looks at some of it. A sum below zero is shown as zero: `forgiven` makes it
    so.
    """

    earned: int
    over: int
    waiting: int
    is_in_question: bool
    forgiven: int

    @property
    def shown(self) -> int:
        return self.earned - self.over + self.forgiven


@dataclass(frozen=True)
class Line:
    """An entry, its rule, and where and what it comes from, as far as the member may see that."""

    entry: Entry
    rule: Rule
    source: Origin | None
    community: Community | None

    @property
    def signed(self) -> str:
        return f"{self.entry.amount:+d}".replace("-", "−")

    @property
    def deed(self) -> Promise | str:
        is_asker = self.rule.asker and self.entry.actor_id == self.entry.user_id
        return self.rule.asker_deed if is_asker else self.rule.deed

    @property
    def title(self) -> str:
        if isinstance(self.source, Award):
            return str(CATALOGUE[self.source.key].name)
        return "" if self.source is None else self.source.post.title

    @property
    def day(self) -> date | None:
        """That it is for; of a week its Monday."""
        if self.entry.source_type in (Source.DAY, Source.WEEK):
            return date.fromisoformat(str(self.entry.source_id))
        return None

    @property
    def is_week(self) -> bool:
        return self.entry.source_type == Source.WEEK

    @property
    def is_held(self) -> bool:
        return self.entry.status == Status.HELD

    @property
    def is_void(self) -> bool:
        return self.entry.status == Status.VOID


@dataclass(frozen=True)
class Page:
    lines: list[Line]
    next_before: int | None
    is_first: bool


def account_of(member: User) -> Account:
    days = DailyXP.objects.filter(user=member)
    sums = days.aggregate(raw=Coalesce(Sum("raw"), 0), effective=Coalesce(Sum("effective"), 0))
    held = Entry.objects.of(member).standing().filter(status=Status.HELD)
    return Account(
        earned=sums["raw"],
        over=sums["raw"] - sums["effective"],
        waiting=held.aggregate(sum=Coalesce(Sum("amount"), 0))["sum"],
        is_in_question=HeldEntry.objects.filter(entry__in=held, case__decided_at=None).exists(),
        forgiven=max(0, -sums["effective"]),
    )


def decisions_about(member: User) -> QuerySet[Case]:
    """By which they lost XP, the newest first; `about`: the community where somebody can be told that it is wrong."""
    theirs = HeldEntry.objects.filter(entry__user=member)
    lost = theirs.values("case").annotate(sum=Sum("entry__amount")).filter(sum__gt=0)
    seen = Community.objects.visible_to(member).values("pk")
    where = theirs.filter(case=OuterRef("pk"), entry__community__in=seen).order_by("entry__community")
    cases = Case.objects.filter(pk__in=lost.values("case"), decision=Decision.VOID)
    return cases.annotate(about=Subquery(where.values("entry__community__slug")[:1])).order_by("-decided_at")[
        :DECISIONS_SHOWN
    ]


def page_of(member: User, cursor: str) -> Page:
    """Those older than the id in `cursor`; one that makes no sense gives the first page."""
    entries = Entry.objects.of(member)
    is_first = not (cursor.isascii() and cursor.isdigit() and len(cursor) <= 18)
    if not is_first:
        entries = entries.filter(pk__lt=int(cursor))
    is_named = Exists(Community.objects.visible_to(member).filter(pk=OuterRef("community")))
    entries_there = entries.select_related("community").annotate(is_named=is_named)
    rows = list(entries_there.order_by("-pk")[: ENTRIES_PER_PAGE + 1])
    shown = rows[:ENTRIES_PER_PAGE]
    sources = _sources(member, shown)
    lines = [
        Line(
            entry,
            RULES[entry.rule],
            sources.get((entry.source_type, entry.source_id)),
            entry.community if entry.is_named else None,
        )
        for entry in shown
    ]
    return Page(lines, shown[-1].pk if len(rows) > len(shown) else None, is_first)


def _sources(member: User, entries: Iterable[Entry]) -> Sources:
    """What the entries come from, where the member may see it."""
    wanted: dict[str, set[int]] = {}
    for entry in entries:
        wanted.setdefault(entry.source_type, set()).add(entry.source_id)
    found: Sources = {}
    for noun, query in (
        (Source.POST, Post.objects.visible_to(member).select_related("community")),
        (Source.ANSWER, Answer.objects.visible_to(member).select_related("post__community")),
        (Source.SUGGESTION, Suggestion.objects.visible_to(member).select_related("post__community", "answer__post")),
        (Source.AWARD, Award.objects.of(member).visible_to(member)),
    ):
        if noun in wanted:
            found |= {(noun.value, row.pk): row for row in query.filter(pk__in=wanted[noun])}
    return found
