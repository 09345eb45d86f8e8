"""What is kept, and what is worked out from it."""

from gamification.models.activity import Act, Activity, Pause, PlanChange, ZoneMove
from gamification.models.award import Award, AwardQuerySet, Rarity, Tier
from gamification.models.board import Board, Rescore, Rung, Score, Span
from gamification.models.case import Case, CaseKind, Decision, Favour, HeldEntry
from gamification.models.ledger import DailyXP, Entry, Source, Status
from gamification.models.player import Player, ShownAs

__all__ = [
    "Act",
    "Activity",
    "Award",
    "AwardQuerySet",
    "Board",
    "Case",
    "CaseKind",
    "DailyXP",
    "Decision",
    "Entry",
    "Favour",
    "HeldEntry",
    "Pause",
    "PlanChange",
    "Player",
    "Rarity",
    "Rescore",
    "Rung",
    "Score",
    "ShownAs",
    "Source",
    "Span",
    "Status",
    "Tier",
    "ZoneMove",
]
