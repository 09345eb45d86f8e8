"""When more is wanted than there is left for today."""

from ai_assist.allowances import UsedUp
from net.problems import Problem


def too_much(used_up: UsedUp) -> Problem:
    return Problem(429, str(used_up), retry_after=used_up.retry_after)
