"""Processor time and memory of whole families of processes, from /proc."""

import os
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")


def family(*roots: int) -> list[int]:
    """These processes and all that descend from them."""
    children: dict[int, list[int]] = {}
    for entry in Path("/proc").glob("[0-9]*"):
        fields = _fields(int(entry.name))
        if fields:
            children.setdefault(int(fields[1]), []).append(int(entry.name))
    found = list(roots)
    for pid in found:
        found += children.get(pid, [])
    return found


def seconds_used(*roots: int) -> float:
    """User and system time until now, that of children which ended included."""
    total = 0
    for pid in family(*roots):
        fields = _fields(pid)
        total += sum(map(int, fields[11:15]))  # utime, stime, cutime, cstime
    return total / TICKS


def megabytes(*pids: int) -> float:
    """Proportional set size: what several processes share is counted once."""
    total = 0
    for pid in pids:
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                total += int(line.split()[1])
    return total / 1000


def _fields(pid: int) -> list[str]:
    """The numbers of /proc/PID/stat behind the name; none when the process is gone."""
    try:
        text = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return []
    return text.rpartition(")")[2].split()
