"""`python -m bench.crowd`: 200 people vote on one answer at once. Score and XP have to be exact, and nobody stuck."""

import argparse
import sys

from bench.__main__ import told
from bench.measure import Load
from bench.place import Site, site
from bench.report import machine

ROUNDS = 3


def main() -> None:
    parser = argparse.ArgumentParser(prog="bench.crowd", description=__doc__)
    parser.add_argument("--posts", type=int, default=2_000)
    arguments = parser.parse_args()
    with site(arguments.posts) as here:
        sys.exit(0 if measured(here) else 1)


def measured(here: Site) -> bool:
    """Prints each round; whether all of it was as it has to be."""
    crowd = told("bench.crowded")
    people = len(crowd["cast"])
    is_right = True
    print(f"Measured on {machine()}: {people} people at once.\n")
    print(f"| | score | XP before caps | XP | deadlocks | CPU ms | p95 ms |\n|{'---|' * 7}")
    with Load(here) as load:
        for number in range(ROUNDS):
            for act in ("cast", "taken back"):
                used, p95 = load.run(crowd[act], people, people)
                found = told("bench.crowded")["found"]
                is_right &= found == {**crowd["expected"][act], "deadlocks": 0}
                counted = " | ".join(str(found[what]) for what in ("score", "raw", "xp", "deadlocks"))
                print(f"| {act}, round {number + 1} | {counted} | {used:.1f} | {p95:.0f} |", flush=True)
    print("\nExact each time." if is_right else "\nNot exact.")
    return is_right


if __name__ == "__main__":
    main()
