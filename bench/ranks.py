"""`python -m bench.ranks`: what a place among many costs, and how long it takes to work out the whole ledger again."""

import argparse
import json
import os
import random
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from statistics import median

from bench.accounting import seconds_used
from bench.place import FOLDER, ROOT
from bench.report import limits, machine
from bench.retrieval import database

FEW = 5_000
LOOKS = 400
PAGES, LOOKS_AT_EACH = 30, 10
RANK_TIMES, PAGE_TIMES, SECONDS = 5, 1.5, 60


def main() -> None:
    parser = argparse.ArgumentParser(prog="bench.ranks", description="Measure ranks and the rebuild of all sums.")
    parser.add_argument("--members", type=int, default=0, help="on one leaderboard, against 5,000 on another")
    parser.add_argument("--ledger", type=int, default=0, metavar="ENTRIES")
    parser.add_argument("--one", choices=["members", "ledger"], help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.one == "members":
        print(json.dumps(measure_ranks(arguments.members)))
    elif arguments.one == "ledger":
        print(json.dumps(measure_rebuild(arguments.ledger)))
    else:
        print(f"Measured on {machine()}.\n", flush=True)
        print(limits([*_of_members(arguments.members), *_of_ledger(arguments.ledger)]))


def _of_members(count: int) -> list[tuple[str, float, float, str]]:
    if not count:
        return []
    few, many = (_told("members", number) for number in (FEW, count))
    return [
        (
            f"place among {count:,}, against a row by its key",
            many["rank"] / many["key"],
            RANK_TIMES,
            "×",
        ),
        (f"page of a leaderboard of {count:,}, against one of {FEW:,}", many["page"] / few["page"], PAGE_TIMES, "×"),
        (f"rungs of {count:,}, built", many["rungs"], 60, "s"),
        (f"page of a leaderboard of {count:,}, processor time", many["page"], 100, "ms"),
        (f"place among {count:,}, at the median, if it were counted", many["counted"], 10_000, "ms"),
    ]


def _of_ledger(entries: int) -> list[tuple[str, float, float, str]]:
    if not entries:
        return []
    told = _told("ledger", entries)
    return [
        (f"all sums of {entries:,} entries, when nothing differs", told["nothing differs"], SECONDS, "s"),
        ("the same with `--check`", told["check"], SECONDS, "s"),
        ("the same from nothing", told["from nothing"], SECONDS, "s"),
        ("memory of the command", told["memory"], 160, "MB"),
    ]


def _told(what: str, count: int) -> dict[str, float]:
    with database(FOLDER / f"{what}-{count}"):
        command = [sys.executable, "-m", "bench.ranks", "--one", what, f"--{what}", str(count)]
        told: dict[str, float] = json.loads(subprocess.check_output(command, cwd=ROOT))
        return told


def measure_ranks(count: int) -> dict[str, float]:
    """In milliseconds, rungs in seconds; of a page processor time. Looks and lookups take turns."""
    import django

    django.setup()
    from django.test import Client

    from accounts.models import User
    from bench.standing import SCORES, write_members
    from gamification.boards import ranks
    from gamification.models import Board, Rung, Score
    from prepared import Prepared

    if not User.objects.exists():
        write_members(count, SCORES)
    board = Board.objects.get()
    begin = time.perf_counter()
    ranks.rebuild(board.pk)
    rungs = time.perf_counter() - begin
    by_key = Prepared(lambda pk: User.objects.filter(pk=pk).values_list("xp"))
    people = random.Random(5).sample(range(1, count + 1), LOOKS)
    scores = dict(Score.objects.filter(board=board, user__in=people).values_list("user", "xp"))
    places = [pk for pk in people if pk in scores]
    looks: dict[str, list[float]] = {"key": [], "rank": []}
    for _warm in range(2):
        looks = {"key": [], "rank": []}
        for pk in places:
            looks["key"].append(_milliseconds(lambda pk=pk: by_key.rows(pk)))
            looks["rank"].append(_milliseconds(lambda pk=pk: ranks.ranks(board.pk, [scores[pk]])))
    browser, page = Client(headers={"host": "localhost"}), 0.0
    for pk in places[:PAGES]:
        browser.force_login(User.objects.get(pk=pk))
        if browser.get("/leaderboard/?span=all").status_code != 200:
            raise SystemExit("The leaderboard does not answer.")
        before = seconds_used(os.getpid(), _backend())
        for _ in range(LOOKS_AT_EACH):
            browser.get("/leaderboard/?span=all")
        page += seconds_used(os.getpid(), _backend()) - before
    had_rungs, middle = Rung.objects.exists(), sorted(scores.values())[len(scores) // 2]
    Rung.objects.all().delete()
    counted = _milliseconds(lambda: ranks.ranks(board.pk, [middle]))
    if had_rungs:
        ranks.rebuild(board.pk)
    return {name: median(took) for name, took in looks.items()} | {
        "page": 1000 * page / (PAGES * LOOKS_AT_EACH),
        "rungs": rungs,
        "counted": counted,
    }


def _backend() -> int:
    """The process of PostgreSQL that answers this one."""
    from django.db import connection

    return int(connection.connection.info.backend_pid)


def _milliseconds(act: Callable[[], object]) -> float:
    begin = time.perf_counter()
    act()
    return 1000 * (time.perf_counter() - begin)


def measure_rebuild(entries: int) -> dict[str, float]:
    """In seconds; first without a single sum, then with all of them."""
    import django

    django.setup()
    from django.db import connection

    from accounts.models import User
    from bench.standing import write_ledger

    if not User.objects.exists():
        write_ledger(entries)
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE gamification_dailyxp, gamification_score, gamification_rung, gamification_board")
        cursor.execute("UPDATE accounts_user SET xp = 0, level = 1 WHERE xp <> 0")
        cursor.execute("UPDATE communities_membership SET xp = 0, level = 1 WHERE xp <> 0")
        cursor.execute("VACUUM ANALYZE")
    connection.close()
    told = {
        "from nothing": _seconds(),
        "nothing differs": _seconds(),
        "check": _seconds("--check"),
    }
    return told | {"memory": resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024}


def _seconds(*options: str) -> float:
    command = [sys.executable, "manage.py", "recompute_leaderboards", *options]
    begin = time.perf_counter()
    subprocess.run(command, check=True, cwd=ROOT, stdout=subprocess.DEVNULL, env=os.environ)
    return time.perf_counter() - begin


if __name__ == "__main__":
    main()
