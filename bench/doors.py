"""`python -m bench.doors`: do sign-in, sign-up and a lost password take as long for an account that exists as for none?

Known and unknown take turns, each from another address of the network, so that no limit is met. What counts is the
difference of the medians: somebody who asks often enough sees what is smaller than a single answer varies.
"""

import argparse
import http.client
import os
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median, quantiles
from urllib.parse import urlencode

from bench.__main__ import told
from bench.place import Site, site
from bench.report import machine

ALLOWED_MS = 10
SECRET = secrets.token_hex(16)


@dataclass(frozen=True)
class Door:
    """`form` makes what is typed out of the name of an account, which exists or does not."""

    name: str
    path: str
    form: Callable[[str], dict[str, str]]


def address(name: str) -> str:
    return f"{name}@example.org"


DOORS = [
    Door("sign-in by name", "/accounts/login/", lambda name: {"login": name, "password": "four stones"}),
    Door("sign-in by address", "/accounts/login/", lambda name: {"login": address(name), "password": "four stones"}),
    Door(
        "sign-up",
        "/accounts/signup/",
        lambda name: {
            "username": f"new-{secrets.token_hex(5)}",
            "email": address(name),
            "password1": "three stones on a hill",
        },
    ),
    Door("lost password", "/accounts/password/reset/", lambda name: {"email": address(name)}),
]


def main() -> None:
    parser = argparse.ArgumentParser(prog="bench.doors", description=__doc__)
    parser.add_argument("--posts", type=int, default=2_000)
    parser.add_argument("--tries", type=int, default=200)
    arguments = parser.parse_args()
    os.environ["TRUSTED_PROXY_COUNT"] = "1"
    with site(arguments.posts) as here:
        names = told("bench.known")
        print(f"Measured on {machine()}, {arguments.tries} tries each.\n")
        print(f"| | known ms | unknown ms | difference | allowed |\n|{'---|' * 5}")
        for door in DOORS:
            known, unknown = tried(here, door, names, arguments.tries)
            difference = median(known) - median(unknown)
            shown = f"{difference:+.1f}" if abs(difference) < ALLOWED_MS else f"**{difference:+.1f}**"
            print(f"| {door.name} | {spread(known)} | {spread(unknown)} | {shown} | {ALLOWED_MS} |", flush=True)


def tried(here: Site, door: Door, names: list[str], tries: int) -> tuple[list[float], list[float]]:
    """Milliseconds of each try; the first ones are left out, the processes may be cold."""
    known, unknown, warm_up = [], [], 10
    for number in range(warm_up + tries):
        known.append(knock(here, door.path, door.form(names[number % len(names)])))
        unknown.append(knock(here, door.path, door.form(f"nobody-{secrets.token_hex(5)}")))
    statuses = {status for status, _ in known + unknown}
    if len(statuses) > 1 or statuses & {403, 429, 500}:
        raise SystemExit(f"{door.name}: answers {sorted(statuses)}")
    return [ms for _, ms in known[warm_up:]], [ms for _, ms in unknown[warm_up:]]


def knock(here: Site, path: str, form: dict[str, str]) -> tuple[int, float]:
    headers = {
        "Host": f"localhost:{here.port}",
        "Origin": f"https://localhost:{here.port}",
        "Cookie": f"__Host-csrftoken={SECRET}",
        "Content-Type": "application/x-www-form-urlencoded",
        "X-Forwarded-Proto": "https",
        "X-Forwarded-For": ".".join(str(secrets.randbelow(250) + 1) for _ in range(4)),
    }
    connection = http.client.HTTPConnection("127.0.0.1", here.port)
    connection.connect()
    begin = time.perf_counter()
    connection.request("POST", path, urlencode(form | {"csrfmiddlewaretoken": SECRET}), headers)
    response = connection.getresponse()
    response.read()
    taken = 1000 * (time.perf_counter() - begin)
    connection.close()
    return response.status, taken


def spread(values: list[float]) -> str:
    tenths = quantiles(values, n=10)
    return f"{median(values):.1f} ({tenths[0]:.0f} to {tenths[-1]:.0f})"


if __name__ == "__main__":
    main()
