"""Every number of the gamification floor, with its unit. What an entry says of `VERSION` stays as it was then."""

from dataclasses import dataclass
from datetime import timedelta
from math import isqrt

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from net.limits import Rate

VERSION = 1

XP_OF_LEVEL_TWO = 50
VOTES_COUNT_FROM_LEVEL = 2
VOTES_COUNT_FROM_AGE = timedelta(hours=24)  # of the account
SOFT_A_DAY = 200  # XP from votes, of one member
PAIR_A_DAY, PAIR_A_MONTH = 30, 100  # XP that one member brings another
SETTLED_AFTER = timedelta(hours=24)
SETTLED_LOOKS_BACK = timedelta(days=7)  # what was below zero for longer settles in its night
SETTLED_ANEW_IN_NIGHTS = 30  # each post once
SETTLED_AT_ONCE = 100  # posts or answers in one transaction
RELEASED_AT_ONCE = 500  # entries in one transaction
KEPT_SCORE, KEPT_AFTER = 3, timedelta(days=60)  # what was so good for so long keeps its XP when it is deleted
DOWN_VOTES_COUNTED = 5  # on one text
EDITS_COUNTED = 2  # of one member on one post, ever
ROLLED_BACK_WITHIN = timedelta(days=7)
RESCUES = ((timedelta(days=30), 30), (timedelta(days=7), 20), (timedelta(days=3), 10))
"""So long without an answer, so many XP for the first one."""
DAY_START_HOURS = 3  # after midnight a local day begins, unless its member chose otherwise
DAY_START = timedelta(hours=DAY_START_HOURS)
PLAN_DAYS = 3  # a week, unless its member chose otherwise
COMMENT_FILLS_FROM = 40  # characters
FREEZES_AT_FIRST, FREEZES_MAX, FREEZE_PER_DAYS = 1, 2, 7  # one more for so many active days
RUN_WORTH_SAVING = 7  # days: of a shorter daily run no day is saved
REPAIR_WITHIN_DAYS, REPAIR_ACTS, REPAIRS_APART_DAYS = 3, 2, 30
PAUSE_DAYS, PAUSE_DAYS_A_YEAR = 14, 30
FLAME_DAYS = 70  # as far as it is worked out ahead: by then every run has ended that nobody kept
FLAME_LOOKS_BACK = timedelta(days=60)
REMIND_WHO_ACTED_WITHIN = timedelta(days=21)  # a whole pause, and the week after it
REMINDED_AT_ONCE = 500  # members
REMIND_FROM_HOUR, REMIND_UNTIL_HOUR = 8, 20  # on the wall; the last one begins at eight in the evening
IGNORED = 7  # reminders that nobody read are the last
SHOWCASE_MAX = 3  # achievements on a profile
ENTRIES_PER_PAGE = 30
TIERS = (10, 25, 50, 100)  # XP of an achievement in bronze, silver, gold, platinum
CHOOSING = Rate(60, 3600)  # what one wants to see
NIGHTS = 30  # within them everybody is looked after once; who was active of late, each night
NIGHT_LOOKS_BACK = timedelta(days=2)
NIGHTLY_AT_ONCE = 500  # members
ACTED_JUST_NOW = timedelta(hours=1)  # before they are weighed for it
RARITY_LOOKS_BACK = timedelta(days=90)
RHYTHM_LOOKS_BACK = timedelta(days=9)  # within it somebody acted who kept one more week
BOARD_STAYS_OPEN = SETTLED_AFTER + timedelta(hours=2)
"""After its week or month ends, for what is taken back or settles late: what is written in its last minute settles a
day later at the earliest, by a task that comes every quarter of an hour and may have to wait.
"""
PSEUDONYM_MIN, PSEUDONYM_MAX = 2, 30  # characters
GOAL_MAX = 40  # questions that a community is asked to answer together in a week
NEIGHBOURS = 5  # on a leaderboard, above and below
TOP = 10
COUNTED_UP_TO = 50_000  # members whose ranks are counted; above that they are looked up
RESCORED_AT_ONCE = 1_000  # members
RECOMPUTED_AT_ONCE = 2_000  # members
RECOMPUTED_A_NIGHT = 100  # parts; one of them each night

