"""Wrong passwords, page and API, each from another address: five are looked at, whoever is named, and all others are
sent away before anything is hashed. `CAIRN_GUESSES=250` makes them a thousand."""

import itertools
import os
from collections import Counter

import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.test import Client

from tests.factories import make_user

TRIES = int(os.environ.get("CAIRN_GUESSES", "20"))  # for each of two names, on the page and by a program
AT_FIRST = 5
RIGHT = "three stones on a hill"
WAYS = {"page": 422, "program": 401}


@pytest.fixture
def hashed(monkeypatch) -> list[str]:
    """How often a password was hashed: it is what takes time, and what differs in time."""
    done: list[str] = []
    encode, verify = Argon2PasswordHasher.encode, Argon2PasswordHasher.verify
    for name, work in (("encode", encode), ("verify", verify)):

        def counted(self, *given, _name=name, _work=work):
            done.append(_name)
            return _work(self, *given)

        monkeypatch.setattr(Argon2PasswordHasher, name, counted)
    return done


def guess(way: str, name: str, password: str, number: int):
    browser = Client(REMOTE_ADDR=f"198.51.{number // 250}.{number % 250 + 1}")
    if way == "page":
        return browser.post("/accounts/login/", {"login": name, "password": password})
    given = {"username": name, "password": password}
    return browser.post("/api/auth/v1/login", given, content_type="application/json")


@pytest.mark.parametrize("way", WAYS)
def test_many_guesses_get_nowhere_and_tell_nothing(db, hashed, way):
    make_user("nora", password=RIGHT)
    numbers = itertools.count()
    work, words = {}, {}
    for name in ("nora", "cora"):
        hashed.clear()
        answers = [guess(way, name, f"guess {n}", next(numbers)) for n in range(TRIES)]
        assert Counter(answer.status_code for answer in answers) == {WAYS[way]: AT_FIRST, 429: TRIES - AT_FIRST}
        assert {answer["Retry-After"] for answer in answers[AT_FIRST:]} == {"900"}
        work[name], words[name] = len(hashed), answers[-1].content
    assert work["nora"] == work["cora"] == AT_FIRST
    assert words["nora"].replace(b"nora", b"cora") == words["cora"]
    right = guess(way, "nora", RIGHT, next(numbers))
    assert (right.status_code, len(hashed)) == (429, AT_FIRST)
