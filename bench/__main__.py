"""`python -m bench`: seeds, serves as in production, measures, prints Markdown.

`--posts N` measures that many posts; `--compare M …` afterwards measures feed, posts and search at each M posts,
against their cost at N, and shows how PostgreSQL answers there.
"""

import argparse
import json
import subprocess
import sys
from statistics import median
from typing import Any

from bench import report
from bench.accounting import family, megabytes
from bench.browser import cold_visit
from bench.measure import CONCURRENCIES, CONSTANT, Load, costs, weigh
from bench.place import ROOT, Site, site
from bench.scenario import Scenario, get

TYPING, TYPING_MS = "similar while typing", 400
GROWTH = {
    "community feed": 1.2,
    "my feed, needs you": 1.2,
    "post, 3 answers": 1.2,
    "post, 30 answers": 1.2,
    "search, rare word": 1.2,
    "search, common word": 3.0,
}
"""How many times its cost a page may cost when there are many more posts."""


def main() -> None:
    parser = argparse.ArgumentParser(prog="bench", description="Measure what the pages of Cairn cost.")
    parser.add_argument("--posts", type=int, default=10_000)
    parser.add_argument("--compare", type=int, nargs="+", default=[], metavar="POSTS")
    arguments = parser.parse_args()
    with site(arguments.posts) as here:
        print(f"Measured on {report.machine()}, {arguments.posts:,} posts.\n", flush=True)
        lines = measured(here)
        print(report.table(lines), flush=True)
        print(f"\n{report.limits(beside(here, lines))}", flush=True)
    before = {line.scenario.name: line.costs[2].ratio for line in lines}
    for posts in arguments.compare:
        with site(posts) as here:
            print(f"\nAt {posts:,} posts:\n", flush=True)
            lines = measured(here, only={*GROWTH, TYPING})
            print(report.table(lines), flush=True)
            grown = {line.scenario.name: line.costs[2].ratio for line in lines if line.scenario.name in GROWTH}
            rows = [
                (f"{name}, against {arguments.posts:,} posts", ratio / before[name], GROWTH[name], "×")
                for name, ratio in grown.items()
            ]
            waited = next(line.costs[2].p95 for line in lines if line.scenario.name == TYPING)
            rows.append((f"{TYPING}, p95", median(waited), TYPING_MS, "ms"))
            print(f"\n{report.limits(rows)}", flush=True)
            for name, plan in told("bench.plans").items():
                print(f"\n{name}\n\n```text\n{plan}\n```", flush=True)


def measured(here: Site, only: set[str] | None = None) -> list[report.Line]:
    """The constant view first."""
    constants = [
        Scenario("constant bytes", [CONSTANT]),
        Scenario("constant bytes, Cairn's middleware", [get("/_constant_in_cairn")]),
    ]
    pages = [Scenario(**parts) for parts in told("bench.people")]
    chosen = [scenario for scenario in pages if only is None or scenario.name in only]
    lines = []
    with Load(here) as load:
        for scenario in constants + chosen:
            print(scenario.name, "…", file=sys.stderr, flush=True)
            cost = {people: costs(load, scenario, people) for people in CONCURRENCIES}
            weight = None if scenario in constants else weigh(here, scenario.requests[0])
            lines.append(report.Line(scenario, cost, weight))
    return lines


def beside(here: Site, lines: list[report.Line]) -> list[tuple[str, float, float, str]]:
    """Memory, and one whole page in a browser."""
    addresses = {line.scenario.name: line.scenario.requests[0]["path"] for line in lines}
    weights = {line.scenario.name: line.weight for line in lines}
    few, many = cold_visit(here, addresses["post, 3 answers"]), weights["post, 30 answers"]
    assert many
    return [
        ("memory (PSS) of the two web processes", megabytes(*family(here.web)[1:]), 200, "MB"),
        ("memory (PSS) of the worker and its 2 processes", megabytes(*family(here.worker)), 160, "MB"),
        ("HTML of 30 answers, gzip", many.packed / 1000, 15, "kB"),
        ("post with 3 answers, cold: requests", few.requests, 8, ""),
        ("post with 3 answers, cold: bytes in all", few.transferred / 1000, 110, "kB"),
        ("post with 3 answers, cold: CSS and JS", few.assets / 1000, 60, "kB"),
        ("post with 3 answers, cold: largest paint", few.paint_ms, 250, "ms"),
        ("post with 3 answers, cold: layout shift", few.shift, 0.01, ""),
    ]


def told(module: str) -> Any:
    """What a module that needs Django prints. A new process each time, since each place has its own database."""
    return json.loads(subprocess.check_output([sys.executable, "-m", module], cwd=ROOT))


if __name__ == "__main__":
    main()
