"""Several people act in the same moment: real threads, each with its own connection to the database."""

from collections.abc import Callable, Sequence
from threading import Barrier, Thread
from typing import Any

from django.db import connection

SECONDS = 30
AT_MOST = 25


def at_once(acts: Sequence[Callable[[], Any]]) -> list[Any]:
    """Starts all acts together, dealt out to at most 25 threads; returns what each gave, or its exception."""
    outcomes: list[Any] = [None] * len(acts)
    hands = min(AT_MOST, len(acts))
    start = Barrier(hands)

    def run(hand: int) -> None:
        try:
            connection.ensure_connection()
            start.wait(SECONDS)
            for number in range(hand, len(acts), hands):
                outcomes[number] = _outcome(acts[number])
        finally:
            connection.close()

    threads = [Thread(target=run, args=(hand,)) for hand in range(hands)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(SECONDS)
    assert not any(thread.is_alive() for thread in threads), "somebody waits for ever"
    return outcomes


def errors(outcomes: Sequence[Any]) -> list[str]:
    return [f"{type(outcome).__name__}: {outcome}" for outcome in outcomes if isinstance(outcome, Exception)]


def has_to_wait(thread: Thread) -> bool:
    """Whether it waits for what this transaction holds; False when it has ended without."""
    with connection.cursor() as cursor:
        while thread.is_alive():
            cursor.execute("SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted)")
            if cursor.fetchone() == (True,):
                return True
    return False


def _outcome(act: Callable[[], Any]) -> Any:
    try:
        return act()
    except Exception as error:
        return error
