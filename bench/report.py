"""The measured figures as Markdown."""

import os
import platform
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from bench.measure import Cost, Weight
from bench.scenario import Scenario

HEAD = """\
| page | CPU ms | × at 2 | × at 8 | allowed × | p95 ms at 2 | statements | allowed | HTML gzip | HTML |
|---|---|---|---|---|---|---|---|---|---|"""


@dataclass(frozen=True)
class Line:
    """One scenario: its cost by number of people at once, and its weight where it is a page of ours."""

    scenario: Scenario
    costs: dict[int, Cost]
    weight: Weight | None


def machine() -> str:
    """What it was measured on."""
    cpu = next(
        (line.partition(":")[2].strip() for line in _lines("/proc/cpuinfo") if line.startswith("model name")),
        platform.processor(),
    )
    load = os.getloadavg()[0]
    system = f"{platform.system()} {platform.release()}, Python {platform.python_version()}"
    return f"{os.cpu_count()} × {cpu}, {system}, load {load:.1f}"


def table(lines: list[Line]) -> str:
    return "\n".join([HEAD, *map(_row, lines)])


def _row(line: Line) -> str:
    two, eight = line.costs[2], line.costs[8]
    weight = line.weight
    cells = [
        line.scenario.name,
        f"{median(two.milliseconds):.2f}",
        _within(two.ratio, line.scenario.budget, ".1f"),
        _within(eight.ratio, line.scenario.budget, ".1f"),
        str(line.scenario.budget or ""),
        f"{median(two.p95):.0f}",
        _within(weight.statements, line.scenario.statements, "d") if weight else "",
        str(line.scenario.statements or ""),
        _kilobytes(weight.packed) if weight else "",
        _kilobytes(weight.plain) if weight else "",
    ]
    return f"| {' | '.join(cells)} |"


def _within(value: float, allowed: float | None, form: str) -> str:
    """Bold when it is more than allowed."""
    text = format(value, form)
    return f"**{text}**" if allowed is not None and value > allowed else text


def _kilobytes(count: int) -> str:
    return f"{count / 1000:.1f} kB"


def limits(rows: list[tuple[str, float, float, str]]) -> str:
    """Name, value, what is allowed, unit."""
    head = ["| | measured | allowed |", "|---|---|---|"]
    return "\n".join(
        [
            *head,
            *(
                f"| {name} | {_within(value, most, '.4g')} {unit} | {most:g} {unit} |"
                for name, value, most, unit in rows
            ),
        ]
    )


def _lines(path: str) -> list[str]:
    return Path(path).read_text().splitlines() if Path(path).exists() else []
