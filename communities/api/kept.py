"""What every program gets alike of a text, kept in the cache: a pure function of its id and its version.

Like the fragments of pages, so nothing is ever invalidated. Fetch rows with `visible_to` before asking for theirs.
"""

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache as remember
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.cache import cache

from communities.fragments import KEPT_SECONDS
from communities.models import Answer, Post

Texts = dict[int, dict[str, Any]]


@remember
def shape() -> str:
    """Changes with this package and with the address of the site, so that an upgrade never gives what was before."""
    digest = hashlib.sha256(settings.SITE_URL.encode())
    for path in sorted(Path(__file__).parent.glob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


@dataclass(frozen=True)
class Wanted:
    """Of rows that know their version; `load` gets the ids of those that the cache lacks."""

    noun: str
    rows: Iterable[Post | Answer]
    load: Callable[[list[int]], Mapping[int, dict[str, Any]]]


def kept(*asked: Wanted) -> list[Texts]:
    """By id, for each of `asked`; the cache is asked once for all of them."""
    named = [{f"api:{shape()}:{one.noun}:{row.pk}:{row.version}": row.pk for row in one.rows} for one in asked]
    found: dict[str, dict[str, Any]] = cache.get_many([key for keys in named for key in keys])
    return [_completed(one, keys, found) for one, keys in zip(asked, named, strict=True)]


def _completed(wanted: Wanted, keys: dict[str, int], found: dict[str, dict[str, Any]]) -> Texts:
    made = {key: found[key] for key in keys if key in found}
    missing = [key for key in keys if key not in found]
    if missing:
        loaded = wanted.load([keys[key] for key in missing])
        new = {key: loaded[keys[key]] for key in missing if keys[key] in loaded}
        cache.set_many(new, KEPT_SECONDS)
        made |= new
    return {keys[key]: text for key, text in made.items()}
