"""What is kept, and what is worked out from it."""

from gamification.models.ledger import DailyXP, Entry, Source, Status
from gamification.models.player import Player, ShownAs

__all__ = ["DailyXP", "Entry", "Player", "ShownAs", "Source", "Status"]
