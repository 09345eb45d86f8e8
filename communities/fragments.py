"""What many readers see alike is rendered once and kept in the cache.

A fragment is a pure function of (object, its version, the reader's standing towards it, language, templates): the key
says all of it, so nothing is ever invalidated. Fetch objects with `visible_to` before asking for their fragments.
"""

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache as remember
from pathlib import Path
from typing import Any
from zlib import crc32

from django.conf import settings
from django.core.cache import cache
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

KEPT_SECONDS = 24 * 3600
TEMPLATES = Path(settings.BASE_DIR) / "templates"

Identity = tuple[int, int, str]
"""(id, version, standing) of one fragment."""


@remember
def _templates_digest() -> str:
    """Changes with any template, so that an upgrade never shows old markup."""
    digest = hashlib.sha256()
    for path in sorted(TEMPLATES.rglob("*.html")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def stamp(text: str) -> str:
    """Stands in a key for words that no version counts, like the name of a community in the rows of its posts."""
    return f"{crc32(text.encode()):x}"


@dataclass(frozen=True)
class Wanted:
    """Fragments of one template. `load` gets the ids that the cache lacks and returns their template contexts."""

    template: str
    identities: Iterable[Identity]
    load: Callable[[list[int]], Mapping[int, dict[str, Any]]]


def fragments(*asked: Wanted) -> list[dict[int, SafeString]]:
    """HTML by id, for each of `asked`; the cache is asked once for all of them."""
    tail = f"{_templates_digest()}:{get_language()}"
    named = [
        {f"{wanted.template}:{tail}:{pk}:{version}:{standing}": pk for pk, version, standing in wanted.identities}
        for wanted in asked
    ]
    found: dict[str, str] = cache.get_many([key for keys in named for key in keys])
    return [_completed(wanted, keys, found) for wanted, keys in zip(asked, named, strict=True)]


def _completed(wanted: Wanted, keys: dict[str, int], found: dict[str, str]) -> dict[int, SafeString]:
    made = {key: found[key] for key in keys if key in found}
    missing = [key for key in keys if key not in found]
    if missing:
        contexts = wanted.load([keys[key] for key in missing])
        with timezone.override("UTC"):
            new = {
                key: render_to_string(wanted.template, contexts[keys[key]]) for key in missing if keys[key] in contexts
            }
        cache.set_many(new, KEPT_SECONDS)
        made |= new
    return {keys[key]: mark_safe(html) for key, html in made.items()}  # noqa: S308 - rendered by the templates above