# Patterns that look arranged. A share counts when it is so many times what one would expect.
HABITS_WITHIN = timedelta(days=30)
FAVOUR_FROM, FAVOUR_TIMES_EXPECTED = 3, 2  # votes of one person for another
BURST_VOTES, BURST_WITHIN = 5, timedelta(minutes=10)
BURST_DAYS, BURSTS_WITHIN = 3, timedelta(days=14)
SERIAL_VOTES, SERIAL_SHARE, SERIAL_SHARE_OF_RECEIVER = 8, 0.4, 0.5
PAIR_VOTES, PAIR_SHARE = 6, 0.4  # in both directions
RING_FROM, RING_DENSITY, RING_INSIDE = 3, 0.6, 0.4  # people; of their pairs; of the votes of each
QUICK_TIMES, QUICK_WITHIN = 3, timedelta(minutes=5)
CASE_DAYS = 7  # until then a person looks at it, as a rule
CASE_TEXTS = 10  # that are shown of each favour
DECISIONS_SHOWN = 3  # to who lost XP by them


@dataclass(frozen=True)
class Rule:
    """What is worth XP. `asker` is what who asked gets beside it; soft ones share the XP from votes of a day."""

    key: str
    deed: Promise
    xp: int
    undone: Promise
    limit: Promise | str = ""
    asker: int = 0
    asker_deed: Promise | str = ""
    is_soft: bool = False
    times_a_day: int | None = None

    @property
    def signed(self) -> str:
        return f"{self.xp:+d}".replace("-", "−")

    @property
    def xp_a_day(self) -> int | None:
        return None if self.times_a_day is None else self.xp * self.times_a_day


_TAKEN_BACK = _("the vote is taken back or the text deleted")
_DELETED = _("it is deleted")
RULES = {
    rule.key: rule
    for rule in (
        Rule("Q1", _("Your question stood for a day"), 3, _DELETED, _("5 a day"), times_a_day=5),
        Rule("Q2", _("Your question was voted up"), 5, _TAKEN_BACK, _("200 XP a day from votes"), is_soft=True),
        Rule("Q3", _("Your question was voted down"), -1, _TAKEN_BACK, _("5 times on one question")),
        Rule("A1", _("Your answer stood for a day"), 4, _DELETED, _("10 a day"), times_a_day=10),
        Rule("A2", _("Your answer was voted up"), 10, _TAKEN_BACK, _("200 XP a day from votes"), is_soft=True),
        Rule("A3", _("Your answer was voted down"), -2, _TAKEN_BACK, _("5 times on one answer")),
        Rule(
            "A4",
            _("Your answer was accepted"),
            25,
            _("it is no longer accepted, or deleted"),
            _("nothing for one’s own answer"),
            asker=3,
            asker_deed=_("You accepted an answer"),
        ),
        Rule(
            "A5",
            _("Your answer was the first in days, and helped"),
            10,
            _("nobody says any more that it helped"),
            _("once a question, after 3 days; after 7 days +20, after 30 days +30"),
        ),
        Rule(
            "E1",
            _("Your edit to somebody else’s text was approved"),
            3,
            _("a moderator goes back behind it within a week"),
            _("10 a day, 2 on one post"),
            times_a_day=10,
        ),
        Rule(
            "B1",
            _("You earned an achievement"),
            TIERS[0],
            _("moderators take it back, for fraud"),
            _("once a tier: bronze +10, silver +25, gold +50, platinum +100"),
        ),
        Rule(
            "T1",
            _("The first question, answer, longer comment or edit of a day"),
            2,
            _("none of that day is left"),
            _("once a day"),
        ),
        Rule(
            "T2",
            _("You were active on as many days of a week as you had planned"),
            10,
            _("fewer of its days are left"),
            _("once a week"),
        ),
    )
}
ACTS = ("Q1", "A1", "E1")
"""What may fill a day, or leave it empty."""
GIVEN = ("Q2", "Q3", "A2", "A3", "A4", "A5")
"""What one member brings another by voting and accepting: what waits while a case is open."""


def level_of(xp: int) -> int:
    """The level that so many XP are worth."""
    return 1 + isqrt(max(0, xp) // XP_OF_LEVEL_TWO)


def xp_of(level: int) -> int:
    """What the level takes."""
    return XP_OF_LEVEL_TWO * (level - 1) ** 2
