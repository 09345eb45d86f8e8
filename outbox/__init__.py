"""Work that leaves the request: `enqueue` after commit, and the sweep that repeats what nobody took.

The row is the outbox: a table that has slow work says in its own columns what is still waiting, registers a
question for it with `sweep_with`, and the task takes an id and does nothing when the work is already done.
"""

import logging
from collections.abc import Callable, Iterable
from functools import partial

from celery import Task
from django.db import transaction
from kombu.exceptions import OperationalError

logger = logging.getLogger(__name__)

_waiting: list[tuple[Task, Callable[[], Iterable[int]]]] = []


def enqueue(task: Task, pk: int) -> None:
    """Queues `task(pk)` once the transaction is committed.

    Never raises and never waits long: when the broker is away the row keeps saying that its work is waiting,
    and the sweep queues it again.
    """
    transaction.on_commit(partial(send, task, pk), robust=True)


def send(task: Task, pk: int) -> None:
    """Queues `task(pk)` now; a broker that is away is a log line."""
    try:
        task.delay(pk)
    except OperationalError as error:
        logger.warning("%s(%s) stays in the outbox: %s", task.name, pk, error)


def sweep_with(task: Task, waiting: Callable[[], Iterable[int]]) -> None:
    """Registers a question: `waiting()` gives the ids for which `task` should have run by now."""
    if all(known is not task for known, _ in _waiting):
        _waiting.append((task, waiting))


def sweep() -> int:
    """Queues everything that waits; returns how many."""
    count = 0
    for task, waiting in _waiting:
        for pk in waiting():
            send(task, pk)
            count += 1
    return count
