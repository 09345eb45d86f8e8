"""Leaves a server alone that has failed three times in a row: each further try would hold somebody up."""

import threading
import time

FAILURES_BEFORE_BREAK = 3
BREAK_SECONDS = 10.0


class Breaker:
    """Counts failures in a row. Open = don't even try until the break is over."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._failures = 0
        self._closed_again_at = 0.0

    @property
    def is_open(self) -> bool:
        return time.monotonic() < self._closed_again_at

    def failed(self) -> None:
        with self._lock:
            self._failures += 1
            if self._failures >= FAILURES_BEFORE_BREAK:
                self._closed_again_at = time.monotonic() + BREAK_SECONDS
                self._failures = 0

    def succeeded(self) -> None:
        self._failures = 0
