"""`python -m bench.retrieval`: what a question costs in libraries of several sizes, and how PostgreSQL answers it."""

import argparse
import os
import re
import secrets
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from bench.place import FOLDER, LOCAL, ROOT
from config.local.services import Services

ROUNDS = 60
LONG = re.compile(r"(?<=[\[{])[^\]}]{80,}")
"""Vectors and lists of ids in a plan."""


def main() -> None:
    parser = argparse.ArgumentParser(prog="bench.retrieval", description="Measure what a question costs.")
    parser.add_argument("--passages", type=int, nargs="+", default=[2_000, 50_000, 300_000])
    parser.add_argument("--one", type=int, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.one:
        measure(arguments.one)
        return
    for passages in arguments.passages:
        with database(FOLDER / f"passages-{passages}"):
            subprocess.run([sys.executable, "-m", "bench.retrieval", "--one", str(passages)], check=True, cwd=ROOT)


@contextmanager
def database(folder: Path) -> Iterator[None]:
    """Kept for the next time."""
    for name in ("DATABASE_URL", "REDIS_URL"):
        os.environ.pop(name, None)  # never fill somebody's own database
    os.environ |= LOCAL | {"DJANGO_SETTINGS_MODULE": "bench.settings", "SECRET_KEY": secrets.token_urlsafe(50)}
    services = Services(folder)
    services.start()
    os.environ |= services.environment
    try:
        subprocess.run([sys.executable, "manage.py", "migrate", "--no-input", "-v", "0"], check=True, cwd=ROOT)
        yield
    finally:
        services.stop()


def measure(passages: int) -> None:
    import django

    django.setup()
    import numpy as np
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User
    from ai_assist import generations
    from ai_assist.embedding import embedder
    from ai_assist.models import Chunk, Document
    from bench.library import fill, words

    if not Chunk.objects.exists():
        begin = time.perf_counter()
        fill(passages)
        print(f"{passages:,} passages written in {time.perf_counter() - begin:.0f} s", file=sys.stderr, flush=True)
    embedder("minilm").question("loaded before the clock runs")
    draw = np.random.default_rng(11)
    everyone = AnonymousUser()
    chosen = Document.objects.filter(pk__in=list(Document.objects.order_by("pk").values_list("pk", flat=True)[5:15]))
    topical = [" ".join(words(draw, int(draw.integers(200)), 8)) for _ in range(ROUNDS)]
    common = [" ".join(f"w{n}ord" for n in draw.choice(range(1, 9), 4, replace=False)) for _ in range(ROUNDS)]
    print(f"\n{passages:,} passages, generation {generations.current().pk}\n")
    print("| question | all: p50 | p95 | database: p50 | p95 | own CPU | statements |\n|---|---|---|---|---|---|---|")
    for name, questions, user, documents in (
        ("words of a topic, everything readable", topical, everyone, None),
        ("common words alone, everything readable", common, everyone, None),
        ("words of a topic, ten documents", topical, everyone, chosen),
        ("words of a topic, one's own library", topical, User.objects.get(username="reader"), None),
    ):
        rows = [timed(question, user, documents) for question in questions]
        both = [
            f"{median(r[n] for r in rows):.0f} ms | {quantiles([r[n] for r in rows], n=20)[-1]:.0f} ms" for n in (0, 1)
        ]
        own = median(row[2] for row in rows)
        print(f"| {name} | {both[0]} | {both[1]} | {own:.0f} ms | {rows[0][3]} |", flush=True)
    for name, question in (("words of a topic", topical[0]), ("common words alone", common[0])):
        for plan in plans(lambda question=question: timed(question, everyone, None)):
            print(f"\n{name}\n\n```text\n{plan}\n```", flush=True)


def timed(question: str, user: Any, documents: Any) -> tuple[float, float, float, int]:
    """Milliseconds altogether, in the database, and of this process's own processor time; and statements."""
    from django.db import connection

    from ai_assist.retrieval import search

    spent: list[float] = []

    def clock(execute: Callable[..., Any], *arguments: Any) -> Any:
        begin = time.perf_counter()
        try:
            return execute(*arguments)
        finally:
            spent.append(time.perf_counter() - begin)

    begin, own = time.perf_counter(), time.process_time()
    with connection.execute_wrapper(clock):
        search(question, user=user, documents=documents)
    own = time.process_time() - own
    return (time.perf_counter() - begin) * 1000, sum(spent) * 1000, own * 1000, len(spent)


def plans(ask: Callable[[], object]) -> list[str]:
    """Of what is asked of the passages and of their vectors."""
    from django.db import connection

    found = []

    def explain(execute: Callable[..., Any], sql: str, parameters: Any, many: bool, context: Any) -> Any:
        if "ts_rank" in sql or "<=>" in sql:
            with connection.cursor() as cursor:
                cursor.cursor.execute(f"EXPLAIN (ANALYZE, BUFFERS, COSTS OFF) {sql}", parameters)
                found.append("\n".join(LONG.sub("…", line) for (line,) in cursor.cursor.fetchall()))
        return execute(sql, parameters, many, context)

    with connection.execute_wrapper(explain):
        ask()
    return [plan for plan in found if "ai_assist_document" not in plan]


if __name__ == "__main__":
    main()
