"""What this floor erases of somebody who left: what they chose and when they did what. The ledger stays: what is due
is still due, to a row that is nobody's."""

from accounts.leaving.steps import erase_by, keep
from accounts.models import Leaving, User
from gamification import models

PERSONAL = (models.Player, models.ZoneMove, models.PlanChange, models.Pause)


def register() -> None:
    erase_by(_erase, *PERSONAL)
    ledger = (models.Entry, models.DailyXP, models.Score, models.Rescore, models.Award, models.Activity)
    keep("numbers that must agree with the texts and votes; lead to the empty row", *ledger)
    keep("numbers about votes, with what a person decided", models.Favour, models.Case, models.Case.people.through)


def _erase(member: User, _leaving: Leaving) -> None:
    for model in PERSONAL:
        model._default_manager.filter(user=member).delete()
