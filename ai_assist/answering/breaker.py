"""Leaves a chat model alone that keeps failing: after a few failures nobody asks it, then one question tries it."""

from django.core.cache import cache

from ai_assist import rules

PREFIX = "ai_assist:breaker"


class Breaker:
    """Shared by all workers. While the cache is away each process counts for itself."""

    def __init__(self, name: str) -> None:
        self._failures = f"{PREFIX}:{name}:failures"
        self._open = f"{PREFIX}:{name}:open"
        self._tripped = f"{PREFIX}:{name}:tripped"
        self._trial = f"{PREFIX}:{name}:trial"

    @property
    def is_open(self) -> bool:
        return bool(cache.get(self._open))

    @property
    def is_closed(self) -> bool:
        """Nothing is wrong, so far as anybody knows; else the next one that it lets pass is a trial."""
        return not cache.get(self._open) and not cache.get(self._tripped)

    def lets_pass(self) -> bool:
        """Half open, it lets one pass at a time."""
        if cache.get(self._open):
            return False
        pause = rules.BREAK.total_seconds()
        return not cache.get(self._tripped) or cache.add(self._trial, True, pause)

    def failed(self) -> None:
        window = rules.BREAK_WINDOW.total_seconds()
        cache.add(self._failures, 0, window)
        try:
            failures = cache.incr(self._failures)
        except ValueError:  # the window ended between the two commands
            failures = 1
        if failures >= rules.BREAK_AFTER or cache.get(self._tripped):
            cache.set(self._open, True, rules.BREAK.total_seconds())
            cache.set(self._tripped, True, rules.BREAK_REMEMBERED.total_seconds())
            cache.delete(self._trial)

    def succeeded(self) -> None:
        cache.delete_many([self._failures, self._open, self._tripped, self._trial])
