"""Outlives a killed supervisor by seconds and ends what it left: whole groups, also on systems without PDEATHSIG.

Started by path, so that it imports nothing of Cairn. Each line of its input is a process group; the input ends
when the supervisor does, however that one dies.
"""

import os
import signal
import sys
import time

STEPS = ((signal.SIGTERM, 2.0), (signal.SIGKILL, 1.0))


def main() -> None:
    groups = [int(line) for line in sys.stdin]
    for number, seconds in STEPS:
        for group in groups:
            reaches(group, number)
        deadline = time.monotonic() + seconds
        while any(reaches(group, 0) for group in groups) and time.monotonic() < deadline:
            time.sleep(0.05)


def reaches(group: int, number: int) -> bool:
    """Signal the group; whether there still is one."""
    try:
        os.killpg(group, number)
    except OSError:
        return False
    return True


if __name__ == "__main__":
    main()
