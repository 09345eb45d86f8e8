"""Rounds of load, each beside a round of the constant view, and what a single answer weighs."""

import gzip
import http.client
import json
import os
import subprocess
import sys
from dataclasses import dataclass, field
from statistics import median
from types import TracebackType
from typing import Any, Self

from bench.accounting import seconds_used
from bench.place import ROOT, Site
from bench.scenario import Request, Scenario, get

ROUNDS = 5
CONCURRENCIES = (2, 8)
REQUESTS = 300
WARM_UP = 60
GZIP_LEVEL = 5
CONSTANT = get("/_constant")


@dataclass
class Cost:
    """What one scenario cost in each round: milliseconds of processor time a request, and its multiple."""

    milliseconds: list[float] = field(default_factory=list)
    ratios: list[float] = field(default_factory=list)
    p95: list[float] = field(default_factory=list)

    @property
    def ratio(self) -> float:
        return median(self.ratios)


@dataclass(frozen=True)
class Weight:
    """One answer: how many statements it took, its bytes plain and packed."""

    statements: int
    plain: int
    packed: int


class Load:
    """The process of bench/load.py, while this is open."""

    def __init__(self, site: Site) -> None:
        self.site = site

    def __enter__(self) -> Self:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "bench.load"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=os.environ | {"BENCH_PORT": str(self.site.port)},
        )
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._process.communicate()

    def run(self, requests: list[Request], people: int, count: int) -> tuple[float, float]:
        """Milliseconds of processor time a request, and the 95th percentile of the time to answer."""
        assert self._process.stdin
        assert self._process.stdout
        before = seconds_used(*self.site.request_processes)
        self._process.stdin.write(json.dumps({"requests": requests, "people": people, "count": count}) + "\n")
        self._process.stdin.flush()
        answer: dict[str, Any] = json.loads(self._process.stdout.readline())
        used = seconds_used(*self.site.request_processes) - before
        if answer["completed"] != count:
            raise SystemExit(f"{count - answer['completed']} of {count} requests failed: {answer['failures']}")
        return 1000 * used / count, answer["p95"]


def costs(load: Load, scenario: Scenario, people: int) -> Cost:
    """Warm; then rounds that alternate with rounds of the constant view."""
    cost = Cost()
    make_ready(scenario)
    load.run(scenario.requests, people, max(WARM_UP, 2 * len(scenario.requests)) // 2 * 2)
    load.run([CONSTANT], people, WARM_UP)
    count = max(REQUESTS, len(scenario.requests))
    count -= count % len(scenario.requests)
    for _ in range(ROUNDS):
        make_ready(scenario)
        used, p95 = load.run(scenario.requests, people, count)
        constant, _ = load.run([CONSTANT], people, 4 * REQUESTS)
        cost.milliseconds.append(used)
        cost.ratios.append(used / constant)
        cost.p95.append(p95)
    return cost


def make_ready(scenario: Scenario) -> None:
    if scenario.before_each:
        subprocess.check_call([sys.executable, "-m", scenario.before_each], cwd=ROOT)


def weigh(site: Site, request: Request) -> Weight:
    """Ask once, warm, with the counter of statements on."""
    connection = http.client.HTTPConnection("127.0.0.1", site.port)
    fixed = {"Host": f"localhost:{site.port}", "X-Forwarded-Proto": "https", "X-Bench-Count": "1"}
    connection.request(request["method"], request["path"], request.get("body"), fixed | request["headers"])
    response = connection.getresponse()
    body = response.read()
    if response.status != 200:
        raise SystemExit(f"{request['method']} {request['path']}: {response.status}")
    statements = int(response.headers["X-Bench-Statements"])
    connection.close()
    return Weight(statements, len(body), len(gzip.compress(body, GZIP_LEVEL)))
